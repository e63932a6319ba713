package parathink.models.onnx;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import parathink.models.Batch;
import parathink.models.KvCache;

/**
 * Decodes with a public export, whose keys and values grow from pass to pass. Rows of equal length are run together,
 * others apart, so no row is padded and none sees another; how a prompt is cut matters as little as the graph's
 * operators let it. Closed by its model; not thread-safe.
 */
final class StackedDecoder implements Decoder {
    private static final int CHUNK = 128;

    private final OnnxSession session;
    private final ExportLayout layout;
    private final int context;
    private final int mostRows;
    private final RawMemory memory = new RawMemory();
    private final Binding binding;
    private final Buffer ids = new Buffer(memory);
    private final Buffer positions = new Buffer(memory);
    private final Buffer mask = new Buffer(memory);
    private final Buffer runLogits = new Buffer(memory); // as the graph gives them
    private final Buffer logits = new Buffer(memory); // (rows of the batch, vocabulary) float32
    private final List<StackedCache> group = new ArrayList<>();
    private final List<Integer> groupRows = new ArrayList<>(); // their rows in the batch
    private boolean[] done = new boolean[8];

    /** @param together whether rows may be run together at all */
    StackedDecoder(OnnxSession session, ExportLayout layout, int context, boolean together) {
        this.session = session;
        this.layout = layout;
        this.context = context;
        mostRows = together ? Integer.MAX_VALUE : 1;
        binding = session.bind();
    }

    @Override
    public boolean joinsCaches() {
        return layout.takesPositions();
    }

    @Override
    public StackedCache newCache() {
        return new StackedCache(this, new Positions(), new KvStack(layout, memory, 1, 0), 0);
    }

    @Override
    public void forward(Batch batch) {
        check(batch);
        long rowBytes = (long) layout.vocabulary() * Float.BYTES;
        logits.reserve(batch.rows() * rowBytes);
        if (done.length < batch.rows()) {
            done = new boolean[2 * batch.rows()];
        }
        for (int row = 0; row < batch.rows(); row++) {
            done[row] = false;
        }
        for (int row = 0; row < batch.rows(); row++) {
            if (!done[row]) {
                gather(batch, row);
                run(batch);
            }
        }
        batch.answer(logits.data().asSlice(0, batch.rows() * rowBytes));
    }

    private void check(Batch batch) {
        for (int i = 0; i < batch.rows(); i++) {
            if (!(batch.cache(i) instanceof StackedCache cache) || !cache.belongsTo(this)) {
                throw new IllegalArgumentException("row %d has a cache of another model".formatted(i));
            }
            cache.requireOpen();
            for (int earlier = 0; earlier < i; earlier++) {
                if (batch.cache(earlier) == cache) {
                    throw new IllegalArgumentException("row %d has the cache of an earlier row".formatted(i));
                }
            }
            int length = cache.length() + batch.count(i);
            if (length > context) {
                throw new IllegalArgumentException(
                        "row %d would have %d tokens, the model's context is %d".formatted(i, length, context));
            }
        }
    }

    /** Collects the rows that are as long as this one and get one token too; several tokens are a run of their own. */
    private void gather(Batch batch, int first) {
        group.clear();
        groupRows.clear();
        int length = batch.cache(first).length();
        int most = batch.count(first) == 1 ? mostRows : 1; // many graphs take several new tokens for one row only
        for (int row = first; row < batch.rows() && group.size() < most; row++) {
            if (!done[row] && batch.cache(row).length() == length && batch.count(row) == batch.count(first)) {
                group.add((StackedCache) batch.cache(row));
                groupRows.add(row);
                done[row] = true;
            }
        }
    }

    private void run(Batch batch) {
        var stack = stacked();
        int count = batch.count(groupRows.getFirst());
        for (int at = 0; at < count; ) {
            int left = count - at;
            // never a single token at the end: graphs round one query otherwise than several
            int tokens = left <= CHUNK ? left : left == CHUNK + 1 ? CHUNK - 1 : CHUNK;
            fill(batch, at, tokens);
            bind(stack, tokens);
            binding.run();
            stack.advance(tokens);
            for (var cache : group) {
                cache.positions().append(tokens);
            }
            at += tokens;
            if (at == count) {
                collect(tokens);
            }
        }
    }

    /** The stack that holds exactly the group, in its order: the one of the last pass, or a new one. */
    private KvStack stacked() {
        var present = group.getFirst().stack();
        int length = group.getFirst().length();
        boolean same = present.rows() == group.size() && present.length() == length;
        for (int i = 0; same && i < group.size(); i++) {
            same = group.get(i).stack() == present && group.get(i).row() == i;
        }
        if (same) {
            return present;
        }
        var stack = new KvStack(layout, memory, group.size(), length);
        for (int i = 0; i < group.size(); i++) {
            stack.copy(group.get(i).stack(), group.get(i).row(), 0, i, 0, length);
        }
        for (int i = 0; i < group.size(); i++) {
            group.get(i).moveTo(stack, i);
        }
        return stack;
    }

