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
    private static final String EMBEDDING = "model.embed_tokens.weight";

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

        var stream = embedded();
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
        linear.multiply(
                last,
                matrix(config.tied() ? EMBEDDING : "lm_head.weight", config.vocabulary(), config.hidden()),
                LOGITS);
        return graph;
    }

    /** Looks the tokens up in a table that is kept as the folder has it, and widens what was found: the same values. */
    private String embedded() {
        weights.require(EMBEDDING, config.vocabulary(), config.hidden());
        var type = weights.type(EMBEDDING);
        var table = new Constant("embedding", type, config.vocabulary(), config.hidden());
        graph.computed(
                List.of(table),
                places -> weights.copy(EMBEDDING, places.getFirst(), config.vocabulary(), config.hidden()));
        var found = graph.standard("Gather", List.of(table.name(), IDS), "embedded");
        return type == ElementType.FLOAT
                ? found
                : graph.standard("Cast", List.of(found), "widened", attribute("to", ElementType.FLOAT.code));
    }

    private Matrix matrix(String name, int outputs, int inputs) {
        return Matrix.of(weights, inputs, new Matrix.Part(name, outputs));
    }

    /** A vector of the weights. */
    private String vector(String name, int size) {
        weights.require(name, size);
        return graph.computed(new Constant(name, ElementType.FLOAT, size), () -> weights.tensor(name, size));
    }

    /** Adds the change to the stream and normalizes the sum into {@code normed}; gives the name of the new stream. */
    private String norm(String stream, String change, String weight, String normed) {
        var scale = vector(weight, config.hidden());
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
        var packed = Matrix.of(
                weights,
                config.hidden(),
                new Matrix.Part(prefix + "q_proj.weight", queries),
                new Matrix.Part(prefix + "k_proj.weight", keys),
                new Matrix.Part(prefix + "v_proj.weight", keys));
        var qkv = shifted(linear.multiply(normed, packed, "qkv." + layer), layer, prefix);
        if (config.attention().headNorms()) {
            qkv = headsNormed(qkv, layer, prefix);
        }
        var output = matrix(prefix + "o_proj.weight", config.hidden(), queries);
        var attended = linear.multiply(attention.append(qkv, layer), output, "attended." + layer);
        if (!config.attention().outputBias()) {
            return attended;
        }
        var bias = vector(prefix + "o_proj.bias", config.hidden());
        return graph.standard("Add", List.of(attended, bias), "biased." + layer);
    }

    /** Normalizes each head of queries and keys before they are rotated, and packs them with the values again. */
    private String headsNormed(String qkv, int layer, String prefix) {
        int size = config.headSize();
        var heads = graph.standard(
                "Reshape", List.of(qkv, graph.constant("as heads", new long[] {0, 0, -1, size}, 4)), "heads." + layer);
        var counts = graph.constant("heads", new long[] {config.heads(), config.kvHeads(), config.kvHeads()}, 3);
        var parts = List.of("queries." + layer, "keys." + layer, "values." + layer);
        graph.node("", "Split", List.of(heads, counts), parts, attribute("axis", 2));
        var queries = headNorm(parts.get(0), prefix + "q_norm.weight");
        var keys = headNorm(parts.get(1), prefix + "k_norm.weight");
        var packed = graph.standard(
                "Concat", List.of(queries, keys, parts.get(2)), "normed heads." + layer, attribute("axis", 2));
        int wide = (config.heads() + 2 * config.kvHeads()) * size;
        return graph.standard(
                "Reshape",
                List.of(packed, graph.constant("packed", new long[] {0, 0, wide}, 3)),
                "qkv normed." + layer);
    }

    private String headNorm(String heads, String weight) {
        var scale = vector(weight, config.headSize());
        var epsilon = attribute("epsilon", config.epsilon());
        return graph.standard(
                "SimplifiedLayerNormalization",
                List.of(heads, scale),
                heads + ".normed",
                attribute("axis", -1),
                epsilon);
    }

    /**
     * Adds to queries, keys and values what does not depend on the text: the biases, and to the keys, before they are
     * rotated, and the values what marks a token's thought (Wen et al., 2025, section 3.4).
     */
    private String shifted(String qkv, int layer, String prefix) {
        int wide = (config.heads() + 2 * config.kvHeads()) * config.headSize();
        if (config.segments() > 0) {
            var both = new Shifts(config, weights, prefix);
            var shifts = graph.computed(
                    new Constant("shift." + layer, ElementType.FLOAT, config.segments(), wide), both::together);
            var shift = graph.standard("Gather", List.of(shifts, SEGMENTS), "shift.of." + layer);
            return graph.standard("Add", List.of(qkv, shift), "shifted." + layer);
        }
        if (config.biased()) {
            var biases = new Shifts(config, weights, prefix);
            var bias = graph.computed(new Constant("bias." + layer, ElementType.FLOAT, wide), biases::biases);
            return graph.standard("Add", List.of(qkv, bias), "shifted." + layer);
        }
        return qkv;
    }

    private String feedForward(String normed, int layer, String prefix) {
        int wide = config.intermediate();
        var packed = Matrix.of(
                weights,
                config.hidden(),
                new Matrix.Part(prefix + "gate_proj.weight", wide),
                new Matrix.Part(prefix + "up_proj.weight", wide));
        var both = linear.multiply(normed, packed, "gate_up." + layer);
        var gate = "gate." + layer;
        var up = "up." + layer;
        graph.node("", "Split", List.of(both), List.of(gate, up), attribute("axis", -1), attribute("num_outputs", 2));
        // x sigmoid(alpha x) with alpha 1 is the SiLU, in one node
        var activated = graph.microsoft("QuickGelu", List.of(gate), "silu." + layer, attribute("alpha", 1f));
        var gated = graph.standard("Mul", List.of(activated, up), "gated." + layer);
        return linear.multiply(gated, matrix(prefix + "down_proj.weight", config.hidden(), wide), "fed." + layer);
    }
}
