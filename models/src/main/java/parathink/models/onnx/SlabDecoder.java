package parathink.models.onnx;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import parathink.models.Batch;
import parathink.models.KvCache;

/**
 * Decodes with caches in a slab that the graph writes in place. Rows with one new token are decoded in runs over
 * neighbouring rows; a row with more is prefilled by runs of its own, a chunk at a time. Runs of different rows go side by
 * side in lanes. Closed by its model; not thread-safe.
 */
final class SlabDecoder implements Decoder {
    private static final int FIRST_ROWS = 4;
    private static final int FIRST_CAPACITY = 256;
    private static final int CAPACITY_STEP = 64;

    /** Rows from which on a run's time a row no longer falls much; smaller ones spread better over the lanes. */
    private static final int WELL_FILLED = 8;

    /** Runs a lane gets when there are rows enough, so that one that is slowed down can leave some to the others. */
    private static final int RUNS_A_LANE = 2;

    private final DecoderConfig config;
    private final ThoughtTokens thoughts;
    private final OnnxSession session;
    private final KvSlab slab;
    private final SlabRows rows = new SlabRows();
    private final SlabBindings bindings;
    private final Lanes lanes;
    private final List<SlabPrefill> prefills; // of each lane
    private final Optional<SharedOperators> together;
    private final ThreadSharing threads = new ThreadSharing();
    private PassMemory pass;
    private int[] lengths = new int[0];

    /**
     * @param session may be run by several threads at once
     * @param together the same graph in a session whose operators are shared by as many threads as there are lanes; for
     *     passes over few rows and for prompts that come alone
     * @param chunk tokens of one prefill run, an even number
     * @param lanes runs under way at once
     * @param memory gives memory of any content that its owner frees
     */
    SlabDecoder(
            DecoderConfig config,
            ThoughtTokens thoughts,
            OnnxSession session,
            Optional<OnnxSession> together,
            int chunk,
            int lanes,
            BiFunction<Long, NativeOwner, MemorySegment> memory) {
        this.config = config;
        this.thoughts = thoughts;
        this.session = session;
        this.lanes = new Lanes(lanes);
        slab = new KvSlab(config, memory);
        bindings = new SlabBindings(config, session, slab);
        prefills = Stream.generate(() -> new SlabPrefill(config, bindings, thoughts, chunk))
                .limit(lanes)
                .toList();
        this.together = together.map(shared -> SharedOperators.of(config, shared, slab, thoughts, chunk));
        pass = new PassMemory(FIRST_ROWS, 1, config.vocabulary());
    }

    @Override
    public boolean joinsCaches() {
        return true;
    }

    @Override
    public SlabCache newCache() {
        var cache = new SlabCache(this);
        if (rows.isFull()) {
            grow(Math.max(FIRST_ROWS, 2 * slab.rows()), Math.max(FIRST_CAPACITY, slab.capacity()));
        }
        cache.row(rows.take(cache));
        return cache;
    }

    @Override
    public void forward(Batch batch) {
        SlabCache.check(batch, this, config.context());
        reserve(batch);
        int active = 0;
        var texts = new int[batch.rows()];
        int several = 0;
        try {
            for (int i = 0; i < batch.rows(); i++) {
                if (batch.count(i) == 1) {
                    ((SlabCache) batch.cache(i)).activate(i);
                    active++;
                } else {
                    texts[several++] = i;
                }
            }
            if (several == 1 && together.isPresent()) {
                prefill(batch, texts[0], together.get().prefill());
            } else {
                lanes.run(several, (lane, i) -> prefill(batch, texts[i], prefills.get(lane)));
            }
            if (active > 0) {
                decode(batch, active);
            }
        } finally {
            SlabCache.rest(batch, batch.rows());
        }
        batch.answer(pass.logits(batch.rows()));
    }

    /** Makes room for the batch's tokens, and for one more in every row that may be run along. */
    private void reserve(Batch batch) {
        int longest = 0;
        for (int i = 0; i < batch.rows(); i++) {
            longest = Math.max(longest, batch.cache(i).length() + batch.count(i));
        }
        makeRoom(longest + 1);
        if (pass.rows() < Math.max(batch.rows(), slab.rows())) {
            var wider = new PassMemory(Math.max(batch.rows(), slab.rows()), 1, config.vocabulary());
            pass.close();
            pass = wider;
            forgetBindings();
        }
    }

