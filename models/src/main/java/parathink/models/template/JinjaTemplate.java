package parathink.models.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import parathink.models.template.Value.Mapping;
import parathink.models.template.Value.Real;
import parathink.models.template.Value.Sequence;
import parathink.models.template.Value.Text;
import parathink.models.template.Value.Truth;
import parathink.models.template.Value.Whole;

/**
 * A template in the language of Jinja as chat models are given theirs: {@code trim_blocks} and {@code lstrip_blocks},
 * {@code break} and {@code continue}, {@code raise_exception}, {@code strftime_now}, {@code tojson} without escapes of
 * HTML. What is not supported is an error that names it and its line, never another text. Rendering is bounded in time,
 * output and depth. Immutable; may be used from any thread.
 */
public final class JinjaTemplate {
    /** The longest template that is read, in characters. */
    public static final int MOST_SOURCE = 1 << 20;

    private final List<Node> nodes;
    private final Set<String> names;

    private JinjaTemplate(List<Node> nodes, Set<String> names) {
        this.nodes = nodes;
        this.names = names;
    }

    /**
     * Reads a template.
     *
     * @throws TemplateException where it is not in the language, or uses a statement that is not supported
     */
    public static JinjaTemplate parse(String source) {
        Objects.requireNonNull(source, "source");
        if (source.length() > MOST_SOURCE) {
            throw new TemplateException(
                    "the template has %d characters, more than %d".formatted(source.length(), MOST_SOURCE));
        }
        var parser = new Parser(Lexer.tokens(source));
        return new JinjaTemplate(parser.template(), parser.names());
    }

    /** The names that the template looks up anywhere: its variables, functions and own values. */
    public Set<String> names() {
        return names;
    }

    /**
     * The text that the template makes of some variables.
     *
     * @param now what {@code strftime_now} tells; rendering reads no clock
     * @throws TemplateException where the template refuses, takes too much, or uses what is not supported
     */
    public String render(ObjectNode variables, LocalDateTime now) {
        var work = new Work();
        try {
            var scope = Scope.of(((Mapping) value(variables)).entries());
            var evaluator = new Evaluator(work, new Functions(work, now).byName());
            return new Interpreter(work, evaluator).text(nodes, scope);
        } catch (StackOverflowError e) {
            throw new TemplateException("the template makes values too deep within each other");
        }
    }

    private static Value value(JsonNode json) {
        return switch (json.getNodeType()) {
            case STRING -> new Text(json.textValue());
            case BOOLEAN -> Truth.of(json.booleanValue());
            case NULL -> Value.None.NONE;
            case NUMBER -> json.isIntegralNumber() ? new Whole(json.bigIntegerValue()) : new Real(json.doubleValue());
            case ARRAY -> {
                var items = new ArrayList<Value>();
                json.forEach(item -> items.add(value(item)));
                yield Sequence.list(items);
            }
            case OBJECT -> {
                Map<String, Value> entries = new LinkedHashMap<>();
                json.properties().forEach(entry -> entries.put(entry.getKey(), value(entry.getValue())));
                yield new Mapping(entries);
            }
            case BINARY, MISSING, POJO -> throw new IllegalArgumentException("not a value of JSON: " + json);
        };
    }
}
