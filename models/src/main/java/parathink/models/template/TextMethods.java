package parathink.models.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import parathink.models.template.Value.Function;
import parathink.models.template.Value.Sequence;
import parathink.models.template.Value.Text;
import parathink.models.template.Value.Truth;
import parathink.models.template.Value.Whole;

/** The methods of texts. Used by one thread. */
final class TextMethods {
    private static final int ALL = -1; // splits or replacements

    private static final Map<String, UnaryOperator<String>> CASES = Map.of(
            "upper", PythonText::upper,
            "lower", PythonText::lower,
            "title", PythonText::titled,
            "capitalize", PythonText::capitalized);

    /** What Python's texts have that is not here; not to be taken for something undefined. */
    private static final Set<String> OTHERS = Set.of(
            "casefold",
            "center",
            "encode",
            "expandtabs",
            "format",
            "format_map",
            "isalnum",
            "isalpha",
            "isascii",
            "isdecimal",
            "isdigit",
            "isidentifier",
            "islower",
            "isnumeric",
            "isprintable",
            "istitle",
            "isupper",
            "ljust",
            "maketrans",
            "rjust",
            "swapcase",
            "translate",
            "zfill");

    private final Work work;

    TextMethods(Work work) {
        this.work = work;
    }

    /** A method of a text; nothing where Python's texts have none of this name. */
    Optional<Value> method(String text, String name) {
        if (OTHERS.contains(name)) {
            throw new TemplateException("the method '%s' of a text is not supported".formatted(name));
        }
        if (CASES.containsKey(name)) {
            return bound(name, arguments -> {
                arguments.requireNone();
                return made(CASES.get(name).apply(text));
            });
        }
        return switch (name) {
            case "strip" -> bound(name, arguments -> strip(text, arguments, true, true));
            case "lstrip" -> bound(name, arguments -> strip(text, arguments, true, false));
            case "rstrip" -> bound(name, arguments -> strip(text, arguments, false, true));
            case "split" -> bound(name, arguments -> split(text, arguments));
            case "rsplit" -> bound(name, arguments -> splitFromEnd(text, arguments));
            case "splitlines" ->
                bound(name, arguments -> {
                    boolean keep = arguments.bind("keepends").truth("keepends", false);
                    return texts(PythonText.lines(text, keep));
                });
            case "partition" -> bound(name, arguments -> partition(text, arguments, false));
            case "rpartition" -> bound(name, arguments -> partition(text, arguments, true));
            case "removeprefix" ->
                bound(name, arguments -> {
                    var prefix = arguments.bind("prefix").text("prefix");
                    return made(text.startsWith(prefix) ? text.substring(prefix.length()) : text);
                });
            case "removesuffix" ->
                bound(name, arguments -> {
                    var suffix = arguments.bind("suffix").text("suffix");
                    return made(text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text);
                });
            case "replace" ->
                bound(name, arguments -> {
                    var bound = arguments.bind("old", "new", "count");
                    return made(replaced(text, bound.text("old"), bound.text("new"), bound.whole("count", ALL)));
                });
            case "join" -> bound(name, arguments -> joined(text, arguments));
            default -> search(text, name);
        };
    }

    /** The methods that look for something in a text. */
    private Optional<Value> search(String text, String name) {
        return switch (name) {
            case "startswith" ->
                bound(name, arguments -> Truth.of(affixes(arguments).stream().anyMatch(text::startsWith)));
            case "endswith" ->
                bound(name, arguments -> Truth.of(affixes(arguments).stream().anyMatch(text::endsWith)));
            case "find", "index" -> bound(name, arguments -> find(text, arguments, false));
            case "rfind", "rindex" -> bound(name, arguments -> find(text, arguments, true));
            case "count" -> bound(name, arguments -> count(text, arguments));
            case "isspace" ->
                bound(name, arguments -> {
                    arguments.requireNone();
                    return Truth.of(!text.isEmpty() && PythonText.isBlank(text));
                });
            default -> Optional.empty();
        };
    }

    private static Optional<Value> bound(String name, Function.Body body) {
        return Optional.of(new Function(name, body));
    }

    private Value made(String text) {
        return new Text(work.made(text));
    }

    private Value texts(List<String> parts) {
        work.items(parts.size());
        return Sequence.list(parts.stream().map(Text::new).toList());
    }

    private Value strip(String text, Arguments arguments, boolean start, boolean end) {
        return made(stripped(text, arguments.bind("chars").optionalText("chars"), start, end));
    }

    static String stripped(String text, Optional<String> characters, boolean start, boolean end) {
        var rest = text;
        if (start) {
            rest = characters.isPresent()
                    ? PythonText.stripLeading(rest, characters.get())
                    : PythonText.stripLeading(rest);
        }
        if (end) {
            rest = characters.isPresent()
                    ? PythonText.stripTrailing(rest, characters.get())
                    : PythonText.stripTrailing(rest);
        }
        return rest;
    }

