package parathink.models;

/**
 * The exponential function from additions, multiplications and fused multiply-adds alone, which every machine rounds the same way:
 * {@link Math#exp} may differ in its last bit from one to the next. There is no table and no branch, so that the compiler makes
 * vector instructions of it.
 */
final class Exponential {
    /** Below, all have the value of this one: 4e-44, which changes no sum that has a 1 in it. */
    static final double LEAST = -100;

    private static final double SMALL = 0x1p-10; // brings the argument near zero; undone by squaring ten times

    private Exponential() {}

    /**
     * Replaces values of at most 0 by their exponentials. The relative error is below 2e-13.
     *
     * @param from first place
     * @param end place after the last
     */
    static void ofNonPositive(double[] values, int from, int end) {
        for (int i = from; i < end; i++) {
            double r = Math.max(values[i], LEAST) * SMALL; // -0.1 to 0
            double y = 1.0 / 362_880;
            y = Math.fma(y, r, 1.0 / 40_320);
            y = Math.fma(y, r, 1.0 / 5_040);
            y = Math.fma(y, r, 1.0 / 720);
            y = Math.fma(y, r, 1.0 / 120);
            y = Math.fma(y, r, 1.0 / 24);
            y = Math.fma(y, r, 1.0 / 6);
            y = Math.fma(y, r, 0.5);
            y = Math.fma(y, r, 1);
            y = Math.fma(y, r, 1);
            y *= y; // 2
            y *= y; // 4
            y *= y; // 8
            y *= y; // 16
            y *= y; // 32
            y *= y; // 64
            y *= y; // 128
            y *= y; // 256
            y *= y; // 512
            y *= y; // 1024
            values[i] = y;
        }
    }
}
