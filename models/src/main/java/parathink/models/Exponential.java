package parathink.models;

/**
 * The exponential function from additions, multiplications and fused multiply-adds alone, which every machine rounds the
 * same way: {@link Math#exp} may differ in its last bit from one to the next. Its relative error is below 1e-15.
 */
final class Exponential {
    private static final double LOG2_E = 1.4426950408889634;
    private static final double LN2_HIGH = 0x1.62e42feep-1;
    private static final double LN2_LOW = 0x1.a39ef35793c76p-33;
    private static final double UNDERFLOW = -708;

    private Exponential() {}

    /** e to the power of x, for x at most 0; 0 below -708. */
    static double ofNonPositive(double x) {
        if (x < UNDERFLOW) {
            return 0;
        }
        double k = Math.rint(x * LOG2_E);
        double r = Math.fma(k, -LN2_LOW, Math.fma(k, -LN2_HIGH, x)); // |r| <= ln(2) / 2
        double y = 1.0 / 6227020800.0;
        y = Math.fma(y, r, 1.0 / 479001600.0);
        y = Math.fma(y, r, 1.0 / 39916800.0);
        y = Math.fma(y, r, 1.0 / 3628800.0);
        y = Math.fma(y, r, 1.0 / 362880.0);
        y = Math.fma(y, r, 1.0 / 40320.0);
        y = Math.fma(y, r, 1.0 / 5040.0);
        y = Math.fma(y, r, 1.0 / 720.0);
        y = Math.fma(y, r, 1.0 / 120.0);
        y = Math.fma(y, r, 1.0 / 24.0);
        y = Math.fma(y, r, 1.0 / 6.0);
        y = Math.fma(y, r, 0.5);
        y = Math.fma(y, r, 1.0);
        y = Math.fma(y, r, 1.0);
        return y * Double.longBitsToDouble(((long) k + 1023) << 52);
    }
}
