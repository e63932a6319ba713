package parathink.models.template;

import java.util.Set;
import parathink.models.template.Value.Kind;
import parathink.models.template.Value.Real;
import parathink.models.template.Value.Sequence;
import parathink.models.template.Value.Text;
import parathink.models.template.Value.Truth;
import parathink.models.template.Value.Undefined;
import parathink.models.template.Value.Whole;

/** The tests behind {@code is}. Used by one thread. */
final class Tests {
    private static final Set<String> NAMES = Set.of(
            "boolean",
            "callable",
            "defined",
            "divisibleby",
            "eq",
            "equalto",
            "even",
            "false",
            "filter",
            "float",
            "ge",
            "greaterthan",
            "gt",
            "in",
            "integer",
            "iterable",
            "le",
            "lessthan",
            "lower",
            "lt",
            "mapping",
            "ne",
            "none",
            "number",
            "odd",
            "sameas",
            "sequence",
            "string",
            "test",
            "true",
            "undefined",
            "upper",
            "==",
            "!=",
            "<",
            "<=",
            ">",
            ">=");

    private final Comparing comparing;
    private final Set<String> filters; // the names of those there are

    Tests(Comparing comparing, Set<String> filters) {
        this.comparing = comparing;
        this.filters = filters;
    }

    /** Whether a value passes the test that the arguments name. */
    boolean holds(Value value, Arguments arguments) {
        return switch (arguments.function()) {
            case "defined" -> alone(arguments, !(value instanceof Undefined));
            case "undefined" -> alone(arguments, value instanceof Undefined);
            case "none" -> alone(arguments, value == Value.None.NONE);
            case "boolean" -> alone(arguments, value instanceof Truth);
            case "true" -> alone(arguments, value instanceof Truth(boolean truth) && truth);
            case "false" -> alone(arguments, value instanceof Truth(boolean truth) && !truth);
            case "string" -> alone(arguments, value instanceof Text);
            case "mapping" -> alone(arguments, value instanceof Value.Mapping);
            case "integer" -> alone(arguments, value instanceof Whole);
            case "float" -> alone(arguments, value instanceof Real);
            case "number" -> alone(arguments, Numbers.of(value).isPresent());
            case "callable" -> alone(arguments, value instanceof Value.Function || value instanceof Undefined);
            case "sequence" -> alone(arguments, isSequence(value));
            case "iterable" ->
                alone(
                        arguments,
                        isSequence(value)
                                || value instanceof Sequence
                                || value instanceof Value.Stream
                                || value instanceof Value.Loop);
            case "lower", "upper" ->
                alone(arguments, hasCase(value, arguments.function().equals("lower")));
            case "odd" -> alone(arguments, remainder(value, Whole.of(2), 1));
            case "even" -> alone(arguments, remainder(value, Whole.of(2), 0));
            case "divisibleby" -> remainder(value, arguments.bind("num").required("num"), 0);
            case "sameas" -> same(value, arguments.bind("other").required("other"));
            case "filter" -> alone(arguments, value instanceof Text(var name) && filters.contains(name));
            case "test" -> alone(arguments, value instanceof Text(var name) && NAMES.contains(name));
            case "in" -> comparing.contains(arguments.bind("seq").required("seq"), value);
            case "eq", "equalto", "==" -> compare("==", value, arguments);
            case "ne", "!=" -> compare("!=", value, arguments);
            case "lt", "lessthan", "<" -> compare("<", value, arguments);
            case "le", "<=" -> compare("<=", value, arguments);
            case "gt", "greaterthan", ">" -> compare(">", value, arguments);
            case "ge", ">=" -> compare(">=", value, arguments);
            default -> throw new TemplateException("the test '%s' is not supported".formatted(arguments.function()));
        };
    }

    private static boolean alone(Arguments arguments, boolean holds) {
        arguments.requireNone();
        return holds;
    }

    /** Python asks for a length and for elements by place, which something undefined seems to have. */
    private static boolean isSequence(Value value) {
        return value instanceof Text
                || value instanceof Value.Mapping
                || value instanceof Undefined
                || (value instanceof Sequence sequence && sequence.kind() != Kind.VIEW);
    }

    private static boolean hasCase(Value value, boolean lower) {
        if (!(value instanceof Text(var text))) {
            throw new TemplateException("the letters of %s".formatted(Printing.kind(value)));
        }
        // Python wants a letter that has a case, and none of the other case
        return !PythonText.lower(text).equals(PythonText.upper(text))
                && text.equals(lower ? PythonText.lower(text) : PythonText.upper(text));
    }

    private static boolean remainder(Value value, Value divisor, int wanted) {
        var number = Numbers.of(value);
        var by = Numbers.of(divisor);
        if (number.isEmpty() || by.isEmpty()) {
            throw new TemplateException("%s divided by %s".formatted(Printing.kind(value), Printing.kind(divisor)));
        }
        return Numbers.compare(Numbers.calculate("%", number.get(), by.get()), Whole.of(wanted)) == 0;
    }

    /** Whether two values are one object is Python's own affair but for the constants. */
    private static boolean same(Value value, Value other) {
        if (other instanceof Truth || other == Value.None.NONE) {
            return value.equals(other);
        }
        throw new TemplateException("the test 'sameas' is supported for true, false and none alone");
    }

    private boolean compare(String sign, Value value, Arguments arguments) {
        return comparing.holds(sign, value, arguments.bind("other").required("other"));
    }
}
