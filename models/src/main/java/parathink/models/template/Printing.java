package parathink.models.template;

import java.util.List;
import java.util.Map;
import parathink.models.template.Value.Sequence;
import parathink.models.template.Value.Text;

/** Values as Python's {@code str} and {@code repr} write them. Used by one thread. */
final class Printing {
    private final Work work;

    Printing(Work work) {
        this.work = work;
    }

    /** As an output writes it. */
    String string(Value value) {
        return switch (value) {
            case Value.Undefined missing -> "";
            case Text(var text) -> text;
            case Value.None none -> quoted(none);
            case Value.Truth truth -> quoted(truth);
            case Value.Whole whole -> quoted(whole);
            case Value.Real real -> quoted(real);
            case Sequence sequence -> quoted(sequence);
            case Value.Mapping mapping -> quoted(mapping);
            case Value.Stream stream -> quoted(stream);
            case Value.Namespace namespace -> quoted(namespace);
            case Value.Function function -> quoted(function);
            case Value.Loop loop -> quoted(loop);
        };
    }

    /** As an element of a list is written. */
    String quoted(Value value) {
        var text = new StringBuilder();
        append(value, text);
        return work.made(text.toString());
    }

    private void append(Value value, StringBuilder text) {
        work.charge(1);
        switch (value) {
            case Value.Undefined missing -> text.append("Undefined");
            case Value.None none -> text.append("None");
            case Value.Truth(boolean truth) -> text.append(truth ? "True" : "False");
            case Value.Whole(var whole) -> text.append(whole);
            case Value.Real(double real) -> text.append(Numbers.shown(real));
            case Text(var string) -> text.append(work.made(PythonText.quoted(string)));
            case Sequence sequence -> append(sequence, text);
            case Value.Mapping(var entries) -> append(entries, text);
            case Value.Stream stream -> throw unprintable(value);
            case Value.Namespace namespace -> throw unprintable(value);
            case Value.Function function -> throw unprintable(value);
            case Value.Loop loop -> throw unprintable(value);
        }
        work.room(text.length());
    }

    /** Python would write the address of an object, or its own name for it: no text that a model was trained on. */
    private static TemplateException unprintable(Value value) {
        return new TemplateException("%s cannot be printed".formatted(kind(value)));
    }

    private void append(Sequence sequence, StringBuilder text) {
        switch (sequence.kind()) {
            case LIST -> join("[", sequence.items(), "]", text);
            case TUPLE -> join("(", sequence.items(), sequence.items().size() == 1 ? ",)" : ")", text);
            case RANGE, VIEW -> throw unprintable(sequence);
        }
    }

    private void join(String open, List<Value> items, String close, StringBuilder text) {
        var separator = open;
        for (var item : items) {
            text.append(separator);
            append(item, text);
            separator = ", ";
        }
        text.append(items.isEmpty() ? open : "").append(close);
    }

    private void append(Map<String, Value> entries, StringBuilder text) {
        var separator = "{";
        for (var entry : entries.entrySet()) {
            text.append(separator)
                    .append(work.made(PythonText.quoted(entry.getKey())))
                    .append(": ");
            append(entry.getValue(), text);
            separator = ", ";
        }
        text.append(entries.isEmpty() ? "{}" : "}");
    }

    /** Whether a condition holds it for true. */
    static boolean truth(Value value) {
        return switch (value) {
            case Value.Undefined missing -> false;
            case Value.None none -> false;
            case Value.Truth(boolean truth) -> truth;
            case Value.Whole(var whole) -> whole.signum() != 0;
            case Value.Real(double real) -> real != 0;
            case Text(var text) -> !text.isEmpty();
            case Sequence(var kind, var items) -> !items.isEmpty();
            case Value.Mapping(var entries) -> !entries.isEmpty();
            case Value.Stream stream -> true;
            case Value.Namespace namespace -> true;
            case Value.Function function -> true;
            case Value.Loop loop -> true;
        };
    }

    /** What a complaint calls it. */
    static String kind(Value value) {
        return switch (value) {
            case Value.Undefined(var complaint) -> "undefined (" + complaint + ")";
            case Value.None none -> "none";
            case Value.Truth(boolean truth) -> truth ? "true" : "false";
            case Value.Whole whole -> "a whole number";
            case Value.Real real -> "a number";
            case Text text -> "a text";
            case Sequence(var kind, var items) ->
                switch (kind) {
                    case LIST -> "a list";
                    case TUPLE -> "a tuple";
                    case RANGE -> "a range";
                    case VIEW -> "a view of a mapping";
                };
            case Value.Mapping mapping -> "a mapping";
            case Value.Stream stream -> "a sequence that is gone through once (make a list of it)";
            case Value.Namespace namespace -> "a namespace";
            case Value.Function(var name, var body) -> "the function " + name;
            case Value.Loop loop -> "the loop";
        };
    }
}
