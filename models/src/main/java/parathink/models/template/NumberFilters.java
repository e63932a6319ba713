package parathink.models.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.regex.Pattern;
import parathink.models.template.Value.Real;
import parathink.models.template.Value.Text;
import parathink.models.template.Value.Whole;

/** The filters that make numbers. */
final class NumberFilters {
    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d(?:_?\\d)*");
    private static final Pattern REAL = Pattern.compile("[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?");
    private static final int MOST_DIGITS = 1000;

    private NumberFilters() {}

    /** The value through one of the filters {@code abs}, {@code int}, {@code float} and {@code round}. */
    static Value filtered(Value value, Arguments arguments) {
        return switch (arguments.function()) {
            case "abs" -> {
                arguments.requireNone();
                var number = number(value, "abs");
                yield Numbers.compare(number, Whole.of(0)) < 0 ? Numbers.negated(number) : number;
            }
            case "int" -> {
                var bound = arguments.bind("default", "base");
                if (bound.whole("base", 10) != 10) {
                    throw new TemplateException("'int' of another base than 10 is not supported");
                }
                yield whole(value, bound.optional("default").orElse(Whole.of(0)));
            }
            case "float" ->
                real(value, arguments.bind("default").optional("default").orElse(new Real(0)));
            case "round" -> rounded(value, arguments.bind("precision", "method"));
            default -> throw new IllegalArgumentException("no filter of numbers: " + arguments.function());
        };
    }

    private static Value number(Value value, String filter) {
        return Numbers.of(value)
                .orElseThrow(() -> new TemplateException("'%s' of %s".formatted(filter, Printing.kind(value))));
    }

    private static void requireDefined(Value value, String filter) {
        if (value instanceof Value.Undefined) {
            throw new TemplateException("'%s' of %s".formatted(filter, Printing.kind(value)));
        }
    }

    private static Value whole(Value value, Value absent) {
        requireDefined(value, "int");
        if (value instanceof Text(var text)) {
            var digits = text.strip();
            requireShort(digits);
            if (WHOLE.matcher(digits).matches()) {
                return new Whole(new BigInteger(digits.replace("_", "")));
            }
            return REAL.matcher(digits).matches() ? truncated(Double.parseDouble(digits)) : absent;
        }
        return Numbers.of(value)
                .map(number -> number instanceof Real(double real) ? truncated(real) : number)
                .orElse(absent);
    }

    private static void requireShort(String digits) {
        if (digits.length() > MOST_DIGITS) {
            throw new TemplateException("a number of %d digits is not supported".formatted(digits.length()));
        }
    }

    private static Value truncated(double real) {
        if (!Double.isFinite(real)) {
            throw new TemplateException("'int' of %s".formatted(Numbers.shown(real)));
        }
        return new Whole(new BigDecimal(real).toBigInteger());
    }

    private static Value real(Value value, Value absent) {
        requireDefined(value, "float");
        if (value instanceof Text(var text)) {
            var digits = text.strip();
            requireShort(digits);
            return REAL.matcher(digits).matches() ? new Real(Double.parseDouble(digits)) : absent;
        }
        return Numbers.of(value)
                .<Value>map(number -> new Real(Numbers.toDouble(number)))
                .orElse(absent);
    }

    private static Value rounded(Value value, Arguments.Bound bound) {
        var number = number(value, "round");
        int precision = bound.whole("precision", 0);
        var method = bound.optionalText("method").orElse("common");
        var mode = switch (method) {
            case "common" -> RoundingMode.HALF_EVEN;
            case "floor" -> RoundingMode.FLOOR;
            case "ceil" -> RoundingMode.CEILING;
            default -> throw new TemplateException("'round' has no method '%s'".formatted(method));
        };
        if (precision != 0 && mode != RoundingMode.HALF_EVEN) {
            throw new TemplateException("'round' to digits by '%s' is not supported".formatted(method));
        }
        if (number instanceof Whole && mode == RoundingMode.HALF_EVEN && precision >= 0) {
            return number;
        }
        double real = Numbers.toDouble(number);
        if (!Double.isFinite(real) || Math.abs(precision) > 100) {
            throw new TemplateException("'round' of %s to %d digits".formatted(Numbers.shown(real), precision));
        }
        return new Real(new BigDecimal(real).setScale(precision, mode).doubleValue());
    }
}
