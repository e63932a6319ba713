package parathink.models.onnx;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static parathink.models.onnx.OnnxGraph.attribute;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Attention of any number of queries to one shared prefix, on plain operators: for each key head one matrix product gives
 * all scores and another one all sums of values. A query has the same bits whichever others are there, as long as there
 * are two: for a single one ONNX Runtime takes another way. Used by one run at a time; closed by its owner, before the
 * session.
 */
final class PrefixProducts implements AutoCloseable {
    private static final int FEWEST = 2;

    private static final String QUERIES = "queries"; // (key heads, queries, head size), rotated and scaled
    private static final String KEYS = "keys"; // (key heads, head size, tokens)
    private static final String VALUES = "values"; // (key heads, tokens, head size)
    private static final String ATTENDED = "attended"; // (key heads, queries, head size)
    private static final String LARGEST_SCORE = "largest_score"; // (key heads, queries, 1)
    private static final String LARGEST_WEIGHT = "largest_weight"; // (key heads, queries, 1)

    private final DecoderConfig config;
    private final Binding binding;
    private final Buffer queries = new Buffer(new RawMemory());
    private final Buffer attended = new Buffer(new RawMemory());
    private final Buffer largest = new Buffer(new RawMemory());
    private int count; // queries a key head, those of no meaning included
    private int bound;

    PrefixProducts(DecoderConfig config, OnnxSession session) {
        this.config = config;
        binding = session.bind();
    }

    /** The graph that the session must have. */
    static OnnxGraph graph(DecoderConfig config) {
        int heads = config.kvHeads();
        int size = config.headSize();
        var graph = new OnnxGraph();
        graph.input(QUERIES, ElementType.FLOAT, heads, "queries", size);
        graph.input(KEYS, ElementType.FLOAT, heads, size, "tokens");
        graph.input(VALUES, ElementType.FLOAT, heads, "tokens", size);
        graph.output(ATTENDED, ElementType.FLOAT, heads, "queries", size);
        graph.output(LARGEST_SCORE, ElementType.FLOAT, heads, "queries", 1);
        graph.output(LARGEST_WEIGHT, ElementType.FLOAT, heads, "queries", 1);
        var axis = graph.constant("last", new long[] {-1}, 1);
        graph.standard("MatMul", List.of(QUERIES, KEYS), "scores");
        graph.standard("Softmax", List.of("scores"), "weights", attribute("axis", -1));
        graph.standard("ReduceMax", List.of("scores", axis), LARGEST_SCORE, attribute("keepdims", 1));
        graph.standard("ReduceMax", List.of("weights", axis), LARGEST_WEIGHT, attribute("keepdims", 1));
        graph.standard("MatMul", List.of("weights", VALUES), ATTENDED);
        return graph;
    }

    /** Makes room for so many queries a key head. */
    void reserve(int wanted) {
        count = Math.max(FEWEST, wanted);
        long numbers = (long) config.kvHeads() * count;
        queries.reserve(numbers * config.headSize() * Float.BYTES);
        attended.reserve(numbers * config.headSize() * Float.BYTES);
        largest.reserve(2 * numbers * Float.BYTES);
        for (int head = 0; head < config.kvHeads() && wanted < count; head++) {
            queries.data()
                    .asSlice(at(head, wanted), (count - wanted) * queryBytes())
                    .fill((byte) 0);
        }
    }

    /** Puts neighbouring queries of a key head in, from {@code from} of the array on. */
    void put(int head, int query, float[] rotated, int from, int length) {
        MemorySegment.copy(rotated, from, queries.data(), JAVA_FLOAT, at(head, query), length);
    }

    void run(SharedPrefix prefix, int layer) {
        int heads = config.kvHeads();
        int size = config.headSize();
        if (bound != count) {
            binding.input(QUERIES, queries.data(), ElementType.FLOAT, heads, count, size)
                    .output(ATTENDED, attended.data(), ElementType.FLOAT, heads, count, size)
                    .output(LARGEST_SCORE, largest.data(), ElementType.FLOAT, heads, count, 1)
                    .output(LARGEST_WEIGHT, weights(), ElementType.FLOAT, heads, count, 1);
            bound = count;
        }
        binding.input(KEYS, prefix.keys(layer), ElementType.FLOAT, heads, size, prefix.tokens())
                .input(VALUES, prefix.values(layer), ElementType.FLOAT, heads, prefix.tokens(), size)
                .run();
    }

    private MemorySegment weights() {
        return largest.data().asSlice((long) config.kvHeads() * count * Float.BYTES);
    }

    /** What neighbouring queries attend to in the prefix. */
    void attended(int head, int query, float[] to, int length) {
        MemorySegment.copy(attended.data(), JAVA_FLOAT, at(head, query), to, 0, length);
    }

    /** The logarithm of the sum of a query's exponentiated scores. */
    double mass(int head, int query) {
        long at = (long) head * count + query;
        double weight = weights().getAtIndex(JAVA_FLOAT, at);
        return largest.data().getAtIndex(JAVA_FLOAT, at) - StrictMath.log(weight);
    }

    private long at(int head, int query) {
        return ((long) head * count + query) * queryBytes();
    }

    private long queryBytes() {
        return (long) config.headSize() * Float.BYTES;
    }

    @Override
    public void close() {
        binding.close();
        queries.close();
        attended.close();
        largest.close();
    }
}
