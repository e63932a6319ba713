package parathink.models.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Optional;
import parathink.models.template.Value.Real;
import parathink.models.template.Value.Truth;
import parathink.models.template.Value.Whole;

/** Arithmetic as Python does it: whole numbers of any size, division that rounds down, true and false as 1 and 0. */
final class Numbers {
    private static final int MOST_BITS = 4096;
    private static final MathContext DIVISION = new MathContext(40);
    private static final MathContext ONE_DIGIT = new MathContext(1);
    private static final int MOST_EXPONENT = 16; // from which on Python writes one

    private Numbers() {}

    /** The number that a value stands for in a sum. */
    static Optional<Value> of(Value value) {
        return switch (value) {
            case Whole whole -> Optional.of(whole);
            case Real real -> Optional.of(real);
            case Truth(boolean truth) -> Optional.of(Whole.of(truth ? 1 : 0));
            case Value.Undefined missing -> Optional.empty();
            case Value.None none -> Optional.empty();
            case Value.Text text -> Optional.empty();
            case Value.Sequence sequence -> Optional.empty();
            case Value.Mapping mapping -> Optional.empty();
            case Value.Stream stream -> Optional.empty();
            case Value.Namespace namespace -> Optional.empty();
            case Value.Function function -> Optional.empty();
            case Value.Loop loop -> Optional.empty();
        };
    }

    /** A whole number as a place or a count; beyond an int the nearest one. */
    static int index(Value value) {
        return of(value)
                .filter(Whole.class::isInstance)
                .map(whole -> ((Whole) whole).value())
                .map(whole -> whole.bitLength() < Integer.SIZE
                        ? whole.intValue()
                        : whole.signum() > 0 ? Integer.MAX_VALUE : Integer.MIN_VALUE)
                .orElseThrow(() ->
                        new TemplateException("a whole number is needed, not %s".formatted(Printing.kind(value))));
    }

    /** One of the signs {@code + - * / // % **} between two numbers. */
    static Value calculate(String sign, Value left, Value right) {
        if (left instanceof Whole(var a) && right instanceof Whole(var b)) {
            return whole(sign, a, b);
        }
        return new Real(real(sign, toDouble(left), toDouble(right)));
    }

    private static Value whole(String sign, BigInteger a, BigInteger b) {
        return switch (sign) {
            case "+" -> bounded(a.add(b));
            case "-" -> bounded(a.subtract(b));
            case "*" -> bounded(a.multiply(b));
            case "/" -> new Real(quotient(a, b));
            case "//" -> bounded(floor(a, b));
            case "%" -> bounded(a.subtract(floor(a, b).multiply(b)));
            case "**" -> b.signum() < 0 ? new Real(real(sign, a.doubleValue(), b.doubleValue())) : power(a, b);
            default -> throw unknown(sign);
        };
    }

    private static IllegalArgumentException unknown(String sign) {
        return new IllegalArgumentException("no operation of numbers: " + sign);
    }

    private static double quotient(BigInteger a, BigInteger b) {
        requireDivisor(b.signum() == 0);
        return new BigDecimal(a).divide(new BigDecimal(b), DIVISION).doubleValue();
    }

    private static BigInteger floor(BigInteger a, BigInteger b) {
        requireDivisor(b.signum() == 0);
        var parts = a.divideAndRemainder(b);
        return parts[1].signum() != 0 && parts[1].signum() != b.signum() ? parts[0].subtract(BigInteger.ONE) : parts[0];
    }

    private static Value power(BigInteger base, BigInteger exponent) {
        long bits = Math.max(1, base.bitLength());
        if (base.abs().compareTo(BigInteger.ONE) > 0
                && (exponent.bitLength() > 31 || bits * exponent.intValue() > 2L * MOST_BITS)) {
            throw tooLarge();
        }
        return bounded(
                exponent.bitLength() > 31 ? base.pow(exponent.testBit(0) ? 1 : 2) : base.pow(exponent.intValue()));
    }

