package parathink.models.onnx;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.ADDRESS;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The node behind a layer's attention that adds what rows attend to in prefixes they share with others. The attention
 * before it covers a row's own tokens, whose weights and whose sum of values it hands on; the prefix is read once for all
 * the rows of a run, and both are put together by the mass of their scores. Rows without a prefix pass through as they
 * are. Opened before the decoder's session and closed after it; computes on any thread that runs a graph.
 */
final class PrefixAttention implements OrtOperator.Kernel, AutoCloseable {
    static final String NAME = "PrefixAttention";

    /** Input of every pass: slab row of the run's first row, its rows, new tokens of each. */
    static final String RUN = "run"; // (3) int64

    // inputs of the node
    private static final int ATTENDED = 0; // (rows, tokens, heads x head size)
    private static final int QUERIES = 1; // (rows, tokens, at least heads x head size), before rotation
    private static final int WEIGHTS = 2; // (rows, heads, tokens, longest)
    private static final int POSITIONS = 3;
    private static final int LONGEST = 4;
    private static final int RUN_AT = 5;
    private static final int COS = 6;
    private static final int SIN = 7;
    private static final int LAYER = 8; // () int64

    private static final List<ElementType> INPUTS = List.of(
            ElementType.FLOAT,
            ElementType.FLOAT,
            ElementType.FLOAT,
            ElementType.INT64,
            ElementType.INT32,
            ElementType.INT64,
            ElementType.FLOAT,
            ElementType.FLOAT,
            ElementType.INT64);

    private final DecoderConfig config;
    private final OrtApi api;
    private final OrtOperator operator;
    private final OnnxSession products;
    private final int least;
    private final Queue<PrefixSums> idle = new ConcurrentLinkedQueue<>();
    private KvSlab slab;
    private SlabRows rows;

    /** @param least tokens from which on they are shared */
    PrefixAttention(DecoderConfig config, OrtApi api, OrtSettings settings, int least) {
        this.config = config;
        this.api = api;
        this.least = least;
        operator = new OrtOperator(NAME, INPUTS, this);
        try (var arena = Arena.ofConfined()) {
            products = OnnxSession.of(
                    api, PrefixProducts.graph(config).write(arena), "attention to prefixes", settings.withThreads(1));
        }
    }

    OrtOperator operator() {
        return operator;
    }

    /** Fewest tokens that are shared. */
    int least() {
        return least;
    }

    /** Tells where rows have their own tokens and their prefixes; before the first pass. */
    void reads(KvSlab newSlab, SlabRows newRows) {
        slab = newSlab;
        rows = newRows;
    }

    @Override
    public void compute(MemorySegment context) {
        try (var arena = Arena.ofConfined()) {
            var out = arena.allocate(ADDRESS);
            var run = input(context, RUN_AT, out, 3L * Long.BYTES);
            int first = (int) run.getAtIndex(JAVA_LONG, 0);
            int count = (int) run.getAtIndex(JAVA_LONG, 1);
            int tokens = (int) run.getAtIndex(JAVA_LONG, 2);
            int width = config.heads() * config.headSize();
            long bytes = (long) count * tokens * width * Float.BYTES;
            var attended = input(context, ATTENDED, out, bytes);
            var shape = arena.allocateFrom(JAVA_LONG, count, tokens, width);
            var result = api.kernelOutput(context, shape, 3, out).reinterpret(bytes);
            MemorySegment.copy(attended, 0, result, 0, bytes);
            if (shares(first, count, tokens)) {
                add(context, new PrefixSums.Run(first, count, tokens), result, out);
            }
        }
    }

    private boolean shares(int first, int count, int tokens) {
        for (int row = first; row < first + count; row++) {
            if (takesPart(row, tokens)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a row has a prefix and is not just run along. */
    private boolean takesPart(int row, int tokens) {
        return !rows.isFree(row)
                && rows.owner(row).prefix().isPresent()
                && (tokens > 1 || rows.owner(row).isActive());
    }

    private void add(MemorySegment context, PrefixSums.Run run, MemorySegment result, MemorySegment out) {
        int width = config.heads() * config.headSize();
        int packed = (config.heads() + 2 * config.kvHeads()) * config.headSize();
        long longest = input(context, LONGEST, out, Integer.BYTES).get(JAVA_INT, 0);
        long table = (long) config.context() * config.headSize() / 2 * Float.BYTES;
        long places = (long) run.rows() * run.tokens();
        var inputs = new PrefixSums.Inputs(
                input(context, QUERIES, out, places * packed * Float.BYTES),
                packed,
                input(context, WEIGHTS, out, places * config.heads() * longest * Float.BYTES),
                (int) longest,
                input(context, POSITIONS, out, places * Long.BYTES),
                input(context, COS, out, table),
                input(context, SIN, out, table),
                (int) input(context, LAYER, out, Long.BYTES).get(JAVA_LONG, 0));
        var free = idle.poll();
        var sums = free == null ? new PrefixSums(config, slab, new PrefixProducts(config, products)) : free;
        try {
            for (int i = 0; i < run.rows(); i++) {
                int row = run.first() + i;
                if (takesPart(row, run.tokens())) {
                    sums.take(i, row, rows.owner(row));
                }
            }
            sums.add(run, inputs, result.reinterpret(places * width * Float.BYTES));
        } finally {
            sums.clear();
            idle.add(sums);
        }
    }

    private MemorySegment input(MemorySegment context, int index, MemorySegment out, long bytes) {
        return api.kernelInput(context, index, out).reinterpret(bytes);
    }

    @Override
    public void close() {
        idle.forEach(PrefixSums::close);
        products.close();
        operator.close();
    }
}
