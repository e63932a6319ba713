package parathink.datasets.math;

import ch.obermuhlner.math.big.BigComplex;
import ch.obermuhlner.math.big.BigComplexMath;
import ch.obermuhlner.math.big.BigDecimalMath;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Optional;

/** A number: exact while it is rational, a complex number of 70 digits from the first irrational step on. */
sealed interface Scalar {
    record Exact(Rational value) implements Scalar {
        static final Exact ZERO = new Exact(Rational.ZERO);
        static final Exact ONE = new Exact(Rational.ONE);
    }

    record Approximate(BigComplex value) implements Scalar {}

    MathContext PRECISION = new MathContext(70);

    /** Two numbers that agree to 50 digits are taken for the same; see docs/decisions/002-deciding-equality.md. */
    BigDecimal TOLERANCE = new BigDecimal("1e-50");

    /** What is left of a difference that cancels; smaller irrational numbers count as zero. */
    BigDecimal NOTHING = new BigDecimal("1e-55");

    static Scalar of(BigComplex value) {
        return new Approximate(value);
    }

    static Scalar of(BigDecimal value) {
        return new Approximate(BigComplex.valueOf(value));
    }

    default BigComplex complex() {
        return switch (this) {
            case Exact(var value) -> BigComplex.valueOf(value.decimal(PRECISION));
            case Approximate(var value) -> value;
        };
    }

    /** The value as a real number, when its imaginary part is nothing. */
    default Optional<BigDecimal> real() {
        var value = complex();
        var size = value.re.abs().max(BigDecimal.ONE);
        return value.im.abs().compareTo(NOTHING.multiply(size)) <= 0 ? Optional.of(value.re) : Optional.empty();
    }

    /** The value as a whole number, when it is one exactly or to 50 digits. */
    default Optional<BigInteger> whole() {
        return switch (this) {
            case Exact(var value) -> value.isInteger() ? Optional.of(value.numerator()) : Optional.empty();
            case Approximate _ ->
                real().filter(re -> re.abs().compareTo(new BigDecimal("1e25")) < 0)
                        .flatMap(re -> {
                            var nearest = re.setScale(0, java.math.RoundingMode.HALF_EVEN);
                            return re.subtract(nearest).abs().compareTo(TOLERANCE) < 0
                                    ? Optional.of(nearest.toBigIntegerExact())
                                    : Optional.empty();
                        });
        };
    }

    default boolean isZero() {
        return switch (this) {
            case Exact(var value) -> value.signum() == 0;
            case Approximate(var value) ->
                value.re.abs().compareTo(NOTHING) < 0 && value.im.abs().compareTo(NOTHING) < 0;
        };
    }

    default Scalar plus(Scalar other) {
        if (this instanceof Exact(var mine) && other instanceof Exact(var its)) {
            return new Exact(mine.plus(its));
        }
        return of(bounded(complex().add(other.complex(), PRECISION)));
    }

    default Scalar times(Scalar other) {
        if (this instanceof Exact(var mine) && other instanceof Exact(var its)) {
            return new Exact(mine.times(its));
        }
        return of(bounded(complex().multiply(other.complex(), PRECISION)));
    }

    default Scalar over(Scalar other) {
        if (this instanceof Exact(var mine) && other instanceof Exact(var its)) {
            return new Exact(mine.over(its));
        }
        if (other.isZero()) {
            throw new Unreadable("division by zero");
        }
        return of(bounded(complex().divide(other.complex(), PRECISION)));
    }

    default Scalar negate() {
        return switch (this) {
            case Exact(var value) -> new Exact(value.negate());
            case Approximate(var value) -> of(value.negate());
        };
    }

    /** Equal exactly, or to 50 digits of the larger. */
    default boolean near(Scalar other) {
        if (this instanceof Exact(var mine) && other instanceof Exact(var its)) {
            return mine.equals(its);
        }
        var a = complex();
        var b = other.complex();
        var size = a.re.abs().max(a.im.abs()).max(b.re.abs()).max(b.im.abs());
        var allowed = size.multiply(TOLERANCE).max(NOTHING);
        return a.re.subtract(b.re).abs().compareTo(allowed) <= 0
                && a.im.subtract(b.im).abs().compareTo(allowed) <= 0;
    }

