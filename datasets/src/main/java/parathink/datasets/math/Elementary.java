package parathink.datasets.math;

import ch.obermuhlner.math.big.BigComplex;
import ch.obermuhlner.math.big.BigComplexMath;
import ch.obermuhlner.math.big.BigDecimalMath;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import parathink.datasets.math.Scalar.Approximate;
import parathink.datasets.math.Scalar.Exact;

/** Works out a {@link Function} at given arguments: exactly where that is cheap, else to 70 digits. */
final class Elementary {
    private static final int MAX_FACTORIAL = 3_000;

    private Elementary() {}

    static Scalar apply(Function function, List<Scalar> arguments, boolean realOnly) {
        var first = arguments.getFirst();
        return switch (function) {
            case SIN, COS, TAN, COT, SEC, CSC -> trigonometric(function, first);
            case ARCSIN, ARCCOS, ARCTAN, ARCCOT, ARCSEC, ARCCSC -> inverse(function, first);
            case SINH, COSH, TANH -> hyperbolic(function, first);
            case LN -> first.logarithm(realOnly);
            case LOG -> logarithm(first, arguments.get(1), realOnly);
            case EXP -> Scalar.exponential(first);
            case ABS -> absolute(first);
            case FLOOR -> floor(first);
            case CEIL -> floor(first.negate()).negate();
            case FACTORIAL -> factorial(whole(first), 1);
            case DOUBLE_FACTORIAL -> factorial(whole(first), 2);
            case BINOMIAL -> binomial(whole(first), whole(arguments.get(1)));
            case GCD -> exact(arguments.stream().map(Elementary::whole).reduce(BigInteger::gcd));
            case LCM -> exact(arguments.stream().map(Elementary::whole).reduce(Elementary::commonMultiple));
            case MIN ->
                arguments.stream().reduce((a, b) -> compare(a, b) <= 0 ? a : b).orElseThrow();
            case MAX ->
                arguments.stream().reduce((a, b) -> compare(a, b) >= 0 ? a : b).orElseThrow();
            case RE -> first instanceof Exact ? first : Scalar.of(first.complex().re);
            case IM -> first instanceof Exact ? Exact.ZERO : Scalar.of(first.complex().im);
        };
    }

    private static Scalar exact(java.util.Optional<BigInteger> value) {
        return new Exact(Rational.of(value.orElseThrow()));
    }

    private static BigInteger whole(Scalar value) {
        return value.whole().orElseThrow(() -> new Unreadable("not a whole number"));
    }

    static BigDecimal real(Scalar value) {
        return value.real().orElseThrow(() -> new Unreadable("not real"));
    }

    private static int compare(Scalar a, Scalar b) {
        return real(a).compareTo(real(b));
    }

    private static Scalar trigonometric(Function function, Scalar angle) {
        Scalar sine;
        Scalar cosine;
        if (angle.isZero()) {
            sine = Exact.ZERO;
            cosine = Exact.ONE;
        } else if (angle.real().isPresent()) {
            var real = real(angle);
            Scalar.turnable(real);
            sine = Scalar.of(BigDecimalMath.sin(real, Scalar.PRECISION));
            cosine = Scalar.of(BigDecimalMath.cos(real, Scalar.PRECISION));
        } else {
            // e^{iz} = cos z + i sin z
            var turn = Scalar.exponential(angle.times(Scalar.of(BigComplex.I)));
            var back = Exact.ONE.over(turn);
            cosine = turn.plus(back).over(new Exact(Rational.TWO));
            sine = turn.plus(back.negate()).over(new Exact(Rational.TWO)).over(Scalar.of(BigComplex.I));
        }
        return switch (function) {
            case SIN -> sine;
            case COS -> cosine;
            case TAN -> sine.over(cosine);
            case COT -> cosine.over(sine);
            case SEC -> Exact.ONE.over(cosine);
            case CSC -> Exact.ONE.over(sine);
            case ARCSIN, ARCCOS, ARCTAN, ARCCOT, ARCSEC, ARCCSC, SINH, COSH, TANH, LN, LOG, EXP, ABS, FLOOR, CEIL -> {
                throw new IllegalArgumentException(function + " is not trigonometric");
            }
            case FACTORIAL, DOUBLE_FACTORIAL, BINOMIAL, GCD, LCM, MIN, MAX, RE, IM ->
                throw new IllegalArgumentException(function + " is not trigonometric");
        };
    }

