package parathink.models.onnx;

import static parathink.models.onnx.OnnxGraph.attribute;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Writes a decoder with past as public exporters do, with our own random weights, so that the reference can be asked
 * what it should say.
 *
 * @param ids type of ids, mask and positions
 * @param cache type of keys, values and logits
 * @param positions whether it takes position ids or counts the mask
 * @param everyToken whether it gives logits for every token
 */
record ExportGraph(ElementType ids, ElementType cache, boolean positions, boolean everyToken) {
    private static final DecoderConfig CONFIG = Models.TINY;

    Path write(Path file) {
        var graph = new OnnxGraph();
        graph.input("input_ids", ids, "batch", "sequence");
        graph.input("attention_mask", ids, "batch", "total");
        if (positions) {
            graph.input("position_ids", ids, "batch", "sequence");
        }
        lengths(graph);
        if (everyToken) {
            graph.output("logits", cache, "batch", "sequence", CONFIG.vocabulary());
        } else {
            graph.output("logits", cache, "batch", CONFIG.vocabulary());
        }
        var weights = new RandomWeights();
        var embedding = matrix(graph, weights, "model.embed_tokens.weight", CONFIG.vocabulary(), CONFIG.hidden());
        var x = graph.standard("Gather", List.of(embedding, "input_ids"), "x");
        for (int layer = 0; layer < CONFIG.layers(); layer++) {
            x = layer(graph, weights, layer, x);
        }
        x = norm(graph, weights, "model.norm.weight", x);
        if (!everyToken) {
            x = graph.standard(
                    "Gather", List.of(x, graph.constant("minus one", new long[] {-1})), "last", attribute("axis", 1));
        }
        var logits = graph.microsoft("FusedMatMul", List.of(x, embedding), "logits32", attribute("transB", 1));
        cast(graph, logits, "logits", cache);
        try (var arena = Arena.ofConfined()) {
            Files.write(file, graph.write(arena).toArray(ValueLayout.JAVA_BYTE));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lengths and positions from the mask, as exports for the same operator do. */
    private void lengths(OnnxGraph graph) {
        var mask = cast(graph, "attention_mask", "mask64", ElementType.INT64);
        var axis = graph.constant("axis 1", new long[] {1}, 1);
        var tokens = graph.standard("ReduceSum", List.of(mask, axis), "tokens", attribute("keepdims", 0));
        var one = graph.constant("one", new long[] {1});
        cast(graph, graph.standard("Sub", List.of(tokens, one), "tokens-1"), "lengths", ElementType.INT32);
        var total = graph.standard("Gather", List.of(graph.standard("Shape", List.of(mask), "shape"), one), "total");
        cast(graph, total, "longest", ElementType.INT32);
        if (positions) {
            cast(graph, "position_ids", "positions", ElementType.INT64);
        } else {
            var counted = graph.standard("CumSum", List.of(mask, one), "counted");
            var all = graph.standard("Sub", List.of(counted, one), "all positions");
            var width = graph.standard("Shape", List.of("input_ids"), "ids shape");
            var start =
                    graph.standard("Neg", List.of(graph.standard("Gather", List.of(width, axis), "width")), "start");
            var end = graph.constant("end", new long[] {Long.MAX_VALUE}, 1);
            graph.standard("Slice", List.of(all, start, end, axis), "positions");
        }
        int half = CONFIG.headSize() / 2;
        var cos = new float[CONFIG.context() * half];
        var sin = new float[CONFIG.context() * half];
        IntStream.range(0, cos.length).forEach(i -> {
            int position = i / half;
            double angle = position * Math.pow(CONFIG.rotary().theta(), -2.0 * (i % half) / CONFIG.headSize());
            cos[i] = (float) Math.cos(angle);
            sin[i] = (float) Math.sin(angle);
        });
        graph.constant("cos", cos, CONFIG.context(), half);
        graph.constant("sin", sin, CONFIG.context(), half);
    }

    private String layer(OnnxGraph graph, Weights weights, int layer, String x) {
        int d = CONFIG.hidden();
        int kv = CONFIG.kvHeads() * CONFIG.headSize();
        int wide = CONFIG.intermediate();
        var at = "model.layers." + layer + ".";
        var y = norm(graph, weights, at + "input_layernorm.weight", x);
        var q = times(graph, weights, at + "self_attn.q_proj.weight", CONFIG.heads() * CONFIG.headSize(), d, y);
        var k = times(graph, weights, at + "self_attn.k_proj.weight", kv, d, y);
        var v = times(graph, weights, at + "self_attn.v_proj.weight", kv, d, y);
        var attended = attention(graph, layer, q, k, v);
        var o = times(graph, weights, at + "self_attn.o_proj.weight", d, CONFIG.heads() * CONFIG.headSize(), attended);
        x = graph.standard("Add", List.of(x, o), at + "middle");
        var z = norm(graph, weights, at + "post_attention_layernorm.weight", x);
        var gate = times(graph, weights, at + "mlp.gate_proj.weight", wide, d, z);
        var up = times(graph, weights, at + "mlp.up_proj.weight", wide, d, z);
        var silu = graph.standard(
                "Mul", List.of(gate, graph.standard("Sigmoid", List.of(gate), gate + ".sigmoid")), gate + ".silu");
        var gated = graph.standard("Mul", List.of(silu, up), at + "gated");
        var down = times(graph, weights, at + "mlp.down_proj.weight", d, wide, gated);
        return graph.standard("Add", List.of(x, down), at + "out");
    }

    private String attention(OnnxGraph graph, int layer, String q, String k, String v) {
        var past = List.of("past_key_values.%d.key".formatted(layer), "past_key_values.%d.value".formatted(layer));
        var present = List.of("present.%d.key".formatted(layer), "present.%d.value".formatted(layer));
        for (int i = 0; i < 2; i++) {
            graph.input(past.get(i), cache, "batch", CONFIG.kvHeads(), "past", CONFIG.headSize());
            graph.output(present.get(i), cache, "batch", CONFIG.kvHeads(), "total", CONFIG.headSize());
        }
        var attended = "attended." + layer;
        graph.node(
                OnnxGraph.MICROSOFT,
                "GroupQueryAttention",
                List.of(
                        cast(graph, q, q + ".cast", cache),
                        cast(graph, k, k + ".cast", cache),
                        cast(graph, v, v + ".cast", cache),
                        past.get(0),
                        past.get(1),
                        "lengths",
                        "longest",
                        cast(graph, "cos", "cos." + layer, cache),
                        cast(graph, "sin", "sin." + layer, cache),
                        "positions"),
                List.of(attended, present.get(0), present.get(1)),
                attribute("num_heads", CONFIG.heads()),
                attribute("kv_num_heads", CONFIG.kvHeads()),
                attribute("do_rotary", 1));
        return cast(graph, attended, attended + ".32", ElementType.FLOAT);
    }

    private static String matrix(OnnxGraph graph, Weights weights, String name, int rows, int columns) {
        return graph.constant(name, weights.tensor(name, rows, columns), rows, columns);
    }

    private static String times(OnnxGraph graph, Weights weights, String name, int rows, int columns, String x) {
        return graph.microsoft(
                "FusedMatMul",
                List.of(x, matrix(graph, weights, name, rows, columns)),
                name + ".product",
                attribute("transB", 1));
    }

    private static String norm(OnnxGraph graph, Weights weights, String name, String x) {
        var scale = graph.constant(name, weights.tensor(name, CONFIG.hidden()), CONFIG.hidden());
        return graph.standard(
                "SimplifiedLayerNormalization",
                List.of(x, scale),
                name + ".normed",
                attribute("axis", -1),
                attribute("epsilon", CONFIG.epsilon()));
    }

    private static String cast(OnnxGraph graph, String value, String output, ElementType type) {
        return graph.standard("Cast", List.of(value), output, attribute("to", type.code));
    }
}
