package parathink.models;

/**
 * The counter-based generator Philox4x32-10 (Salmon et al., 2011, section 3.3): the same key and counter give the same
 * number, in whatever order they are asked for and on whatever machine.
 */
final class Philox {
    private static final int ROUNDS = 10;
    private static final long MULTIPLIER_0 = 0xD2511F53L;
    private static final long MULTIPLIER_1 = 0xCD9E8D57L;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;
    private static final double UNIT = 0x1.0p-53;

    private Philox() {}

    /** Number {@code counter} of the stream {@code key}, uniform in [0, 1) with 53 bits. */
    static double uniform(long key, long counter) {
        return (bits(key, counter) >>> 11) * UNIT;
    }

    /** The first 64 of the 128 bits of a block: output word 0 is the high half, word 1 the low half. */
    static long bits(long key, long counter) {
        int x0 = (int) counter;
        int x1 = (int) (counter >>> 32);
        int x2 = 0;
        int x3 = 0;
        int k0 = (int) key;
        int k1 = (int) (key >>> 32);
        for (int round = 0; round < ROUNDS; round++) {
            long p0 = MULTIPLIER_0 * (x0 & 0xffffffffL);
            long p1 = MULTIPLIER_1 * (x2 & 0xffffffffL);
            x0 = (int) (p1 >>> 32) ^ x1 ^ k0;
            x1 = (int) p1;
            x2 = (int) (p0 >>> 32) ^ x3 ^ k1;
            x3 = (int) p0;
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
        return ((x0 & 0xffffffffL) << 32) | (x1 & 0xffffffffL);
    }
}
