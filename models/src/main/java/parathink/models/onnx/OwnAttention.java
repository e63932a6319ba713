package parathink.models.onnx;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static parathink.models.onnx.OnnxGraph.attribute;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Attention of rows to the tokens of their own, which also tells how much weight each token has: by that it can be put together with
 * attention to other tokens. It appends the new keys and values to the slab in place. Used by one run at a time; closed by
 * its owner, before the session.
 */
final class OwnAttention implements AutoCloseable {
    private static final String PACKED = "packed"; // (rows, tokens, (heads + 2 key heads) x head size), before rotation
    private static final String COS = "cos"; // (context, head size / 2)
    private static final String SIN = "sin";
    private static final String ATTENDED = "attended"; // (rows, tokens, heads x head size)
    private static final String WEIGHTS = "weights"; // (rows, heads, tokens, longest)
    private static final int AFTER_SOFTMAX = 2; // of the weights that it tells

    private final DecoderConfig config;
    private final KvSlab slab;
    private final Binding binding;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment longest = arena.allocate(JAVA_INT);
    private final Buffer last = new Buffer(new RawMemory());
    private final Buffer attended = new Buffer(new RawMemory());
    private final Buffer weights = new Buffer(new RawMemory());

    OwnAttention(DecoderConfig config, KvSlab slab, OnnxSession session) {
        this.config = config;
        this.slab = slab;
        binding = session.bind();
    }

    /** The graph that the session must have. */
    static OnnxGraph graph(DecoderConfig config) {
        int size = config.headSize();
        var graph = new OnnxGraph();
        graph.input(PACKED, ElementType.FLOAT, "rows", "tokens", packed(config));
        graph.input(GroupQueryAttention.POSITIONS, ElementType.INT64, "rows", "tokens");
        graph.input(GroupQueryAttention.LAST, ElementType.INT32, "rows");
        graph.input(GroupQueryAttention.LONGEST, ElementType.INT32, 1);
        graph.input(COS, ElementType.FLOAT, "context", size / 2);
        graph.input(SIN, ElementType.FLOAT, "context", size / 2);
        var cache = new Object[] {"rows", config.kvHeads(), "capacity", size};
        graph.input(GroupQueryAttention.key(0), ElementType.FLOAT, cache);
        graph.input(GroupQueryAttention.value(0), ElementType.FLOAT, cache);
        graph.output(ATTENDED, ElementType.FLOAT, "rows", "tokens", config.heads() * size);
        graph.output(GroupQueryAttention.newKey(0), ElementType.FLOAT, cache);
        graph.output(GroupQueryAttention.newValue(0), ElementType.FLOAT, cache);
        graph.output(WEIGHTS, ElementType.FLOAT, "rows", config.heads(), "tokens", "longest");
        GroupQueryAttention.node(
                graph,
                config,
                List.of(
                        PACKED,
                        "",
                        "",
                        GroupQueryAttention.key(0),
                        GroupQueryAttention.value(0),
                        GroupQueryAttention.LAST,
                        GroupQueryAttention.LONGEST,
                        COS,
                        SIN,
                        GroupQueryAttention.POSITIONS),
                List.of(ATTENDED, GroupQueryAttention.newKey(0), GroupQueryAttention.newValue(0), WEIGHTS),
                attribute("qk_output", AFTER_SOFTMAX));
        return graph;
    }

    static int packed(DecoderConfig config) {
        return (config.heads() + 2 * config.kvHeads()) * config.headSize();
    }

    /** @param rows whose rows the run is over */
    void run(PrefixSums.Run run, PrefixSums.Inputs inputs, SlabRows rows) {
        int count = run.rows();
        int tokens = run.tokens();
        last.reserve((long) count * Integer.BYTES);
        int most = 2; // see SlabDecoder
        for (int i = 0; i < count; i++) {
            int row = run.first() + i;
            int end = tokens + (rows.isFree(row) ? 0 : rows.owner(row).ownLength());
            last.data().setAtIndex(JAVA_INT, i, end - 1);
            most = Math.max(most, end);
        }
        longest.set(JAVA_INT, 0, most);
        int width = config.heads() * config.headSize();
        attended.reserve((long) count * tokens * width * Float.BYTES);
        weights.reserve((long) count * config.heads() * tokens * most * Float.BYTES);
        int half = config.headSize() / 2;
        binding.input(PACKED, inputs.packed(), ElementType.FLOAT, count, tokens, packed(config))
                .input(GroupQueryAttention.POSITIONS, inputs.positions(), ElementType.INT64, count, tokens)
                .input(GroupQueryAttention.LAST, last.data(), ElementType.INT32, count)
                .input(GroupQueryAttention.LONGEST, longest, ElementType.INT32, 1)
                .input(COS, inputs.cos(), ElementType.FLOAT, config.context(), half)
                .input(SIN, inputs.sin(), ElementType.FLOAT, config.context(), half)
                .output(ATTENDED, attended.data(), ElementType.FLOAT, count, tokens, width)
                .output(WEIGHTS, weights.data(), ElementType.FLOAT, count, config.heads(), tokens, most);
        bind(2 * inputs.layer(), run, GroupQueryAttention.key(0), GroupQueryAttention.newKey(0));
        bind(2 * inputs.layer() + 1, run, GroupQueryAttention.value(0), GroupQueryAttention.newValue(0));
        binding.run();
    }

    private void bind(int block, PrefixSums.Run run, String input, String output) {
        var data = slab.rows(block, run.first(), run.rows());
        long[] shape = {run.rows(), config.kvHeads(), slab.capacity(), config.headSize()};
        binding.input(input, data, ElementType.FLOAT, shape).output(output, data, ElementType.FLOAT, shape);
    }

    /** What the rows attend to, (rows, tokens, heads x head size). */
    MemorySegment attended() {
        return attended.data();
    }

    /** The weights of a row's own tokens for one query, (longest). */
    MemorySegment weights(PrefixSums.Run run, int place, int head, int token) {
        long query = ((long) place * config.heads() + head) * run.tokens() + token;
        long bytes = (long) longest.get(JAVA_INT, 0) * Float.BYTES;
        return weights.data().asSlice(query * bytes, bytes);
    }

    @Override
    public void close() {
        binding.close();
        arena.close();
        last.close();
        attended.close();
        weights.close();
    }
}
