package parathink.models.onnx;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The node behind a layer's attention that computes the attention of rows which share a prefix: the prefix is read once for
 * all the rows of a run, the tokens of their own row by row, and both are put together by the mass of their scores. Runs over
 * other rows pass through as they are. Opened before the decoder's session and closed after it; computes on any thread that
 * runs a graph.
 *
 * <p>A run is over rows with a prefix or over rows without. In one over rows with, the node before this one sees the new tokens
 * alone and its result is dropped: telling weights makes it round otherwise, and a row without a prefix must not change its bits.
 */
final class PrefixAttention implements OrtOperator.Kernel, AutoCloseable {
    static final String NAME = "PrefixAttention";

    /** Input of every pass: slab row of the run's first row, its rows, new tokens of each, and 1 where they have prefixes. */
    static final String RUN = "run"; // (4) int64

    // inputs of the node
    private static final int ATTENDED = 0; // (rows, tokens, heads x head size)
    private static final int PACKED = 1; // (rows, tokens, (heads + 2 key heads) x head size), before rotation
    private static final int POSITIONS = 2;
    private static final int RUN_AT = 3;
    private static final int COS = 4;
    private static final int SIN = 5;
    private static final int LAYER = 6; // () int64

    private static final List<ElementType> INPUTS = List.of(
            ElementType.FLOAT,
            ElementType.FLOAT,
            ElementType.INT64,
            ElementType.INT64,
            ElementType.FLOAT,
            ElementType.FLOAT,
            ElementType.INT64);

    private final DecoderConfig config;
    private final OrtApi api;
    private final OrtOperator operator;
    private final OnnxSession products;
    private final OnnxSession own;
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
        products = session(api, PrefixProducts.graph(config), settings);
        own = session(api, OwnAttention.graph(config), settings);
    }

    private static OnnxSession session(OrtApi api, OnnxGraph graph, OrtSettings settings) {
        try (var arena = Arena.ofConfined()) {
            return OnnxSession.of(api, graph.write(arena), "attention to prefixes", settings.withThreads(1));
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
            var about = input(context, RUN_AT, out, 4L * Long.BYTES);
            var run = new PrefixSums.Run(
                    (int) about.getAtIndex(JAVA_LONG, 0),
                    (int) about.getAtIndex(JAVA_LONG, 1),
                    (int) about.getAtIndex(JAVA_LONG, 2));
            int width = config.heads() * config.headSize();
            long bytes = (long) run.rows() * run.tokens() * width * Float.BYTES;
            var shape = arena.allocateFrom(JAVA_LONG, run.rows(), run.tokens(), width);
            var result = api.kernelOutput(context, shape, 3, out).reinterpret(bytes);
            MemorySegment.copy(input(context, ATTENDED, out, bytes), 0, result, 0, bytes);
            if (about.getAtIndex(JAVA_LONG, 3) == 1) {
                attend(run, inputs(context, run, out), result);
            }
        }
    }

    private PrefixSums.Inputs inputs(MemorySegment context, PrefixSums.Run run, MemorySegment out) {
        long table = (long) config.context() * config.headSize() / 2 * Float.BYTES;
        long places = (long) run.rows() * run.tokens();
        return new PrefixSums.Inputs(
                input(context, PACKED, out, places * OwnAttention.packed(config) * Float.BYTES),
                input(context, POSITIONS, out, places * Long.BYTES),
                input(context, COS, out, table),
                input(context, SIN, out, table),
                (int) input(context, LAYER, out, Long.BYTES).get(JAVA_LONG, 0));
    }

    private void attend(PrefixSums.Run run, PrefixSums.Inputs inputs, MemorySegment result) {
        var free = idle.poll();
        var sums = free == null
                ? new PrefixSums(
                        config, slab, new PrefixProducts(config, products), new OwnAttention(config, slab, own))
                : free;
        try {
            sums.attend(run, inputs, rows, result);
        } finally {
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
        own.close();
        operator.close();
    }
}
