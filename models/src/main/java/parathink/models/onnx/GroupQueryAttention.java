package parathink.models.onnx;

import static parathink.models.onnx.OnnxGraph.attribute;

import java.util.ArrayList;
import java.util.List;

/**
 * The attention node of a decoder graph on ONNX Runtime's GroupQueryAttention, and the inputs it asks of every pass. A
 * layer's keys and values lie in one buffer (rows, key heads, capacity, head size) that is input and output at once.
 * An own kernel takes this class's place by offering the same two methods.
 */
final class GroupQueryAttention {
    /** Inputs of every pass. */
    static final String POSITIONS = "position_ids"; // (rows, new tokens) int64

    static final String LAST = "seqlens_k"; // (rows) int32: tokens of a row, the new ones included, less 1
    static final String LONGEST = "total_sequence_length"; // (1) int32: tokens of the longest row

    private final DecoderConfig config;
    private final OnnxGraph graph;
    private final boolean shares;

    /** @param shares whether rows may go on from prefixes in common, see {@link PrefixAttention} */
    GroupQueryAttention(DecoderConfig config, OnnxGraph graph, boolean shares) {
        this.config = config;
        this.graph = graph;
        this.shares = shares;
    }

    static String key(int layer) {
        return "past_key_" + layer;
    }

    static String value(int layer) {
        return "past_value_" + layer;
    }

    static String newKey(int layer) {
        return "present_key_" + layer;
    }

    static String newValue(int layer) {
        return "present_value_" + layer;
    }

    /** Declares the inputs and outputs and writes the rotary tables. */
    void declare() {
        graph.input(POSITIONS, ElementType.INT64, "rows", "tokens");
        graph.input(LAST, ElementType.INT32, "rows");
        graph.input(LONGEST, ElementType.INT32, 1);
        for (int layer = 0; layer < config.layers(); layer++) {
            for (var name : List.of(key(layer), value(layer))) {
                graph.input(name, ElementType.FLOAT, "rows", config.kvHeads(), "capacity", config.headSize());
            }
            for (var name : List.of(newKey(layer), newValue(layer))) {
                graph.output(name, ElementType.FLOAT, "rows", config.kvHeads(), "capacity", config.headSize());
            }
        }
        int half = config.headSize() / 2;
        graph.computed(
                new Constant("cos", ElementType.FLOAT, config.context(), half),
                () -> config.rotary().cosines(config.context(), config.headSize()));
        graph.computed(
                new Constant("sin", ElementType.FLOAT, config.context(), half),
                () -> config.rotary().sines(config.context(), config.headSize()));
    }

    /**
     * Adds a layer's node.
     *
     * @param packed queries, keys and values side by side, before rotation
     * @return what the layer attends to, (rows, new tokens, heads x head size)
     */
    String append(String packed, int layer) {
        var inputs = new ArrayList<>(List.of(packed, "", "", key(layer), value(layer), LAST, LONGEST, "cos", "sin"));
        inputs.add(POSITIONS);
        var output = "attention." + layer;
        int window = config.attention().window(layer);
        node(
                graph,
                config,
                inputs,
                List.of(output, newKey(layer), newValue(layer)),
                attribute("local_window_size", window == 0 ? -1 : window));
        return shares ? withPrefix(packed, layer) : output;
    }

    /** Adds a node of the operator; with {@code more} attributes than those it always has. */
    static void node(
            OnnxGraph graph,
            DecoderConfig config,
            List<String> inputs,
            List<String> outputs,
            OnnxGraph.Attribute... more) {
        var attributes = new ArrayList<>(List.of(
                attribute("num_heads", config.heads()),
                attribute("kv_num_heads", config.kvHeads()),
                attribute("do_rotary", 1),
                attribute("scale", (float) (1 / Math.sqrt(config.headSize())))));
        attributes.addAll(List.of(more));
        graph.node(
                OnnxGraph.MICROSOFT,
                "GroupQueryAttention",
                inputs,
                outputs,
                attributes.toArray(OnnxGraph.Attribute[]::new));
    }

    /** Puts the whole attention of rows with a prefix in the place of what the layer's node has made of them. */
    private String withPrefix(String packed, int layer) {
        var number = graph.constant("layer." + layer, new long[] {layer});
        var inputs = List.of("attention." + layer, packed, POSITIONS, "cos", "sin", number);
        var output = "attention.all." + layer;
        graph.node(OrtOperator.DOMAIN, PrefixAttention.NAME, inputs, List.of(output));
        graph.shape(output, ElementType.FLOAT, "rows", "tokens", config.heads() * config.headSize());
        return output;
    }
}
