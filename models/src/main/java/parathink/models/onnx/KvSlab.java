package parathink.models.onnx;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.BiFunction;

/**
 * Keys and values of many sequences: for each layer one block of keys and one of values, (rows, key heads, capacity,
 * head size) float32, so that neighbouring rows are one tensor and a single row is another. Not thread-safe; closed by
 * its decoder.
 */
final class KvSlab implements AutoCloseable {
    private final int kvHeads;
    private final long tokenBytes; // of one head
    private final BiFunction<Long, NativeOwner, MemorySegment> memory;
    private final MemorySegment[] blocks; // keys of layer 0, values of layer 0, keys of layer 1 ...
    private final NativeOwner[] owners;
    private int rows;
    private int capacity;
    private int[] written = new int[0]; // tokens of each row that memory was touched for

    /** @param memory gives memory of any content that its owner frees */
    KvSlab(DecoderConfig config, BiFunction<Long, NativeOwner, MemorySegment> memory) {
        this.kvHeads = config.kvHeads();
        this.tokenBytes = (long) config.headSize() * Float.BYTES;
        this.memory = memory;
        blocks = new MemorySegment[2 * config.layers()];
        owners = new NativeOwner[blocks.length];
        for (int block = 0; block < blocks.length; block++) {
            owners[block] = new NativeOwner();
            blocks[block] = MemorySegment.NULL;
        }
    }

    int rows() {
        return rows;
    }

    /** Tokens a row has room for. */
    int capacity() {
        return capacity;
    }

    int blocks() {
        return blocks.length;
    }

    /** Some rows of a block, as one tensor. */
    MemorySegment rows(int block, int first, int count) {
        return blocks[block].asSlice(first * rowBytes(), count * rowBytes());
    }

    /** Of one row and key head, (capacity, head size). */
    MemorySegment head(int block, int row, int head) {
        return blocks[block].asSlice(row * rowBytes() + head * headBytes(), headBytes());
    }

    private long rowBytes() {
        return kvHeads * headBytes();
    }

    private long headBytes() {
        return capacity * tokenBytes;
    }

    /** Makes room and keeps the tokens held; {@code lengths} has an entry for each present row. */
    void grow(int newRows, int newCapacity, int[] lengths) {
        var grown = new MemorySegment[blocks.length];
        var newOwners = new NativeOwner[blocks.length];
        for (int block = 0; block < blocks.length; block++) {
            newOwners[block] = new NativeOwner();
            grown[block] = allocate(newRows, newCapacity, newOwners, block);
        }
        for (int block = 0; block < blocks.length; block++) {
            for (int row = 0; row < rows; row++) {
                for (int head = 0; head < kvHeads; head++) {
                    long from = row * rowBytes() + head * headBytes();
                    long to = (row * (long) kvHeads + head) * newCapacity * tokenBytes;
                    MemorySegment.copy(blocks[block], from, grown[block], to, lengths[row] * tokenBytes);
                }
            }
            owners[block].close(); // at once, so that no more than one block is there twice
            owners[block] = newOwners[block];
            blocks[block] = grown[block];
        }
        written = Arrays.copyOf(lengths, newRows);
        rows = newRows;
        capacity = newCapacity;
    }

    private MemorySegment allocate(int newRows, int newCapacity, NativeOwner[] newOwners, int block) {
        try {
            return memory.apply(newRows * (long) kvHeads * newCapacity * tokenBytes, newOwners[block]);
        } catch (OutOfMemoryError e) {
            for (int made = 0; made < block; made++) {
                newOwners[made].close(); // the slab stays as it was
            }
            throw e;
        }
    }

    /** Tokens that memory was ever touched for in a row; what was never written costs nothing. */
    int written(int row) {
        return written[row];
    }

    /** The same of all rows. */
    long written() {
        return Arrays.stream(written).asLongStream().sum();
    }

    /** Takes note that a row is being written up to here. */
    void write(int row, int tokens) {
        written[row] = Math.max(written[row], tokens);
    }

    /** Copies tokens of one row into another. */
    void copy(int fromRow, int fromToken, int toRow, int toToken, int tokens) {
        write(toRow, toToken + tokens);
        for (var block : blocks) {
            for (int head = 0; head < kvHeads; head++) {
                long from = fromRow * rowBytes() + head * headBytes() + fromToken * tokenBytes;
                long to = toRow * rowBytes() + head * headBytes() + toToken * tokenBytes;
                MemorySegment.copy(block, from, block, to, tokens * tokenBytes);
            }
        }
    }

    /** Exchanges the first tokens of two rows. */
    void swap(int one, int other, int tokens) {
        write(one, tokens);
        write(other, tokens);
        var bytes = tokens * tokenBytes;
        var spare = new byte[Math.toIntExact(bytes)];
        for (var block : blocks) {
            for (int head = 0; head < kvHeads; head++) {
                long a = one * rowBytes() + head * headBytes();
                long b = other * rowBytes() + head * headBytes();
                MemorySegment.copy(block, JAVA_BYTE, a, spare, 0, spare.length);
                MemorySegment.copy(block, b, block, a, bytes);
                MemorySegment.copy(spare, 0, block, JAVA_BYTE, b, spare.length);
            }
        }
    }

    @Override
    public void close() {
        for (var owner : owners) {
            owner.close();
        }
    }
}
