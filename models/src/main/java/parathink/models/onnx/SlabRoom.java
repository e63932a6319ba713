package parathink.models.onnx;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.BiFunction;
import parathink.models.Batch;

/**
 * The memory of a decoder's caches: a slab that grows with its rows, the prefixes that are shared, and how much both may
 * take. What is counted is what has been written, since pages that never were cost nothing. Not thread-safe; closed by its
 * decoder.
 */
final class SlabRoom implements AutoCloseable {
    private static final int FIRST_ROWS = 4;
    private static final int FIRST_CAPACITY = 256;
    private static final int CAPACITY_STEP = 64;
    private static final long MEBIBYTE = 1 << 20;

    private final DecoderConfig config;
    private final BiFunction<Long, NativeOwner, MemorySegment> memory;
    private final long limit;
    private final Runnable moving;
    private final KvSlab slab;
    private final SlabRows rows = new SlabRows();
    private long prefixes; // bytes
    private int[] lengths = new int[0];

    /**
     * @param memory gives memory of any content that its owner frees
     * @param limit bytes that all caches together may take
     * @param moving told before rows get other places in memory
     */
    SlabRoom(DecoderConfig config, BiFunction<Long, NativeOwner, MemorySegment> memory, long limit, Runnable moving) {
        this.config = config;
        this.memory = memory;
        this.limit = limit;
        this.moving = moving;
        slab = new KvSlab(config, memory);
    }

    KvSlab slab() {
        return slab;
    }

    SlabRows rows() {
        return rows;
    }

    /** Gives a cache a row. */
    void take(SlabCache cache) {
        if (rows.isFull()) {
            grow(Math.max(FIRST_ROWS, 2 * slab.rows()), Math.max(FIRST_CAPACITY, slab.capacity()));
        }
        cache.row(rows.take(cache));
    }

    /**
     * Makes room for the batch's tokens, and for one more in every row that may be run along.
     *
     * @throws OutOfMemoryError when there is no memory for them; all caches are as they were
     */
    void reserve(Batch batch) {
        int longest = 0;
        long more = 0;
        for (int i = 0; i < batch.rows(); i++) {
            var cache = (SlabCache) batch.cache(i);
            int own = cache.ownLength() + batch.count(i);
            longest = Math.max(longest, own);
            more += Math.max(0, own - slab.written(cache.row()));
        }
        require(more);
        makeRoom(longest + 1);
        for (int i = 0; i < batch.rows(); i++) {
            var cache = (SlabCache) batch.cache(i);
            slab.write(cache.row(), cache.ownLength() + batch.count(i));
        }
    }

    /** Makes every row have room for so many tokens. */
    void makeRoom(int tokens) {
        if (tokens > slab.capacity()) {
            int wanted = Math.min(Math.max(tokens, 2 * slab.capacity()), config.context() + 1);
            grow(slab.rows(), (wanted + CAPACITY_STEP - 1) / CAPACITY_STEP * CAPACITY_STEP);
        }
    }

    /** Refuses what would be more than there is, after giving back what was written and is held no longer. */
    void require(long tokens) {
        if (bytes(tokens) > limit) {
            grow(slab.rows(), slab.capacity());
        }
        if (bytes(tokens) > limit) {
            throw new OutOfMemoryError(("caches would take %d MiB, %d MiB may be used; fewer branches (-n), fewer"
                            + " problems at once (--concurrency) or a smaller --max-tokens need less")
                    .formatted(bytes(tokens) / MEBIBYTE, limit / MEBIBYTE));
        }
    }

    private long bytes(long more) {
        return prefixes
                + (slab.written() + more) * config.layers() * 2L * config.kvHeads() * config.headSize() * Float.BYTES;
    }

    /** Memory for a prefix. */
    MemorySegment prefix(long bytes, NativeOwner owner) {
        var given = memory.apply(bytes, owner);
        prefixes += bytes;
        owner.add(() -> prefixes -= bytes);
        return given;
    }

    private void grow(int newRows, int newCapacity) {
        moving.run();
        lengths = Arrays.copyOf(lengths, newRows);
        for (int row = 0; row < slab.rows(); row++) {
            lengths[row] = rows.isFree(row) ? 0 : rows.owner(row).ownLength();
        }
        slab.grow(newRows, newCapacity, lengths);
        rows.resize(newRows);
    }

    /** Moves a row's tokens, or exchanges them where the other place is taken. */
    void move(int from, int to) {
        int tokens = rows.owner(from).ownLength();
        if (rows.isFree(to)) {
            slab.copy(from, 0, to, 0, tokens);
        } else {
            slab.swap(from, to, Math.max(tokens, rows.owner(to).ownLength()));
        }
    }

    @Override
    public void close() {
        slab.close();
    }
}
