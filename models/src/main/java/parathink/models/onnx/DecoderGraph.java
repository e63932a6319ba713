package parathink.models.onnx;

import static parathink.models.onnx.OnnxGraph.attribute;

import java.util.List;

/**
 * Writes the graph of a decoder: token ids and caches in, logits of each row's last token out. Used for one
 * graph; not thread-safe.
 */
final class DecoderGraph {
    static final String IDS = "input_ids"; // (rows, new tokens) int64
    static final String SEGMENTS = "segment_ids"; // (rows, new tokens) int64; of models with thought embeddings only
    static final String LAST_TOKEN = "last_token"; // () int64: which of the new tokens is a row's last one
    static final String LOGITS = "logits"; // (rows, vocabulary) float

    private final DecoderConfig config;
    private final Weights weights;
    private final OnnxGraph graph = new OnnxGraph();
    private final Linear linear;
    private final GroupQueryAttention attention;

    private DecoderGraph(DecoderConfig config, Weights weights, NumericMode mode, Processor processor, boolean shares) {
        this.config = config;
        this.weights = weights;
        linear = new Linear(graph, mode, processor);
        attention = new GroupQueryAttention(config, graph, shares);
    }

    /** A graph whose rows have all of their tokens to themselves. */
    static OnnxGraph of(DecoderConfig config, Weights weights, NumericMode mode, Processor processor) {
        return new DecoderGraph(config, weights, mode, processor, false).write();
    }

    /** A graph whose rows may go on from prefixes in common; it needs the operator of {@link PrefixAttention}. */
    static OnnxGraph sharing(DecoderConfig config, Weights weights, NumericMode mode, Processor processor) {
        return new DecoderGraph(config, weights, mode, processor, true).write();
    }

    private OnnxGraph write() {
        graph.input(IDS, ElementType.INT64, "rows", "tokens");
        if (config.segments() > 0) {
            graph.input(SEGMENTS, ElementType.INT64, "rows", "tokens");
        }
        graph.input(LAST_TOKEN, ElementType.INT64);
        graph.output(LOGITS, ElementType.FLOAT, "rows", config.vocabulary());
        attention.declare();

        var embedding = weights.tensor("model.embed_tokens.weight", config.vocabulary(), config.hidden());
        var table = graph.constant("embedding", embedding, config.vocabulary(), config.hidden());
        var stream = graph.standard("Gather", List.of(table, IDS), "embedded");
        var change = ""; // what the last block wants added to the stream
        for (int layer = 0; layer < config.layers(); layer++) {
            var prefix = "model.layers." + layer + ".";
            var normed = "norm1." + layer;
            stream = norm(stream, change, prefix + "input_layernorm.weight", normed);
            change = attended(normed, layer, prefix + "self_attn.");
            normed = "norm2." + layer;
            stream = norm(stream, change, prefix + "post_attention_layernorm.weight", normed);
            change = feedForward(normed, layer, prefix + "mlp.");
        }
        norm(stream, change, "model.norm.weight", "normed");
        var last = graph.standard("Gather", List.of("normed", LAST_TOKEN), "hidden", attribute("axis", 1));
        var head = config.tied() ? embedding : weights.tensor("lm_head.weight", config.vocabulary(), config.hidden());
        linear.multiply(last, head, config.vocabulary(), LOGITS);
        return graph;
    }

    /** Adds the change to the stream and normalizes the sum into {@code normed}; gives the name of the new stream. */
    private String norm(String stream, String change, String weight, String normed) {
        var scale = graph.constant(weight, weights.tensor(weight, config.hidden()), config.hidden());
        var epsilon = attribute("epsilon", config.epsilon());
        if (change.isEmpty()) {
            graph.standard(
                    "SimplifiedLayerNormalization", List.of(stream, scale), normed, attribute("axis", -1), epsilon);
            return stream;
        }
        var sum = normed + ".stream";
        graph.node(
                OnnxGraph.MICROSOFT,
                "SkipSimplifiedLayerNormalization",
                List.of(stream, change, scale),
                List.of(normed, "", "", sum),
                epsilon);
        return sum;
    }

    private String attended(String normed, int layer, String prefix) {
        int queries = config.heads() * config.headSize();
        int keys = config.kvHeads() * config.headSize();
        var packed = stacked(
                weights.tensor(prefix + "q_proj.weight", queries, config.hidden()),
                weights.tensor(prefix + "k_proj.weight", keys, config.hidden()),
                weights.tensor(prefix + "v_proj.weight", keys, config.hidden()));
        var qkv = shifted(linear.multiply(normed, packed, queries + 2 * keys, "qkv." + layer), layer, prefix);
        var output = weights.tensor(prefix + "o_proj.weight", config.hidden(), queries);
        return linear.multiply(attention.append(qkv, layer), output, config.hidden(), "attended." + layer);
    }

    /**
     * Adds to queries, keys and values what does not depend on the text: the biases, and to the keys, before they are
     * rotated, and the values what marks a token's thought (Wen et al., 2025, section 3.4).
     */
    private String shifted(String qkv, int layer, String prefix) {
        int wide = (config.heads() + 2 * config.kvHeads()) * config.headSize();
        if (config.segments() > 0) {
            var shifts =
                    graph.constant("shift." + layer, new Shifts(config, weights).of(prefix), config.segments(), wide);
            var shift = graph.standard("Gather", List.of(shifts, SEGMENTS), "shift.of." + layer);
            return graph.standard("Add", List.of(qkv, shift), "shifted." + layer);
        }
        if (config.biased()) {
            var bias = graph.constant("bias." + layer, new Shifts(config, weights).biases(prefix), wide);
            return graph.standard("Add", List.of(qkv, bias), "shifted." + layer);
        }
        return qkv;
    }

    private String feedForward(String normed, int layer, String prefix) {
        int wide = config.intermediate();
        var packed = stacked(
                weights.tensor(prefix + "gate_proj.weight", wide, config.hidden()),
                weights.tensor(prefix + "up_proj.weight", wide, config.hidden()));
        var both = linear.multiply(normed, packed, 2 * wide, "gate_up." + layer);
        var gate = "gate." + layer;
        var up = "up." + layer;
        graph.node("", "Split", List.of(both), List.of(gate, up), attribute("axis", -1), attribute("num_outputs", 2));
        // x sigmoid(alpha x) with alpha 1 is the SiLU, in one node
        var activated = graph.microsoft("QuickGelu", List.of(gate), "silu." + layer, attribute("alpha", 1f));
        var gated = graph.standard("Mul", List.of(activated, up), "gated." + layer);
        var down = weights.tensor(prefix + "down_proj.weight", config.hidden(), wide);
        return linear.multiply(gated, down, config.hidden(), "fed." + layer);
    }

    /** Matrices one below the other. */
    private static float[] stacked(float[]... matrices) {
        int size = 0;
        for (var matrix : matrices) {
            size += matrix.length;
        }
        var stacked = new float[size];
        int at = 0;
        for (var matrix : matrices) {
            System.arraycopy(matrix, 0, stacked, at, matrix.length);
            at += matrix.length;
        }
        return stacked;
    }
}
