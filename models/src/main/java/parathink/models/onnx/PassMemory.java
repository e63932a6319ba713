package parathink.models.onnx;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The small inputs and the logits of a pass, filled anew for each. Runs of different rows may be under way at once; closed
 * by its decoder.
 */
final class PassMemory implements AutoCloseable {
    private final Arena arena = Arena.ofShared();
    private final int rows;
    private final long rowBytes;
    private final long unusedBytes; // of a row
    private final int unusedCapacity;
    private final MemorySegment logits; // (rows, vocabulary), in the order of the batch
    final MemorySegment ids; // (rows, new tokens)
    final MemorySegment positions; // (rows, new tokens)
    final MemorySegment segments; // (rows, new tokens)
    final MemorySegment last; // (rows)
    final MemorySegment longest; // (rows), of which a run over several rows reads the first
    final MemorySegment lastToken; // ()
    private final MemorySegment unordered; // (rows, vocabulary), in the order of the slab
    private final MemorySegment unused; // (2, rows, key heads, capacity, head size)

    /** Memory for passes of so many rows of one token, or one row of so many tokens. */
    PassMemory(int rows, int tokens, DecoderConfig config) {
        int vocabulary = config.vocabulary();
        this.rows = rows;
        this.rowBytes = (long) vocabulary * Float.BYTES;
        unusedCapacity = Math.max(2, tokens); // see SlabDecoder
        unusedBytes = (long) config.kvHeads() * unusedCapacity * config.headSize() * Float.BYTES;
        unused = arena.allocate(2L * rows * unusedBytes, Float.BYTES);
        ids = arena.allocate(JAVA_LONG, Math.max(rows, tokens));
        positions = arena.allocate(JAVA_LONG, Math.max(rows, tokens));
        segments = arena.allocate(JAVA_LONG, Math.max(rows, tokens));
        last = arena.allocate(JAVA_INT, rows);
        longest = arena.allocate(JAVA_INT, rows);
        lastToken = arena.allocate(JAVA_LONG);
        logits = arena.allocate(JAVA_FLOAT, (long) rows * vocabulary);
        unordered = arena.allocate(JAVA_FLOAT, (long) rows * vocabulary);
    }

    /** Writes one new token. */
    void put(int at, int token, int position, int segment) {
        ids.setAtIndex(JAVA_LONG, at, token);
        positions.setAtIndex(JAVA_LONG, at, position);
        segments.setAtIndex(JAVA_LONG, at, segment);
    }

    int rows() {
        return rows;
    }

    /** The logits of the first rows of the batch. */
    MemorySegment logits(int count) {
        return logits(0, count);
    }

    MemorySegment logits(int first, int count) {
        return logits.asSlice(first * rowBytes, count * rowBytes);
    }

    /** Where runs over rows of the slab leave their logits when the batch has those rows in another order. */
    MemorySegment unordered(int first, int count) {
        return unordered.asSlice(first * rowBytes, count * rowBytes);
    }

    /** Puts the logits of a row of the slab in their place in the batch. */
    void order(int slabRow, int batchRow) {
        MemorySegment.copy(unordered, slabRow * rowBytes, logits, batchRow * rowBytes, rowBytes);
    }

    MemorySegment ids(int first) {
        return ids.asSlice((long) first * Long.BYTES);
    }

    MemorySegment positions(int first) {
        return positions.asSlice((long) first * Long.BYTES);
    }

    MemorySegment segments(int first) {
        return segments.asSlice((long) first * Long.BYTES);
    }

    MemorySegment last(int first) {
        return last.asSlice((long) first * Integer.BYTES);
    }

    /** Where the graph's own attention leaves keys (0) or values (1) of rows with a prefix: nobody reads them, so all layers may. */
    MemorySegment unused(int keysOrValues, int first, int count) {
        return unused.asSlice((keysOrValues * (long) rows + first) * unusedBytes, count * unusedBytes);
    }

    /** Tokens that a row has room for there. */
    int unusedCapacity() {
        return unusedCapacity;
    }

    MemorySegment longest(int first) {
        return longest.asSlice((long) first * Integer.BYTES);
    }

    @Override
    public void close() {
        arena.close();
    }
}
