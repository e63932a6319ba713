package parathink.models;

/**
 * The exponential function from additions, multiplications, fused multiply-adds and a table alone, which every machine
 * rounds the same way: {@link Math#exp} may differ in its last bit from one to the next. Its relative error is below 1e-15.
 */
final class Exponential {
    private static final int STEPS = 64; // of the table between 1 and 2
    private static final int STEP_BITS = 6;
    private static final double STEPS_LOG2_E = STEPS * 1.4426950408889634;
    private static final double STEP_HIGH = 0x1.62e42feep-1 / STEPS;
    private static final double STEP_LOW = 0x1.a39ef35793c76p-33 / STEPS;
    private static final double UNDERFLOW = -708;
    private static final double WHOLE = 0x1.8p52; // a small number added to it is a whole one in the lowest bits
    private static final long[] POWERS = powers(); // bits of 2^(i / 64)

    private Exponential() {}

    private static long[] powers() {
        var bits = new long[STEPS];
        for (int i = 0; i < STEPS; i++) {
            bits[i] = Double.doubleToRawLongBits(StrictMath.pow(2, (double) i / STEPS));
        }
        return bits;
    }

    /** e to the power of x, for x at most 0; 0 below -708. */
    static double ofNonPositive(double x) {
        if (x < UNDERFLOW) {
            return 0;
        }
        double shifted = Math.fma(x, STEPS_LOG2_E, WHOLE);
        double n = shifted - WHOLE;
        double r = Math.fma(n, -STEP_LOW, Math.fma(n, -STEP_HIGH, x)); // |r| <= ln(2) / 128
        double y = 1.0 / 120.0;
        y = Math.fma(y, r, 1.0 / 24.0);
        y = Math.fma(y, r, 1.0 / 6.0);
        y = Math.fma(y, r, 0.5);
        y = Math.fma(y, r, 1.0);
        int steps = (int) Double.doubleToRawLongBits(shifted);
        long power = POWERS[steps & (STEPS - 1)] + ((long) (steps >> STEP_BITS) << 52);
        double scale = Double.longBitsToDouble(power);
        return Math.fma(y * r, scale, scale);
    }
}