    private Value split(String text, Arguments arguments) {
        var bound = arguments.bind("sep", "maxsplit");
        int most = bound.whole("maxsplit", ALL);
        var separator = bound.optionalText("sep");
        work.charge(text.length() / 16);
        if (separator.isEmpty()) {
            requireAll(most, "split");
            return texts(PythonText.words(text));
        }
        requireSeparator(separator.get());
        var parts = new ArrayList<String>();
        int start = 0;
        int end = text.indexOf(separator.get());
        while (end >= 0 && (most < 0 || parts.size() < most)) {
            parts.add(text.substring(start, end));
            start = end + separator.get().length();
            end = text.indexOf(separator.get(), start);
        }
        parts.add(text.substring(start));
        return texts(parts);
    }

    private Value splitFromEnd(String text, Arguments arguments) {
        var bound = arguments.bind("sep", "maxsplit");
        int most = bound.whole("maxsplit", ALL);
        var separator = bound.optionalText("sep");
        if (separator.isEmpty()) {
            requireAll(most, "rsplit");
            return texts(PythonText.words(text));
        }
        requireSeparator(separator.get());
        var parts = new ArrayList<String>();
        int end = text.length();
        int start = text.lastIndexOf(separator.get());
        while (start >= 0 && (most < 0 || parts.size() < most)) {
            parts.addFirst(text.substring(start + separator.get().length(), end));
            end = start;
            start = start < separator.get().length()
                    ? -1
                    : text.lastIndexOf(separator.get(), start - separator.get().length());
        }
        parts.addFirst(text.substring(0, end));
        return texts(parts);
    }

    private static void requireAll(int most, String method) {
        if (most >= 0) {
            throw new TemplateException("%s at white space with a limit is not supported".formatted(method));
        }
    }

    private static void requireSeparator(String separator) {
        if (separator.isEmpty()) {
            throw new TemplateException("an empty separator");
        }
    }

    private static Value partition(String text, Arguments arguments, boolean last) {
        var separator = arguments.bind("sep").text("sep");
        requireSeparator(separator);
        int at = last ? text.lastIndexOf(separator) : text.indexOf(separator);
        if (at < 0) {
            var whole = new Text(text);
            var nothing = new Text("");
            return last ? Sequence.tuple(nothing, nothing, whole) : Sequence.tuple(whole, nothing, nothing);
        }
        return Sequence.tuple(
                new Text(text.substring(0, at)),
                new Text(separator),
                new Text(text.substring(at + separator.length())));
    }

    private static List<String> affixes(Arguments arguments) {
        var wanted = arguments.bind("affix").required("affix");
        if (wanted instanceof Sequence(var kind, var items) && kind == Value.Kind.TUPLE) {
            return items.stream().map(item -> text(item, arguments)).toList();
        }
        return List.of(text(wanted, arguments));
    }

    private static String text(Value value, Arguments arguments) {
        if (value instanceof Text(var text)) {
            return text;
        }
        throw new TemplateException("%s needs texts, not %s".formatted(arguments.function(), Printing.kind(value)));
    }

    /** The text with some or all occurrences replaced; an empty one occurs before every character and at the end. */
    String replaced(String text, String old, String other, int most) {
        work.charge(1 + text.length() / 16);
        var replaced = new StringBuilder();
        int at = 0;
        int count = 0;
        while (most < 0 || count < most) {
            int found = old.isEmpty() ? at : text.indexOf(old, at);
            if (found < 0) {
                break;
            }
            replaced.append(text, at, found).append(other);
            work.room(replaced.length());
            at = found + old.length();
            count++;
            if (old.isEmpty()) {
                if (at == text.length()) {
                    break;
                }
                replaced.appendCodePoint(text.codePointAt(at));
                at = text.offsetByCodePoints(at, 1);
            }
        }
        return replaced.append(text, at, text.length()).toString();
    }

    private Value joined(String separator, Arguments arguments) {
        var joined = new StringBuilder();
        var between = "";
        for (var item : Iteration.of(arguments.bind("iterable").required("iterable"), work)) {
            joined.append(between).append(text(item, arguments));
            between = separator;
            work.room(joined.length());
        }
        return made(joined.toString());
    }

    private static Value find(String text, Arguments arguments, boolean last) {
        var part = arguments.bind("sub").text("sub");
        int at = last ? text.lastIndexOf(part) : text.indexOf(part);
        if (at < 0 && arguments.function().endsWith("index")) {
            throw new TemplateException("the text does not have what 'index' looks for");
        }
        return Whole.of(at < 0 ? -1 : text.codePointCount(0, at));
    }

    private Value count(String text, Arguments arguments) {
        var part = arguments.bind("sub").text("sub");
        if (part.isEmpty()) {
            return Whole.of(text.codePointCount(0, text.length()) + 1L);
        }
        work.charge(text.length() / 16);
        int count = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
            count++;
        }
        return Whole.of(count);
    }
}
