package parathink.models.onnx;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import parathink.models.Batch;
import parathink.models.KvCache;

/**
 * Decodes with caches in a slab that the graph writes in place. Rows with one new token are decoded in one run over
 * neighbouring rows; a row with more is prefilled by runs of its own, a chunk at a time. Closed by its model; not
 * thread-safe.
 */
final class SlabDecoder implements Decoder {
    private static final int FIRST_ROWS = 4;
    private static final int FIRST_CAPACITY = 256;
    private static final int CAPACITY_STEP = 64;

    private final LlamaConfig config;
    private final OnnxSession session;
    private final KvSlab slab;
    private final SlabRows rows = new SlabRows();
    private final int chunk;
    private final SlabBindings bindings;
    private PassMemory pass;
    private int[] lengths = new int[0];

    /**
     * @param chunk tokens of one prefill run, an even number
     * @param memory gives memory of any content that its owner frees
     */
    SlabDecoder(
            LlamaConfig config, OnnxSession session, int chunk, BiFunction<Long, NativeOwner, MemorySegment> memory) {
        this.config = config;
        this.session = session;
        this.chunk = chunk;
        slab = new KvSlab(config, memory);
        bindings = new SlabBindings(config, session, slab);
        pass = new PassMemory(FIRST_ROWS, chunk, config.vocabulary());
    }

    @Override
    public boolean joinsCaches() {
        return true;
    }

    @Override
    public SlabCache newCache() {
        var cache = new SlabCache(this, new Positions());
        if (rows.isFull()) {
            grow(Math.max(FIRST_ROWS, 2 * slab.rows()), Math.max(FIRST_CAPACITY, slab.capacity()));
        }
        cache.row(rows.take(cache));
        return cache;
    }

    @Override
    public void forward(Batch batch) {
        check(batch);
        reserve(batch);
        int active = 0;
        try {
            for (int i = 0; i < batch.rows(); i++) {
                var cache = (SlabCache) batch.cache(i);
                if (batch.count(i) == 1) {
                    cache.activate(i);
                    active++;
                } else {
                    prefill(batch, i, cache);
                }
            }
            if (active > 0) {
                decode(batch, active);
            }
        } finally {
            rest(batch, batch.rows());
        }
        batch.answer(pass.logits(batch.rows()));
    }

    private void check(Batch batch) {
        int checked = 0;
        try {
            for (; checked < batch.rows(); checked++) {
                if (!(batch.cache(checked) instanceof SlabCache cache) || !cache.belongsTo(this)) {
                    throw new IllegalArgumentException("row %d has a cache of another model".formatted(checked));
                }
                cache.requireOpen();
                if (cache.isActive()) {
                    throw new IllegalArgumentException("row %d has the cache of an earlier row".formatted(checked));
                }
                int length = cache.length() + batch.count(checked);
                if (length > config.context()) {
                    throw new IllegalArgumentException("row %d would have %d tokens, the model's context is %d"
                            .formatted(checked, length, config.context()));
                }
                cache.activate(checked);
            }
        } finally {
            rest(batch, checked);
        }
    }

    private static void rest(Batch batch, int rows) {
        for (int i = 0; i < rows; i++) {
            ((SlabCache) batch.cache(i)).rest();
        }
    }

    /** Makes room for the batch's tokens, and for one more in every row that may be run along. */
    private void reserve(Batch batch) {
        int longest = 0;
        for (int i = 0; i < batch.rows(); i++) {
            longest = Math.max(longest, batch.cache(i).length() + batch.count(i));
        }
        makeRoom(longest + 1);
        if (pass.rows() < Math.max(batch.rows(), slab.rows())) {
            pass.close();
            pass = new PassMemory(Math.max(batch.rows(), slab.rows()), chunk, config.vocabulary());
            bindings.forget();
        }
    }

    private void makeRoom(int tokens) {
        if (tokens > slab.capacity()) {
            int wanted = Math.min(Math.max(tokens, 2 * slab.capacity()), config.context() + 1);
            grow(slab.rows(), (wanted + CAPACITY_STEP - 1) / CAPACITY_STEP * CAPACITY_STEP);
        }
    }

    private void grow(int newRows, int newCapacity) {
        bindings.forget();
        lengths = Arrays.copyOf(lengths, newRows);
        for (int row = 0; row < slab.rows(); row++) {
            lengths[row] = rows.isFree(row) ? 0 : rows.owner(row).length();
        }
        slab.grow(newRows, newCapacity, lengths);
        rows.resize(newRows);
    }

