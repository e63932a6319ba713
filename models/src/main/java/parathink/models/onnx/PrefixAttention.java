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

    // inputs of the node
    private static final int ATTENDED = 0; // (rows, tokens, heads x head size)
    private static final int PACKED = 1; // (rows, tokens, (heads + 2 key heads) x head size), before rotation
    private static final int POSITIONS = 2;
    private static final int COS = 3;
    private static final int SIN = 4;
    private static final int LAYER = 5; // () int64

    private static final List<ElementType> INPUTS = List.of(
            ElementType.FLOAT,
            ElementType.FLOAT,
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
    private final Queue<PrefixSums> made = new ConcurrentLinkedQueue<>();
    private final ThreadLocal<Lane> lanes = ThreadLocal.withInitial(Lane::new);
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

    /** What a thread is about: the run under way, and scratch. */
    private final class Lane {
        private final Arena arena = Arena.ofAuto();
        private final MemorySegment out = arena.allocate(ADDRESS);
        private final MemorySegment shape = arena.allocate(JAVA_LONG, 3);
        private final PrefixSums sums =
                new PrefixSums(config, slab, new PrefixProducts(config, products), new OwnAttention(config, slab, own));
        private PrefixSums.Run run = new PrefixSums.Run(0, 0, 0, false);

        Lane() {
            made.add(sums);
        }
    }

    /** Runs the decoder's graph on what is bound, for these rows. */
    void run(Binding binding, PrefixSums.Run run) {
        lanes.get().run = run;
        try {
            binding.run();
        } finally {
            operator.check(); // also where the run fails: it must not surface in a later one
        }
    }

    @Override
    public void compute(MemorySegment context) {
        var lane = lanes.get(); // the graph runs on the thread that asked for it
        var run = lane.run;
        int width = config.heads() * config.headSize();
        long bytes = (long) run.rows() * run.tokens() * width * Float.BYTES;
        lane.shape.setAtIndex(JAVA_LONG, 0, run.rows());
        lane.shape.setAtIndex(JAVA_LONG, 1, run.tokens());
        lane.shape.setAtIndex(JAVA_LONG, 2, width);
        var result = api.kernelOutput(context, lane.shape, 3, lane.out).reinterpret(bytes);
        MemorySegment.copy(input(context, ATTENDED, lane.out, bytes), 0, result, 0, bytes);
        if (run.prefixed()) {
            lane.sums.attend(run, inputs(context, run, lane.out), rows, result);
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

    private MemorySegment input(MemorySegment context, int index, MemorySegment out, long bytes) {
        return api.kernelInput(context, index, out).reinterpret(bytes);
    }

    @Override
    public void close() {
        made.forEach(PrefixSums::close);
        products.close();
        own.close();
        operator.close();
    }
}
