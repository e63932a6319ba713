package parathink.models.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import parathink.models.template.Value.Sequence;
import parathink.models.template.Value.Text;

/**
 * Writes values as JSON as Python's {@code json.dumps} does: no escaping of HTML. Used once, by one thread.
 *
 * @param ascii whether other characters are escaped
 * @param indent what each level is indented by; empty for a line break alone
 * @param broken whether every element has a line of its own
 */
record Json(Work work, boolean ascii, boolean broken, String indent, String comma, String colon, boolean sorted) {
    private static final int MOST_DEPTH = 200;

    String write(Value value) {
        var text = new StringBuilder();
        write(value, 0, text);
        return work.made(text.toString());
    }

    private void write(Value value, int depth, StringBuilder text) {
        work.charge(1);
        if (depth > MOST_DEPTH) {
            throw new TemplateException("tojson: values more than %d deep are not supported".formatted(MOST_DEPTH));
        }
        switch (value) {
            case Value.None none -> text.append("null");
            case Value.Truth(boolean truth) -> text.append(truth);
            case Value.Whole(var whole) -> text.append(whole);
            case Value.Real(double real) -> text.append(number(real));
            case Text(var string) -> quote(string, text);
            case Value.Mapping(var entries) -> object(entries, depth, text);
            case Sequence(var kind, var items)
            when kind == Value.Kind.LIST || kind == Value.Kind.TUPLE -> list(items, depth, text);
            case Sequence sequence -> throw refused(value);
            case Value.Undefined missing -> throw refused(value);
            case Value.Stream stream -> throw refused(value);
            case Value.Namespace namespace -> throw refused(value);
            case Value.Function function -> throw refused(value);
            case Value.Loop loop -> throw refused(value);
        }
        work.room(text.length());
    }

    private static TemplateException refused(Value value) {
        return new TemplateException("tojson: JSON has no form for %s".formatted(Printing.kind(value)));
    }

    private static String number(double real) {
        if (Double.isFinite(real)) {
            return Numbers.shown(real);
        }
        return Double.isNaN(real) ? "NaN" : real > 0 ? "Infinity" : "-Infinity";
    }

    private void list(List<Value> items, int depth, StringBuilder text) {
        var parts = new ArrayList<Runnable>();
        items.forEach(item -> parts.add(() -> write(item, depth + 1, text)));
        enclose("[", parts, "]", depth, text);
    }

    private void object(Map<String, Value> entries, int depth, StringBuilder text) {
        var order = entries;
        if (sorted) {
            order = new TreeMap<>(PythonText::compare);
            order.putAll(entries);
        }
        var parts = new ArrayList<Runnable>();
        order.forEach((key, value) -> parts.add(() -> {
            quote(key, text);
            text.append(colon);
            write(value, depth + 1, text);
        }));
        enclose("{", parts, "}", depth, text);
    }

    private void enclose(String open, List<Runnable> parts, String close, int depth, StringBuilder text) {
        text.append(open);
        for (int i = 0; i < parts.size(); i++) {
            text.append(i > 0 ? comma : "");
            newLine(depth + 1, text);
            parts.get(i).run();
        }
        if (!parts.isEmpty()) {
            newLine(depth, text);
        }
        text.append(close);
    }

    private void newLine(int depth, StringBuilder text) {
        if (broken) {
            text.append('\n').append(indent.repeat(depth));
        }
    }

    private void quote(String string, StringBuilder text) {
        work.made(string);
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                case '\f' -> text.append("\\f");
                case '\b' -> text.append("\\b");
                default ->
                    text.append(c < ' ' || (ascii && c > '~') ? "\\u%04x".formatted((int) c) : Character.toString(c));
            }
        }
        text.append('"');
    }
}