    private static Whole bounded(BigInteger value) {
        if (value.bitLength() > MOST_BITS) {
            throw tooLarge();
        }
        return new Whole(value);
    }

    private static TemplateException tooLarge() {
        return new TemplateException("whole numbers of more than %d bits are not supported".formatted(MOST_BITS));
    }

    private static double real(String sign, double a, double b) {
        return switch (sign) {
            case "+" -> a + b;
            case "-" -> a - b;
            case "*" -> a * b;
            case "/" -> {
                requireDivisor(b == 0);
                yield a / b;
            }
            case "//" -> {
                requireDivisor(b == 0);
                yield Math.floor((a - remainder(a, b)) / b + 0.5);
            }
            case "%" -> {
                requireDivisor(b == 0);
                yield remainder(a, b);
            }
            case "**" -> {
                double power = Math.pow(a, b);
                if (Double.isNaN(power) || Double.isInfinite(power)) {
                    throw new TemplateException("a power of %s and %s is not supported".formatted(shown(a), shown(b)));
                }
                yield power;
            }
            default -> throw unknown(sign);
        };
    }

    private static double remainder(double a, double b) {
        double rest = a % b;
        return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest == 0 ? Math.copySign(0, b) : rest;
    }

    private static void requireDivisor(boolean zero) {
        if (zero) {
            throw new TemplateException("division by zero");
        }
    }

    static double toDouble(Value number) {
        if (number instanceof Real(double real)) {
            return real;
        }
        if (number instanceof Whole(var whole) && Double.isFinite(whole.doubleValue())) {
            return whole.doubleValue();
        }
        throw tooLarge();
    }

    /** The number with the other sign. */
    static Value negated(Value number) {
        return number instanceof Whole(var whole) ? new Whole(whole.negate()) : new Real(-toDouble(number));
    }

    /** Compares numbers by their exact values. */
    static int compare(Value left, Value right) {
        if (left instanceof Real(double a) && right instanceof Real(double b)) {
            return Double.compare(a + 0.0, b + 0.0); // no negative zero
        }
        if (left instanceof Real(double a) && !Double.isFinite(a)) {
            return a > 0 ? 1 : -1;
        }
        if (right instanceof Real(double b) && !Double.isFinite(b)) {
            return b > 0 ? -1 : 1;
        }
        return exact(left).compareTo(exact(right));
    }

    private static BigDecimal exact(Value number) {
        return number instanceof Whole(var whole) ? new BigDecimal(whole) : new BigDecimal(toDouble(number));
    }

    static boolean isNotANumber(Value value) {
        return value instanceof Real(double real) && Double.isNaN(real);
    }

    /** A number as Python writes it: the fewest digits that tell it from others, an exponent below 1e-4 and from 1e16 on. */
    static String shown(double real) {
        if (!Double.isFinite(real)) {
            return Double.isNaN(real) ? "nan" : real > 0 ? "inf" : "-inf";
        }
        if (real == 0) {
            return 1 / real < 0 ? "-0.0" : "0.0";
        }
        var decimal = shortest(Math.abs(real));
        var digits = decimal.unscaledValue().toString();
        int exponent = digits.length() - 1 - decimal.scale();
        return (real < 0 ? "-" : "")
                + (exponent < -4 || exponent >= MOST_EXPONENT ? scientific(digits, exponent) : plain(decimal));
    }

    /** Java's own shortest form has two digits at least. */
    private static BigDecimal shortest(double real) {
        var decimal = new BigDecimal(Double.toString(real)).stripTrailingZeros();
        var digit = decimal.round(ONE_DIGIT);
        return digit.doubleValue() == real ? digit.stripTrailingZeros() : decimal;
    }

    private static String plain(BigDecimal decimal) {
        var text = decimal.toPlainString();
        return text.indexOf('.') < 0 ? text + ".0" : text;
    }

    private static String scientific(String digits, int exponent) {
        var mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        return "%se%s%02d".formatted(mantissa, exponent < 0 ? "-" : "+", Math.abs(exponent));
    }
}