    /**
     * Appends a row's tokens a chunk at a time. ONNX Runtime rounds a single query otherwise than several at once,
     * also one that is left over after its blocks of an even size, so a chunk of odd length gets one more token behind
     * its end.
     */
    private void prefill(Batch batch, int batchRow, SlabCache cache) {
        for (int done = 0; done < batch.count(batchRow); ) {
            int tokens = Math.min(chunk, batch.count(batchRow) - done);
            int padded = tokens + tokens % 2;
            int position = cache.position();
            for (int t = 0; t < tokens; t++) {
                pass.ids.setAtIndex(JAVA_LONG, t, batch.token(batchRow, done + t));
                pass.positions.setAtIndex(JAVA_LONG, t, position + t);
            }
            if (padded > tokens) {
                pass.ids.setAtIndex(JAVA_LONG, tokens, 0);
                pass.positions.setAtIndex(JAVA_LONG, tokens, 0);
            }
            pass.last.setAtIndex(JAVA_INT, 0, cache.length() + padded - 1);
            pass.longest.setAtIndex(JAVA_INT, 0, cache.length() + padded);
            pass.lastToken.set(JAVA_LONG, 0, tokens - 1);
            bindings.prefill(pass, cache.row(), padded, batchRow).run();
            cache.positions().append(tokens);
            done += tokens;
        }
    }

    private void decode(Batch batch, int active) {
        rows.plan(active, this::move);
        pass.lastToken.set(JAVA_LONG, 0, 0);
        for (int s = 0; s < rows.stretches(); s++) {
            int first = rows.first(s);
            int count = rows.count(s);
            fill(batch, first, count);
            int target = target(first, count);
            bindings.decode(pass, first, count, target).run();
            for (int i = 0; i < count; i++) {
                var cache = rows.isFree(first + i) ? null : rows.owner(first + i);
                if (cache != null && cache.isActive()) {
                    if (target == SlabBindings.UNORDERED) {
                        pass.order(i, cache.batchRow());
                    }
                    cache.positions().append(1);
                }
            }
        }
    }

    /** Writes the inputs of one run. A row without a token writes one of no meaning beyond its end. */
    private void fill(Batch batch, int first, int count) {
        int longest = 1;
        for (int i = 0; i < count; i++) {
            int length = 0;
            int position = 0;
            int token = 0;
            if (!rows.isFree(first + i)) {
                var cache = rows.owner(first + i);
                length = cache.length();
                if (cache.isActive()) {
                    position = cache.position();
                    token = batch.token(cache.batchRow(), 0);
                }
            }
            pass.ids.setAtIndex(JAVA_LONG, i, token);
            pass.positions.setAtIndex(JAVA_LONG, i, position);
            pass.last.setAtIndex(JAVA_INT, i, length);
            longest = Math.max(longest, length + 1);
        }
        pass.longest.setAtIndex(JAVA_INT, 0, longest);
    }

    /** The batch row of the first of some slab rows that are neighbours in the batch too, in the same order. */
    private int target(int first, int count) {
        for (int i = 0; i < count; i++) {
            if (rows.isFree(first + i)
                    || !rows.owner(first + i).isActive()
                    || rows.owner(first + i).batchRow() != rows.owner(first).batchRow() + i) {
                return SlabBindings.UNORDERED;
            }
        }
        return rows.owner(first).batchRow();
    }

    private void move(int from, int to) {
        int tokens = rows.owner(from).length();
        if (rows.isFree(to)) {
            slab.copy(from, 0, to, 0, tokens);
        } else {
            slab.swap(from, to, Math.max(tokens, rows.owner(to).length()));
        }
    }

    /** A new cache with the first tokens of another. */
    SlabCache fork(SlabCache cache) {
        var copy = newCache();
        append(cache, 0, copy);
        return copy;
    }

    SlabCache join(SlabCache prompt, List<KvCache> branches) {
        prompt.requireOpen();
        int length = prompt.length();
        for (var branch : branches) {
            if (!(branch instanceof SlabCache cache) || !cache.belongsTo(this) || cache.length() < prompt.length()) {
                throw new IllegalArgumentException("only branches of this cache can be joined");
            }
            cache.requireOpen();
            length += cache.length() - prompt.length();
        }
        if (length > config.context()) {
            throw new IllegalArgumentException("joined, the branches have %d tokens, the model's context is %d"
                    .formatted(length, config.context()));
        }
        makeRoom(length + 1);
        var joined = newCache();
        append(prompt, 0, joined);
        for (var branch : branches) {
            append((SlabCache) branch, prompt.length(), joined);
        }
        return joined;
    }

    private void append(SlabCache source, int from, SlabCache target) {
        slab.copy(source.row(), from, target.row(), target.length(), source.length() - from);
        target.positions().appendFrom(source.positions(), from);
    }

    void release(SlabCache cache) {
        rows.free(cache.row());
    }

    @Override
    public void close() {
        bindings.close();
        pass.close();
        slab.close();
        session.close();
    }
}
