package parathink.models;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * A ragged batch of steps for one forward pass: a cache and the tokens to append to it, a row each. Filled by the decode
 * loop, answered by the model, and used again for the next pass; not thread-safe.
 */
public final class Batch {
    private KvCache[] caches = new KvCache[8];
    private int[][] tokens = new int[8][];
    private int[] from = new int[8];
    private int[] counts = new int[8];
    private int rows;
    private MemorySegment logits = MemorySegment.NULL; // (rows, vocabulary) float32

    /** Appends a row: {@code count} tokens of {@code source} from index {@code start}. The array is read during the pass, not copied. */
    public void add(KvCache cache, int[] source, int start, int count) {
        if (count < 1) {
            throw new IllegalArgumentException("a row needs at least one token, got " + count);
        }
        if (rows == caches.length) {
            caches = Arrays.copyOf(caches, 2 * rows);
            tokens = Arrays.copyOf(tokens, 2 * rows);
            from = Arrays.copyOf(from, 2 * rows);
            counts = Arrays.copyOf(counts, 2 * rows);
        }
        caches[rows] = cache;
        tokens[rows] = source;
        from[rows] = start;
        counts[rows] = count;
        rows++;
    }

    /** Empties the batch for the next pass. */
    public void clear() {
        Arrays.fill(caches, 0, rows, null);
        Arrays.fill(tokens, 0, rows, null);
        rows = 0;
        logits = MemorySegment.NULL;
    }

    public int rows() {
        return rows;
    }

    public KvCache cache(int row) {
        return caches[row];
    }

    /** Tokens that this row appends. */
    public int count(int row) {
        return counts[row];
    }

    /** Token {@code i} of a row, from 0. */
    public int token(int row, int i) {
        return tokens[row][from[row] + i];
    }

    /** Called by the model: the logits after the last token of each row, (rows, vocabulary) float32; valid until the next pass. */
    public void answer(MemorySegment logits) {
        this.logits = logits;
    }

    public MemorySegment logits() {
        return logits;
    }
}
