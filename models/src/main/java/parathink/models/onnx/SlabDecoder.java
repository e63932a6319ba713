package parathink.models.onnx;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import parathink.models.Batch;

/**
 * Decodes with caches in a slab that the graph writes in place. Rows with one new token are decoded in runs over
 * neighbouring rows; a row with more is prefilled by runs of its own, a chunk at a time. Runs of different rows go side by
 * side in lanes. Closed by its model; not thread-safe.
 */
final class SlabDecoder implements Decoder {
    private static final int FIRST_ROWS = 4;

    /** Rows from which on a run's time a row no longer falls much; smaller ones spread better over the lanes. */
    private static final int WELL_FILLED = 8;

    /** Runs a lane gets when there are rows enough, so that one that is slowed down can leave some to the others. */
    private static final int RUNS_A_LANE = 2;

    private final DecoderConfig config;
    private final ThoughtTokens thoughts;
    private final OnnxSession session;
    private final SlabRoom room;
    private final SlabRows rows;
    private final SlabBranches branches;
    private final SlabBindings bindings;
    private final Lanes lanes;
    private final Optional<PrefixAttention> sharing;
    private final List<SlabPrefill> prefills; // of each lane
    private final Optional<SharedOperators> together;
    private final ThreadSharing threads = new ThreadSharing();
    private PassMemory pass;

    /**
     * @param session may be run by several threads at once
     * @param together the same graph in a session whose operators are shared by as many threads as there are lanes; for
     *     passes over few rows and for prompts that come alone
     * @param sharing of whose operator the graph has nodes; empty for one without them
     * @param chunk tokens of one prefill run, an even number
     * @param lanes runs under way at once
     * @param memory gives memory of any content that its owner frees
     * @param limit bytes that caches may take
     */
    SlabDecoder(
            DecoderConfig config,
            ThoughtTokens thoughts,
            OnnxSession session,
            Optional<OnnxSession> together,
            Optional<PrefixAttention> sharing,
            int chunk,
            int lanes,
            BiFunction<Long, NativeOwner, MemorySegment> memory,
            long limit) {
        this.config = config;
        this.thoughts = thoughts;
        this.session = session;
        this.lanes = new Lanes(lanes);
        this.sharing = sharing;
        room = new SlabRoom(config, memory, limit, this::forget);
        rows = room.rows();
        var least = sharing.map(PrefixAttention::least);
        branches =
                new SlabBranches(this, config, room, least.map(OptionalInt::of).orElseGet(OptionalInt::empty));
        sharing.ifPresent(attention -> attention.reads(room.slab(), rows));
        bindings = new SlabBindings(config, session, room.slab());
        prefills = Stream.generate(() -> new SlabPrefill(config, bindings, thoughts, chunk, this::run))
                .limit(lanes)
                .toList();
        this.together =
                together.map(shared -> SharedOperators.of(config, shared, room.slab(), thoughts, chunk, this::run));
        pass = new PassMemory(FIRST_ROWS, 1, config);
    }

    @Override
    public boolean joinsCaches() {
        return true;
    }

    @Override
    public SlabCache newCache() {
        var cache = new SlabCache(this);
        room.take(cache);
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

    private void reserve(Batch batch) {
        room.reserve(batch);
        int wanted = Math.max(batch.rows(), room.slab().rows());
        if (pass.rows() < wanted) {
            var wider = new PassMemory(wanted, 1, config);
            pass.close();
            pass = wider;
            forget();
        }
    }

    private void prefill(Batch batch, int batchRow, SlabPrefill prefill) {
        var cache = (SlabCache) batch.cache(batchRow);
        prefill.run(batch, batchRow, cache, pass.logits(batchRow, 1));
    }

    private void forget() {
        bindings.forget();
        together.ifPresent(shared -> shared.bindings().forget());
    }

    private void decode(Batch batch, int active) {
        var way = together.isPresent() ? threads.choose(active) : ThreadSharing.Way.ROWS;
        boolean shared = way == ThreadSharing.Way.OPERATORS;
        var bound = shared ? together.orElseThrow().bindings() : bindings;
        int runs = shared ? 1 : Math.min(RUNS_A_LANE * lanes.count(), Math.max(lanes.count(), active / WELL_FILLED));
        rows.plan(active, (active + runs - 1) / runs, room::move);
        pass.lastToken.set(JAVA_LONG, 0, 0);
        var runnable = new Binding[rows.stretches()];
        for (int s = 0; s < runnable.length; s++) {
            int first = rows.first(s);
            int count = rows.count(s);
            fill(batch, first, count, rows.prefixed(s));
            runnable[s] = bound.decode(pass, first, count, target(first, count), rows.prefixed(s));
        }
        Lanes.Part part =
                (lane, s) -> run(runnable[s], new PrefixSums.Run(rows.first(s), rows.count(s), 1, rows.prefixed(s)));
        long begun = System.nanoTime();
        if (shared) {
            for (int s = 0; s < runnable.length; s++) {
                part.run(0, s);
            }
        } else {
            lanes.run(runnable.length, part);
        }
        threads.took(way, active, (System.nanoTime() - begun) / 1e9);
        for (int s = 0; s < runnable.length; s++) {
            take(rows.first(s), rows.count(s));
        }
        bound.trim();
    }

    private void run(Binding binding, PrefixSums.Run run) {
        if (sharing.isPresent()) {
            sharing.get().run(binding, run);
        } else {
            binding.run();
        }
    }

    /** Writes the inputs of one run. A row without a token writes one of no meaning beyond its end. */
    private void fill(Batch batch, int first, int count, boolean prefixed) {
        int longest =
                2; // of 1, ONNX Runtime would take the rows for prompts that all begin at the first one's position
        for (int row = first; row < first + count; row++) {
            int length = 0;
            int position = 0;
            int token = 0;
            int segment = 0;
            if (!rows.isFree(row)) {
                var cache = rows.owner(row);
                length = prefixed ? 0 : cache.ownLength(); // the graph's node sees new tokens alone
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

    /** How its caches come of one another. */
    SlabBranches branches() {
        return branches;
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
        room.close();
        session.close();
        sharing.ifPresent(PrefixAttention::close);
    }
}