    private void makeRoom(int tokens) {
        if (tokens > slab.capacity()) {
            int wanted = Math.min(Math.max(tokens, 2 * slab.capacity()), config.context() + 1);
            grow(slab.rows(), (wanted + CAPACITY_STEP - 1) / CAPACITY_STEP * CAPACITY_STEP);
        }
    }

    private void grow(int newRows, int newCapacity) {
        forgetBindings();
        lengths = Arrays.copyOf(lengths, newRows);
        for (int row = 0; row < slab.rows(); row++) {
            lengths[row] = rows.isFree(row) ? 0 : rows.owner(row).length();
        }
        slab.grow(newRows, newCapacity, lengths);
        rows.resize(newRows);
    }

    private void prefill(Batch batch, int batchRow, SlabPrefill prefill) {
        var cache = (SlabCache) batch.cache(batchRow);
        prefill.run(batch, batchRow, cache, pass.logits(batchRow, 1));
    }

    private void forgetBindings() {
        bindings.forget();
        together.ifPresent(shared -> shared.bindings().forget());
    }

    private void decode(Batch batch, int active) {
        var way = together.isPresent() ? threads.choose(active) : ThreadSharing.Way.ROWS;
        boolean shared = way == ThreadSharing.Way.OPERATORS;
        var bound = shared ? together.orElseThrow().bindings() : bindings;
        int runs = shared ? 1 : Math.min(RUNS_A_LANE * lanes.count(), Math.max(lanes.count(), active / WELL_FILLED));
        rows.plan(active, (active + runs - 1) / runs, this::move);
        pass.lastToken.set(JAVA_LONG, 0, 0);
        var runnable = new Binding[rows.stretches()];
        for (int s = 0; s < runnable.length; s++) {
            int first = rows.first(s);
            int count = rows.count(s);
            fill(batch, first, count);
            runnable[s] = bound.decode(pass, first, count, target(first, count));
        }
        long begun = System.nanoTime();
        if (shared) {
            List.of(runnable).forEach(Binding::run);
        } else {
            lanes.run(runnable.length, (lane, s) -> runnable[s].run());
        }
        threads.took(way, active, (System.nanoTime() - begun) / 1e9);
        for (int s = 0; s < runnable.length; s++) {
            take(rows.first(s), rows.count(s));
        }
        bound.trim();
    }

    /** Writes the inputs of one run. A row without a token writes one of no meaning beyond its end. */
    private void fill(Batch batch, int first, int count) {
        int longest = 1;
        for (int row = first; row < first + count; row++) {
            int length = 0;
            int position = 0;
            int token = 0;
            int segment = 0;
            if (!rows.isFree(row)) {
                var cache = rows.owner(row);
                length = cache.length();
                if (cache.isActive()) {
                    position = cache.position();
                    token = batch.token(cache.batchRow(), 0);
                    segment = thoughts.segment(cache.segments().last(), token);
                }
            }
            pass.put(row, token, position, segment);
            pass.last.setAtIndex(JAVA_INT, row, length);
            longest = Math.max(longest, length + 1);
        }
        pass.longest.setAtIndex(JAVA_INT, first, longest);
    }

    /** Counts the tokens of one run, and puts its logits in order where they are not. */
    private void take(int first, int count) {
        boolean unordered = target(first, count) == SlabBindings.UNORDERED;
        for (int row = first; row < first + count; row++) {
            if (!rows.isFree(row) && rows.owner(row).isActive()) {
                var cache = rows.owner(row);
                if (unordered) {
                    pass.order(row, cache.batchRow());
                }
                cache.positions().append(1);
                cache.segments().add((int) pass.segments.getAtIndex(JAVA_LONG, row));
            }
        }
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
        joined.segments().join();
        return joined;
    }

    private void append(SlabCache source, int from, SlabCache target) {
        slab.copy(source.row(), from, target.row(), target.length(), source.length() - from);
        target.positions().appendFrom(source.positions(), from);
        target.segments().addFrom(source.segments(), from);
    }

    void release(SlabCache cache) {
        rows.free(cache.row());
    }

    @Override
    public void close() {
        lanes.close();
        bindings.close();
        prefills.forEach(SlabPrefill::close);
        together.ifPresent(SharedOperators::close);
        pass.close();
        slab.close();
        session.close();
    }
}
