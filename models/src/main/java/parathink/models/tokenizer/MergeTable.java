package parathink.models.tokenizer;

import java.util.Arrays;

/** Which pairs of tokens merge, how early, and into what: a hash table without boxes. Filled once, then only read. */
final class MergeTable {
    private static final long FREE = -1; // no pair: both halves would be -1

    private final long[] pairs;
    private final int[] ranks;
    private final int[] results; // by rank
    private final int shift;

    MergeTable(int merges) {
        int bits = Math.max(4, 33 - Integer.numberOfLeadingZeros(Math.max(1, merges)));
        pairs = new long[1 << bits];
        Arrays.fill(pairs, FREE);
        ranks = new int[1 << bits];
        results = new int[merges];
        shift = 64 - bits;
    }

    /** Of two merges of one pair, the later one counts. */
    void put(int left, int right, int rank, int result) {
        int slot = slot(((long) left << 32) | right);
        pairs[slot] = ((long) left << 32) | right;
        ranks[slot] = rank;
        results[rank] = result;
    }

    /** The rank of the merge of two tokens, or -1. */
    int rank(int left, int right) {
        int slot = slot(((long) left << 32) | right);
        return pairs[slot] == FREE ? -1 : ranks[slot];
    }

    /** The token that a merge gives. */
    int result(int rank) {
        return results[rank];
    }

    private int slot(long pair) {
        int slot = (int) ((pair * 0x9E3779B97F4A7C15L) >>> shift);
        while (pairs[slot] != FREE && pairs[slot] != pair) {
            slot = (slot + 1) & (pairs.length - 1);
        }
        return slot;
    }
}
