package parathink.datasets.math;

import java.math.BigInteger;

/**
 * Where a formula is worked out: a fixed number for every variable, drawn from the variable's name and the point's own
 * number, so that two formulas meet at the same place without knowing of each other.
 */
enum Point {
    /** No variable has a value here; for formulas without any. */
    NOWHERE(0),
    POSITIVE_1(1),
    POSITIVE_2(2),
    /** The first variables to look at are negative here: tells |x| from x. Roots and logarithms must stay real. */
    NEGATIVE(3),
    MIXED(4),
    WHOLE_1(5),
    WHOLE_2(6),
    WHOLE_3(7);

    private final int number;

    Point(int number) {
        this.number = number;
    }

    boolean isEmpty() {
        return this == NOWHERE;
    }

    boolean signed() {
        return this == NEGATIVE || this == MIXED;
    }

    Rational of(String variable) {
        long bits = mix(variable.hashCode() * 0x9E3779B97F4A7C15L + number);
        long billionths = 500_000_000L + Math.floorMod(bits, 3_000_000_000L);
        var size = new Rational(BigInteger.valueOf(billionths), BigInteger.valueOf(1_000_000_007L));
        return switch (this) {
            case NOWHERE -> throw new Unreadable("a variable: " + variable);
            case POSITIVE_1, POSITIVE_2 -> size;
            case NEGATIVE -> size.negate();
            case MIXED -> (bits & (1L << 40)) == 0 ? size : size.negate();
            case WHOLE_1, WHOLE_2, WHOLE_3 -> Rational.of(2 + Math.floorMod(bits, 30));
        };
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood, 2014). */
    private static long mix(long bits) {
        long z = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
