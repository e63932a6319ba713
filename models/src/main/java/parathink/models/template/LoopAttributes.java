package parathink.models.template;

import java.util.Optional;
import parathink.models.template.Value.Truth;
import parathink.models.template.Value.Whole;

/** What a template may ask of the loop that it is in. */
final class LoopAttributes {
    private LoopAttributes() {}

    static Optional<Value> of(Value.Loop loop, String name) {
        int index = loop.index();
        int size = loop.items().size();
        return switch (name) {
            case "index" -> Optional.of(Whole.of(index + 1));
            case "index0" -> Optional.of(Whole.of(index));
            case "revindex" -> Optional.of(Whole.of(size - index));
            case "revindex0" -> Optional.of(Whole.of(size - index - 1));
            case "first" -> Optional.of(Truth.of(index == 0));
            case "last" -> Optional.of(Truth.of(index == size - 1));
            case "length" -> Optional.of(Whole.of(size));
            case "previtem" ->
                Optional.of(index > 0 ? loop.items().get(index - 1) : new Value.Undefined("there is no previous item"));
            case "nextitem" ->
                Optional.of(
                        index < size - 1 ? loop.items().get(index + 1) : new Value.Undefined("there is no next item"));
            case "depth" -> Optional.of(Whole.of(1)); // of recursive loops, which there are none of
            case "depth0" -> Optional.of(Whole.of(0));
            case "cycle" -> Optional.of(new Value.Function("loop.cycle", arguments -> cycle(arguments, index)));
            case "changed" -> throw Access.unsupported(loop, name);
            default -> Optional.empty();
        };
    }

    private static Value cycle(Arguments arguments, int index) {
        if (arguments.positional().isEmpty() || !arguments.named().isEmpty()) {
            throw new TemplateException("loop.cycle needs values to choose from");
        }
        return arguments.positional().get(index % arguments.positional().size());
    }
}
