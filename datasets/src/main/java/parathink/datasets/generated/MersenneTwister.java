package parathink.datasets.generated;

import java.util.List;

/**
 * The random numbers of CPython's {@code random.Random}, bit for bit (MT19937: Matsumoto and Nishimura, 1998), so that a
 * family drawn here is the one that its training script draws. Not thread-safe: one problem set owns one.
 */
final class MersenneTwister {
    private static final int N = 624;
    private static final int M = 397;

    private final int[] state = new int[N];
    private int next = N;

    /** Seeds as {@code Random(seed)} does: from the 32-bit digits of the seed, the lowest first. */
    MersenneTwister(long seed) {
        if (seed < 0) {
            throw new IllegalArgumentException("a seed must not be negative, got " + seed);
        }
        int high = (int) (seed >>> 32);
        mix(high == 0 ? new int[] {(int) seed} : new int[] {(int) seed, high});
    }

    /** Uniform in [0, 1), with 53 random bits. */
    double random() {
        int high = bits() >>> 5;
        int low = bits() >>> 6;
        return (high * 0x1p26 + low) * 0x1p-53;
    }

    boolean chance(double probability) {
        return random() < probability;
    }

    /** One of {@code 0 .. count - 1}. */
    int index(int count) {
        return (int) (random() * count);
    }

    /** One of {@code low .. high}, both included. */
    int between(int low, int high) {
        return low + index(high - low + 1);
    }

    <T> T pick(List<T> from) {
        return from.get(index(from.size()));
    }

    private void mix(int[] key) {
        state[0] = 19650218;
        for (int i = 1; i < N; i++) {
            state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
        }
        int i = 1;
        for (int k = 0; k < N; k++) {
            int j = k % key.length;
            state[i] = (state[i] ^ ((state[i - 1] ^ (state[i - 1] >>> 30)) * 1664525)) + key[j] + j;
            i = following(i);
        }
        for (int k = 1; k < N; k++) {
            state[i] = (state[i] ^ ((state[i - 1] ^ (state[i - 1] >>> 30)) * 1566083941)) - i;
            i = following(i);
        }
        state[0] = 0x80000000;
    }

    /** The next place of 1 .. N - 1; past the end, the last word is carried to the front. */
    private int following(int i) {
        if (i + 1 < N) {
            return i + 1;
        }
        state[0] = state[N - 1];
        return 1;
    }

    private int bits() {
        if (next == N) {
            twist();
        }
        int y = state[next++];
        y ^= y >>> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        return y ^ (y >>> 18);
    }

    private void twist() {
        for (int k = 0; k < N; k++) {
            int y = (state[k] & 0x80000000) | (state[(k + 1) % N] & 0x7fffffff);
            state[k] = state[(k + M) % N] ^ (y >>> 1) ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
        }
        next = 0;
    }
}
