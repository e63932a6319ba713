package parathink.models.template;

import java.util.ArrayList;
import java.util.List;

/** The elements of values. */
final class Iteration {
    private Iteration() {}

    /** The elements, keys or characters of a value; takes those of one that can be gone through once. */
    static List<Value> of(Value value, Work work) {
        return switch (value) {
            case Value.Undefined missing -> List.of();
            case Value.Text(var text) -> {
                work.items(text.codePointCount(0, text.length()));
                yield text.codePoints()
                        .<Value>mapToObj(point -> new Value.Text(Character.toString(point)))
                        .toList();
            }
            case Value.Sequence(var kind, var items) -> items;
            case Value.Mapping(var entries) ->
                entries.keySet().stream().<Value>map(Value.Text::new).toList();
            case Value.Stream stream -> {
                var items = new ArrayList<Value>();
                stream.items().forEachRemaining(items::add);
                yield List.copyOf(items);
            }
            case Value.None none -> throw none(value);
            case Value.Truth truth -> throw none(value);
            case Value.Whole whole -> throw none(value);
            case Value.Real real -> throw none(value);
            case Value.Namespace namespace -> throw none(value);
            case Value.Function function -> throw none(value);
            case Value.Loop loop -> throw none(value);
        };
    }

    private static TemplateException none(Value value) {
        return new TemplateException("%s has no elements".formatted(Printing.kind(value)));
    }
}
