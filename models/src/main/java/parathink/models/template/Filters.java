package parathink.models.template;

import java.util.Set;
import java.util.regex.Pattern;
import parathink.models.template.Value.Text;
import parathink.models.template.Value.Undefined;
import parathink.models.template.Value.Whole;

/** The filters behind {@code |} that make one value of one value. Used by one thread. */
final class Filters {
    /** All filters there are. */
    static final Set<String> NAMES = Set.of(
            "abs",
            "capitalize",
            "count",
            "d",
            "default",
            "dictsort",
            "first",
            "float",
            "indent",
            "int",
            "items",
            "join",
            "last",
            "length",
            "list",
            "lower",
            "map",
            "max",
            "min",
            "reject",
            "rejectattr",
            "replace",
            "reverse",
            "round",
            "select",
            "selectattr",
            "sort",
            "string",
            "sum",
            "title",
            "tojson",
            "trim",
            "unique",
            "upper",
            "wordcount");

    private static final Pattern WORD = Pattern.compile("\\w+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final int INDENT = 4;
    private static final int MOST_INDENT = 100;
    private static final int NONE = -1;

    private final Work work;
    private final Printing printing;
    private final TextMethods texts;
    private final SequenceFilters sequences;

    Filters(Work work, Tests tests) {
        this.work = work;
        this.printing = new Printing(work);
        this.texts = new TextMethods(work);
        this.sequences = new SequenceFilters(work, tests, this);
    }

    /** The value through the filter that the arguments name. */
    Value filtered(Value value, Arguments arguments) {
        return switch (arguments.function()) {
            case "string" -> made(alone(arguments, value));
            case "upper" -> made(PythonText.upper(alone(arguments, value)));
            case "lower" -> made(PythonText.lower(alone(arguments, value)));
            case "capitalize" -> made(PythonText.capitalized(alone(arguments, value)));
            case "title" -> made(titled(alone(arguments, value)));
            case "trim" -> {
                var characters = arguments.bind("chars").optionalText("chars");
                yield made(TextMethods.stripped(printing.string(value), characters, true, true));
            }
            case "replace" -> {
                var bound = arguments.bind("old", "new", "count");
                yield made(texts.replaced(
                        printing.string(value),
                        printing.string(bound.required("old")),
                        printing.string(bound.required("new")),
                        bound.whole("count", NONE)));
            }
            case "indent" -> indented(value, arguments);
            case "wordcount" ->
                Whole.of(WORD.matcher(alone(arguments, value)).results().count());
            case "length", "count" -> length(value, arguments);
            case "default", "d" -> absent(value, arguments);
            case "tojson" -> json(value, arguments);
            case "abs", "int", "float", "round" -> NumberFilters.filtered(value, arguments);
            default -> sequences.filtered(value, arguments);
        };
    }

    private Value made(String text) {
        return new Text(work.made(text));
    }

    private String alone(Arguments arguments, Value value) {
        arguments.requireNone();
        return printing.string(value);
    }

    /** Words begin behind white space, a hyphen or an opening bracket: unlike the method of the same name. */
    private static String titled(String text) {
        var titled = new StringBuilder();
        int start = 0;
        while (start < text.length()) {
            int end = start;
            while (end < text.length() && !partsWords(text.charAt(end))) {
                end++;
            }
            if (end > start) {
                int first = text.offsetByCodePoints(start, 1);
                titled.append(PythonText.upper(text.substring(start, first)))
                        .append(PythonText.lower(text.substring(first, end)));
            } else {
                titled.append(text.charAt(end));
                end++;
            }
            start = end;
        }
        return titled.toString();
    }

    private static boolean partsWords(char c) {
        return PythonText.isSpace(c) || "-({[<".indexOf(c) >= 0;
    }

    private Value indented(Value value, Arguments arguments) {
        var bound = arguments.bind("width", "first", "blank");
        var width = bound.optional("width").orElse(Whole.of(INDENT));
        if (!(width instanceof Text)) {
            work.room(Numbers.index(width));
        }
        var indent = width instanceof Text(var text) ? text : " ".repeat(Math.max(0, Numbers.index(width)));
        boolean blank = bound.truth("blank", false);
        var lines = PythonText.lines(printing.string(value) + "\n", false);
        var indented = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            boolean goes = i == 0
                    ? bound.truth("first", false)
                    : blank || !lines.get(i).isEmpty();
            indented.append(i == 0 ? "" : "\n").append(goes ? indent : "").append(lines.get(i));
            work.room(indented.length());
        }
        return made(indented.toString());
    }

    private static Value length(Value value, Arguments arguments) {
        arguments.requireNone();
        return switch (value) {
            case Undefined missing -> Whole.of(0);
            case Text(var text) -> Whole.of(text.codePointCount(0, text.length()));
            case Value.Sequence(var kind, var items) -> Whole.of(items.size());
            case Value.Mapping(var entries) -> Whole.of(entries.size());
            case Value.Loop(var items, int index) -> Whole.of(items.size());
            case Value.None none -> throw lengthless(value);
            case Value.Truth truth -> throw lengthless(value);
            case Whole whole -> throw lengthless(value);
            case Value.Real real -> throw lengthless(value);
            case Value.Stream stream -> throw lengthless(value);
            case Value.Namespace namespace -> throw lengthless(value);
            case Value.Function function -> throw lengthless(value);
        };
    }

    private static TemplateException lengthless(Value value) {
        return new TemplateException("%s has no length".formatted(Printing.kind(value)));
    }

    private static Value absent(Value value, Arguments arguments) {
        var bound = arguments.bind("default_value", "boolean");
        boolean absent = value instanceof Undefined || (bound.truth("boolean", false) && !Printing.truth(value));
        return absent ? bound.optional("default_value").orElse(new Text("")) : value;
    }

    private static String indentation(Value given) {
        if (given instanceof Text(var text)) {
            return text;
        }
        int width = Numbers.index(given);
        if (width > MOST_INDENT) {
            throw new TemplateException("tojson: an indent of more than %d is not supported".formatted(MOST_INDENT));
        }
        return " ".repeat(Math.max(0, width));
    }

    private Value json(Value value, Arguments arguments) {
        var bound = arguments.bind("ensure_ascii", "indent", "separators", "sort_keys");
        var indent = bound.optional("indent").filter(given -> given != Value.None.NONE);
        var step = indent.map(Filters::indentation).orElse("");
        var comma = indent.isPresent() ? "," : ", ";
        var colon = ": ";
        var separators = bound.optional("separators").filter(given -> given != Value.None.NONE);
        if (separators.isPresent()) {
            var signs = Iteration.of(separators.get(), work).stream()
                    .map(printing::string)
                    .toList();
            if (signs.size() != 2) {
                throw new TemplateException("tojson: 'separators' must be two texts");
            }
            comma = signs.get(0);
            colon = signs.get(1);
        }
        var json = new Json(
                work,
                bound.truth("ensure_ascii", false),
                indent.isPresent(),
                step,
                comma,
                colon,
                bound.truth("sort_keys", false));
        return new Text(json.write(value));
    }
}