    private static Scalar inverse(Function function, Scalar ratio) {
        var halfTurn = Scalar.of(BigDecimalMath.pi(Scalar.PRECISION)).over(new Exact(Rational.TWO));
        if (function == Function.ARCSEC) {
            return inverse(Function.ARCCOS, Exact.ONE.over(ratio));
        }
        if (function == Function.ARCCSC) {
            return inverse(Function.ARCSIN, Exact.ONE.over(ratio));
        }
        if (ratio.isZero()) {
            return function == Function.ARCCOS || function == Function.ARCCOT ? halfTurn : Exact.ZERO;
        }
        var real = real(ratio);
        if (function == Function.ARCTAN || function == Function.ARCCOT) {
            var angle = Scalar.of(BigDecimalMath.atan(real, Scalar.PRECISION));
            return function == Function.ARCTAN ? angle : halfTurn.plus(angle.negate());
        }
        if (real.abs().compareTo(BigDecimal.ONE) > 0) {
            throw new Unreadable("outside the domain of " + function);
        }
        var angle = Scalar.of(BigDecimalMath.asin(real, Scalar.PRECISION));
        return function == Function.ARCSIN ? angle : halfTurn.plus(angle.negate());
    }

    private static Scalar hyperbolic(Function function, Scalar value) {
        var up = Scalar.exponential(value);
        var down = Exact.ONE.over(up);
        var twice = new Exact(Rational.TWO);
        var sine = up.plus(down.negate()).over(twice);
        var cosine = up.plus(down).over(twice);
        if (function == Function.SINH) {
            return sine;
        }
        return function == Function.COSH ? cosine : sine.over(cosine);
    }

    private static Scalar logarithm(Scalar base, Scalar value, boolean realOnly) {
        if (base instanceof Exact(var b) && value instanceof Exact(var v) && b.compareTo(Rational.ONE) > 0) {
            var size = Math.round(Math.log(v.abs().decimal(Scalar.PRECISION).doubleValue())
                    / Math.log(b.decimal(Scalar.PRECISION).doubleValue()));
            if (v.signum() > 0
                    && Math.abs(size) < 1_000
                    && b.power(BigInteger.valueOf(size)).equals(v)) {
                return new Exact(Rational.of(size));
            }
        }
        return value.logarithm(realOnly).over(base.logarithm(realOnly));
    }

    private static Scalar absolute(Scalar value) {
        return switch (value) {
            case Exact(var exact) -> new Exact(exact.abs());
            case Approximate(var complex) ->
                Scalar.of(value.real()
                        .map(BigDecimal::abs)
                        .orElseGet(() -> BigComplexMath.abs(complex, Scalar.PRECISION)));
        };
    }

    private static Scalar floor(Scalar value) {
        if (value instanceof Exact(var exact)) {
            return new Exact(exact.floor());
        }
        var whole = value.whole();
        if (whole.isPresent()) {
            return new Exact(Rational.of(whole.get()));
        }
        var down = real(value).setScale(0, RoundingMode.FLOOR);
        if (down.precision() > Scalar.PRECISION.getPrecision() - 30) {
            throw new Unreadable("too large to round");
        }
        return new Exact(Rational.of(down.toBigIntegerExact()));
    }

    private static Scalar factorial(BigInteger of, int step) {
        if (of.signum() < 0 || of.bitLength() > 20 || of.intValueExact() > MAX_FACTORIAL) {
            throw new Unreadable("too large a factorial, or of a negative number");
        }
        var product = BigInteger.ONE;
        for (int factor = of.intValueExact(); factor > 1; factor -= step) {
            product = product.multiply(BigInteger.valueOf(factor));
        }
        return new Exact(Rational.of(product));
    }

    private static Scalar binomial(BigInteger n, BigInteger k) {
        if (k.signum() < 0 || n.signum() < 0 || n.bitLength() > 20) {
            throw new Unreadable("a binomial out of range");
        }
        if (k.compareTo(n) > 0) {
            return Exact.ZERO;
        }
        int top = n.intValueExact();
        int few = k.min(n.subtract(k)).intValueExact();
        if (few > MAX_FACTORIAL) {
            throw new Unreadable("too large a binomial");
        }
        var product = BigInteger.ONE;
        for (int i = 1; i <= few; i++) {
            product = product.multiply(BigInteger.valueOf(top - few + i)).divide(BigInteger.valueOf(i));
        }
        return new Exact(Rational.of(product));
    }

    private static BigInteger commonMultiple(BigInteger a, BigInteger b) {
        if (a.signum() == 0 || b.signum() == 0) {
            return BigInteger.ZERO;
        }
        return Rational.of(a.divide(a.gcd(b)).multiply(b).abs()).numerator();
    }
}
