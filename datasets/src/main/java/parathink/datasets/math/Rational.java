package parathink.datasets.math;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Optional;

/** An exact fraction in lowest terms with a positive denominator. */
record Rational(BigInteger numerator, BigInteger denominator) implements Comparable<Rational> {
    /** About 10,000 decimal digits. */
    static final int MAX_BITS = 33_220;

    static final Rational ZERO = of(0);
    static final Rational ONE = of(1);
    static final Rational TWO = of(2);
    static final Rational PERCENT = of(1, 100);

    Rational {
        if (denominator.signum() == 0) {
            throw new Unreadable("division by zero");
        }
        if (denominator.signum() < 0) {
            numerator = numerator.negate();
            denominator = denominator.negate();
        }
        if (!denominator.equals(BigInteger.ONE)) {
            var common = numerator.gcd(denominator);
            numerator = numerator.divide(common);
            denominator = denominator.divide(common);
        }
        if (numerator.bitLength() > MAX_BITS || denominator.bitLength() > MAX_BITS) {
            throw new Unreadable("too many digits");
        }
    }

    static Rational of(long value) {
        return new Rational(BigInteger.valueOf(value), BigInteger.ONE);
    }

    static Rational of(long numerator, long denominator) {
        return new Rational(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
    }

    static Rational of(BigInteger value) {
        return new Rational(value, BigInteger.ONE);
    }

    /** The exact value of a decimal; its exponent is checked before anything long is written out. */
    static Rational of(BigDecimal value) {
        if (value.precision() + Math.abs((long) value.scale()) > MAX_BITS / 4) {
            throw new Unreadable("too many digits");
        }
        return value.scale() <= 0
                ? of(value.toBigIntegerExact())
                : new Rational(value.unscaledValue(), BigInteger.TEN.pow(value.scale()));
    }

    boolean isInteger() {
        return denominator.equals(BigInteger.ONE);
    }

    int signum() {
        return numerator.signum();
    }

    Rational plus(Rational other) {
        if (isInteger() && other.isInteger()) {
            return of(numerator.add(other.numerator));
        }
        return new Rational(
                numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
                denominator.multiply(other.denominator));
    }

    Rational times(Rational other) {
        return new Rational(numerator.multiply(other.numerator), denominator.multiply(other.denominator));
    }

    Rational over(Rational other) {
        return new Rational(numerator.multiply(other.denominator), denominator.multiply(other.numerator));
    }

    Rational negate() {
        return new Rational(numerator.negate(), denominator);
    }

    Rational abs() {
        return signum() < 0 ? negate() : this;
    }

    Rational floor() {
        var parts = numerator.divideAndRemainder(denominator);
        return of(parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0]);
    }

    /** Raised to a whole power; refused before it is worked out when the result would be too long. */
    Rational power(BigInteger exponent) {
        if (exponent.signum() == 0) {
            return ONE;
        }
        if (signum() == 0 && exponent.signum() < 0) {
            throw new Unreadable("division by zero");
        }
        if (isInteger() && numerator.bitLength() <= 1 && numerator.signum() >= 0) {
            return this; // 0 and 1
        }
        if (isInteger() && numerator.equals(BigInteger.ONE.negate())) {
            return exponent.testBit(0) ? this : ONE;
        }
        long bits = Math.max(numerator.bitLength(), denominator.bitLength());
        if (exponent.bitLength() > 20 || bits * Math.abs(exponent.longValue()) > 2L * MAX_BITS) {
            throw new Unreadable("too many digits");
        }
        int times = Math.abs(exponent.intValueExact());
        var up = numerator.pow(times);
        var down = denominator.pow(times);
        return exponent.signum() > 0 ? new Rational(up, down) : new Rational(down, up);
    }

    /** The exact real root, where there is one. */
    Optional<Rational> root(int degree) {
        if (signum() < 0 && degree % 2 == 0) {
            return Optional.empty();
        }
        return root(numerator.abs(), degree)
                .flatMap(up -> root(denominator, degree).map(down -> {
                    var root = new Rational(up, down);
                    return signum() < 0 ? root.negate() : root;
                }));
    }

    private static Optional<BigInteger> root(BigInteger value, int degree) {
        if (value.bitLength() <= 1) {
            return Optional.of(value);
        }
        if (degree == 2) {
            var parts = value.sqrtAndRemainder();
            return parts[1].signum() == 0 ? Optional.of(parts[0]) : Optional.empty();
        }
        var low = BigInteger.ONE;
        var high = BigInteger.ONE.shiftLeft(value.bitLength() / degree + 1);
        while (low.compareTo(high) < 0) {
            var middle = low.add(high).add(BigInteger.ONE).shiftRight(1);
            if (middle.pow(degree).compareTo(value) <= 0) {
                low = middle;
            } else {
                high = middle.subtract(BigInteger.ONE);
            }
        }
        return low.pow(degree).equals(value) ? Optional.of(low) : Optional.empty();
    }

    BigDecimal decimal(MathContext precision) {
        return new BigDecimal(numerator).divide(new BigDecimal(denominator), precision);
    }

    /** The decimal that is exactly this value, where it ends within so many places. */
    Optional<BigDecimal> ending(int places) {
        var scaled = times(of(BigInteger.TEN.pow(places)));
        if (!scaled.isInteger()) {
            return Optional.empty();
        }
        var decimal = new BigDecimal(scaled.numerator, places).stripTrailingZeros();
        return Optional.of(decimal.scale() < 0 ? decimal.setScale(0) : decimal);
    }

    @Override
    public int compareTo(Rational other) {
        return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
    }

    /** An integer, a decimal that ends within twelve places, or a fraction. */
    @Override
    public String toString() {
        if (isInteger()) {
            return numerator.toString();
        }
        return ending(12).map(BigDecimal::toPlainString).orElse(numerator + "/" + denominator);
    }
}