    /**
     * Raised to a power, on the principal branch, except that an odd root of a negative number is the real one.
     *
     * @param realOnly refuses what leaves the real line, instead of going on with complex numbers
     */
    default Scalar power(Scalar exponent, boolean realOnly) {
        if (exponent instanceof Exact(var power)) {
            if (power.isInteger()) {
                return power(power.numerator());
            }
            if (power.denominator().bitLength() <= 10) {
                return root(power.denominator().intValueExact(), realOnly).power(power.numerator());
            }
        }
        if (isZero()) {
            if (exponent.real().isPresent() && exponent.real().get().signum() > 0) {
                return Exact.ZERO;
            }
            throw new Unreadable("a power of zero");
        }
        return exponential(exponent.times(logarithm(realOnly)));
    }

    private Scalar power(BigInteger exponent) {
        if (this instanceof Exact(var base)) {
            return new Exact(base.power(exponent));
        }
        if (exponent.bitLength() > 20) {
            throw new Unreadable("too large");
        }
        if (isZero() && exponent.signum() <= 0) {
            throw new Unreadable("a power of zero");
        }
        var raised = Exact.ONE.complex();
        var square = complex();
        for (var left = exponent.abs(); left.signum() > 0; left = left.shiftRight(1)) {
            if (left.testBit(0)) {
                raised = bounded(raised.multiply(square, PRECISION));
            }
            square = left.bitLength() > 1 ? bounded(square.multiply(square, PRECISION)) : square;
        }
        return exponent.signum() < 0 ? Exact.ONE.over(of(raised)) : of(raised);
    }

    default Scalar root(int degree, boolean realOnly) {
        if (degree < 2) {
            throw new Unreadable("a root of degree " + degree);
        }
        if (this instanceof Exact(var value)) {
            var exact = value.root(degree);
            if (exact.isPresent()) {
                return new Exact(exact.get());
            }
        }
        if (isZero()) {
            return Exact.ZERO;
        }
        var real = real();
        if (real.isPresent() && (real.get().signum() > 0 || degree % 2 == 1)) {
            var size = real.get().abs();
            var root = degree == 2
                    ? size.sqrt(PRECISION)
                    : exponential(of(size).logarithm(true).over(new Exact(Rational.of(degree))))
                            .complex()
                            .re;
            return of(real.get().signum() > 0 ? root : root.negate());
        }
        if (real.isPresent() && degree == 2 && !realOnly) {
            return of(BigComplex.valueOf(BigDecimal.ZERO, real.get().negate().sqrt(PRECISION)));
        }
        return exponential(logarithm(realOnly).over(new Exact(Rational.of(degree))));
    }

    /** The principal natural logarithm. */
    default Scalar logarithm(boolean realOnly) {
        if (isZero()) {
            throw new Unreadable("the logarithm of zero");
        }
        if (this instanceof Exact(var value) && value.equals(Rational.ONE)) {
            return Exact.ZERO;
        }
        var real = real();
        if (real.isPresent() && real.get().signum() > 0) {
            return of(BigDecimalMath.log(real.get(), PRECISION));
        }
        if (realOnly) {
            throw new Unreadable("not real");
        }
        return of(BigComplexMath.log(real.map(BigComplex::valueOf).orElse(complex()), PRECISION));
    }

    static Scalar exponential(Scalar power) {
        if (power.isZero()) {
            return Exact.ONE;
        }
        var value = power.complex();
        if (value.re.abs().compareTo(BigDecimal.valueOf(20_000)) > 0) {
            throw new Unreadable("too large");
        }
        var size = BigDecimalMath.exp(value.re, PRECISION);
        if (power.real().isPresent()) {
            return of(size);
        }
        turnable(value.im);
        return of(BigComplex.valueOf(
                size.multiply(BigDecimalMath.cos(value.im, PRECISION), PRECISION),
                size.multiply(BigDecimalMath.sin(value.im, PRECISION), PRECISION)));
    }

    /** Refuses angles so large that reducing them would cost digits and time. */
    static void turnable(BigDecimal angle) {
        if (angle.abs().compareTo(BigDecimal.valueOf(1_000_000_000_000L)) > 0) {
            throw new Unreadable("too large an angle");
        }
    }

    private static BigComplex bounded(BigComplex value) {
        if (long10(value.re) > 50_000 || long10(value.im) > 50_000) {
            throw new Unreadable("too large");
        }
        return value;
    }

    private static long long10(BigDecimal value) {
        return Math.abs((long) value.precision() - value.scale());
    }
}