    private void fill(Batch batch, int at, int tokens) {
        int rows = group.size();
        long total = (long) group.getFirst().length() + tokens;
        ids.reserve((long) rows * tokens * Long.BYTES);
        positions.reserve((long) rows * tokens * Long.BYTES);
        mask.reserve(rows * total * Long.BYTES);
        for (int i = 0; i < rows; i++) {
            int position = group.get(i).position();
            for (int t = 0; t < tokens; t++) {
                long index = (long) i * tokens + t;
                put(ids, layout.ids(), index, batch.token(groupRows.get(i), at + t));
                if (layout.takesPositions()) {
                    put(positions, layout.positions().getFirst(), index, position + t);
                }
            }
        }
        for (long i = 0; i < rows * total; i++) {
            put(mask, layout.mask(), i, 1);
        }
    }

    private static void put(Buffer buffer, ElementType type, long index, int value) {
        if (type == ElementType.INT64) {
            buffer.data().setAtIndex(JAVA_LONG, index, value);
        } else {
            buffer.data().setAtIndex(JAVA_INT, index, value);
        }
    }

    private void bind(KvStack stack, int tokens) {
        int rows = group.size();
        int length = stack.length();
        binding.input(ExportLayout.IDS, ids.data(), layout.ids(), rows, tokens)
                .input(ExportLayout.MASK, mask.data(), layout.mask(), rows, length + tokens);
        if (layout.takesPositions()) {
            binding.input(
                    ExportLayout.POSITIONS, positions.data(), layout.positions().getFirst(), rows, tokens);
        }
        for (int block = 0; block < 2 * layout.layers(); block++) {
            binding.input(
                            ExportLayout.past(block),
                            stack.past(block),
                            layout.cache(),
                            rows,
                            layout.kvHeads(),
                            length,
                            layout.headSize())
                    .output(
                            ExportLayout.present(block),
                            stack.grown(block, tokens),
                            layout.cache(),
                            rows,
                            layout.kvHeads(),
                            length + tokens,
                            layout.headSize());
        }
        int given = layout.everyToken() ? tokens : 1;
        runLogits.reserve((long) rows * given * layout.vocabulary() * layout.logits().bytes);
        if (layout.everyToken()) {
            binding.output(ExportLayout.LOGITS, runLogits.data(), layout.logits(), rows, given, layout.vocabulary());
        } else {
            binding.output(ExportLayout.LOGITS, runLogits.data(), layout.logits(), rows, layout.vocabulary());
        }
    }

    /** Puts the logits of each row's last token in their place in the batch. */
    private void collect(int tokens) {
        int given = layout.everyToken() ? tokens : 1;
        for (int i = 0; i < group.size(); i++) {
            long from = ((i + 1L) * given - 1) * layout.vocabulary();
            long to = (long) groupRows.get(i) * layout.vocabulary();
            if (layout.logits() == ElementType.FLOAT) {
                MemorySegment.copy(
                        runLogits.data(),
                        JAVA_FLOAT,
                        from * Float.BYTES,
                        logits.data(),
                        JAVA_FLOAT,
                        to * Float.BYTES,
                        layout.vocabulary());
            } else {
                for (int v = 0; v < layout.vocabulary(); v++) {
                    float value = Float.float16ToFloat(runLogits.data().getAtIndex(JAVA_SHORT, from + v));
                    logits.data().setAtIndex(JAVA_FLOAT, to + v, value);
                }
            }
        }
    }

    StackedCache join(StackedCache prompt, List<KvCache> branches) {
        if (!joinsCaches()) {
            throw new UnsupportedOperationException("the graph takes no position_ids, so caches cannot be joined");
        }
        prompt.requireOpen();
        int shared = prompt.length();
        int length = shared;
        for (var branch : branches) {
            if (!(branch instanceof StackedCache cache) || !cache.belongsTo(this) || cache.length() < shared) {
                throw new IllegalArgumentException("only branches of this cache can be joined");
            }
            cache.requireOpen();
            length += cache.length() - shared;
        }
        if (length > context) {
            throw new IllegalArgumentException(
                    "joined, the branches have %d tokens, the model's context is %d".formatted(length, context));
        }
        var stack = new KvStack(layout, memory, 1, length);
        var joined = new Positions();
        stack.copy(prompt.stack(), prompt.row(), 0, 0, 0, shared);
        joined.appendFrom(prompt.positions(), 0);
        for (var member : branches) {
            var branch = (StackedCache) member;
            stack.copy(branch.stack(), branch.row(), shared, 0, joined.length(), branch.length() - shared);
            joined.appendFrom(branch.positions(), shared);
        }
        return new StackedCache(this, joined, stack, 0);
    }

    @Override
    public void close() {
        binding.close();
        for (var buffer : List.of(ids, positions, mask, runLogits, logits)) {
            buffer.close();
        }
        session.close();
    }
}
