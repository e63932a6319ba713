package parathink.models.onnx;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The small inputs and the logits of a pass, filled anew for each run. Not thread-safe; closed by its decoder. */
final class PassMemory implements AutoCloseable {
    private final Arena arena = Arena.ofShared();
    private final int rows;
    private final long rowBytes;
    private final MemorySegment logits; // (rows, vocabulary), in the order of the batch
    final MemorySegment ids; // (rows, new tokens)
    final MemorySegment positions; // (rows, new tokens)
    final MemorySegment last; // (rows)
    final MemorySegment longest; // (1)
    final MemorySegment lastToken; // ()
    final MemorySegment unordered; // (rows, vocabulary), in the order of the slab

    /** Memory for passes of so many rows of one token, or one row of so many tokens. */
    PassMemory(int rows, int tokens, int vocabulary) {
        this.rows = rows;
        this.rowBytes = (long) vocabulary * Float.BYTES;
        ids = arena.allocate(JAVA_LONG, Math.max(rows, tokens));
        positions = arena.allocate(JAVA_LONG, Math.max(rows, tokens));
        last = arena.allocate(JAVA_INT, rows);
        longest = arena.allocate(JAVA_INT);
        lastToken = arena.allocate(JAVA_LONG);
        logits = arena.allocate(JAVA_FLOAT, (long) rows * vocabulary);
        unordered = arena.allocate(JAVA_FLOAT, (long) rows * vocabulary);
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

    /** Puts the logits of a run's row in their place in the batch. */
    void order(int runRow, int batchRow) {
        MemorySegment.copy(unordered, runRow * rowBytes, logits, batchRow * rowBytes, rowBytes);
    }

    @Override
    public void close() {
        arena.close();
    }
}
