package parathink.models.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A decoder of any of our families in plain double precision, one token after the other, written from the architecture and not
 * from our graph. It can round weights and activations as a numeric mode says it does.
 */
final class ReferenceDecoder {
    private static final int BLOCK = 32;

    private final DecoderConfig config;
    private final Weights weights;
    private final NumericMode rounding;
    private final Map<String, double[]> matrices = new HashMap<>();

    ReferenceDecoder(DecoderConfig config, Weights weights, NumericMode rounding) {
        this.config = config;
        this.weights = weights;
        this.rounding = rounding;
    }

    /** Keys and values of one token: (layer, key heads x head size). */
    record Token(int position, int segment, List<double[]> keys, List<double[]> values) {}

    /** Logits after the last token of a text that begins at position 0. */
    double[] logits(int... tokens) {
        return logits(new ArrayList<>(), tokens, 0);
    }

    /** Appends tokens from a position on, and gives the logits after the last. */
    double[] logits(List<Token> seen, int[] tokens, int position) {
        double[] last = {};
        for (int i = 0; i < tokens.length; i++) {
            last = append(seen, tokens[i], position + i, 0);
        }
        return last;
    }

    /** Appends a token, which sees those before it whatever their positions, and gives the logits after it. */
    double[] append(List<Token> seen, int token, int position, int segment) {
        int d = config.hidden();
        var embedding = weights.tensor("model.embed_tokens.weight", config.vocabulary(), d);
        var x = new double[d];
        Arrays.setAll(x, i -> embedding[token * d + i]);
        seen.add(new Token(position, segment, new ArrayList<>(), new ArrayList<>()));
        for (int layer = 0; layer < config.layers(); layer++) {
            var prefix = "model.layers." + layer + ".";
            int kv = config.kvHeads() * config.headSize();
            var y = norm(x, prefix + "input_layernorm.weight");
            double[] q = projected(prefix + "self_attn.q_proj", config.heads() * config.headSize(), y);
            double[] k = projected(prefix + "self_attn.k_proj", kv, y);
            var v = projected(prefix + "self_attn.v_proj", kv, y);
            if (config.attention().headNorms()) {
                q = headsNormed(q, prefix + "self_attn.q_norm.weight");
                k = headsNormed(k, prefix + "self_attn.k_norm.weight");
            }
            mark(prefix + "self_attn.seg_embeddings.weight", segment, k);
            mark(prefix + "self_attn.seg_embeddings.weight", segment, v);
            seen.getLast().keys.add(rotated(k, position));
            seen.getLast().values.add(v);
            q = rotated(q, position);
            add(x, times(prefix + "self_attn.o_proj.weight", d, attend(q, seen, layer)));
            if (config.attention().outputBias()) {
                var bias = weights.tensor(prefix + "self_attn.o_proj.bias", d);
                Arrays.setAll(x, i -> x[i] + bias[i]);
            }
            var z = norm(x, prefix + "post_attention_layernorm.weight");
            var gate = times(prefix + "mlp.gate_proj.weight", config.intermediate(), z);
            var up = times(prefix + "mlp.up_proj.weight", config.intermediate(), z);
            for (int i = 0; i < gate.length; i++) {
                gate[i] = gate[i] / (1 + Math.exp(-gate[i])) * up[i];
            }
            add(x, times(prefix + "mlp.down_proj.weight", d, gate));
        }
        var head = config.tied() ? "model.embed_tokens.weight" : "lm_head.weight";
        return times(head, config.vocabulary(), norm(x, "model.norm.weight"));
    }

    private double[] projected(String name, int outputs, double[] x) {
        var out = times(name + ".weight", outputs, x);
        if (config.biased()) {
            var bias = weights.tensor(name + ".bias", outputs);
            Arrays.setAll(out, i -> out[i] + bias[i]);
        }
        return out;
    }

    private double[] headsNormed(double[] heads, String name) {
        int size = config.headSize();
        var out = new double[heads.length];
        for (int at = 0; at < heads.length; at += size) {
            System.arraycopy(norm(Arrays.copyOfRange(heads, at, at + size), name), 0, out, at, size);
        }
        return out;
    }

    /** Adds the embedding of a thought to each head. */
    private void mark(String name, int segment, double[] heads) {
        if (config.segments() > 0) {
            int size = config.headSize();
            var table = weights.tensor(name, config.segments(), size);
            for (int head = 0; head < config.kvHeads(); head++) {
                for (int i = 0; i < size; i++) {
                    heads[head * size + i] += table[segment * size + i];
                }
            }
        }
    }

    private double[] attend(double[] q, List<Token> seen, int layer) {
        int size = config.headSize();
        int group = config.heads() / config.kvHeads();
        var out = new double[q.length];
        int window = config.attention().window(layer);
        int oldest = window == 0 ? 0 : Math.max(0, seen.size() - window); // the token itself is one of the window
        for (int head = 0; head < config.heads(); head++) {
            int at = head * size;
            int kvAt = head / group * size;
            var weight = new double[seen.size()];
            double sum = 0;
            for (int s = oldest; s < weight.length; s++) {
                var key = seen.get(s).keys.get(layer);
                double score = 0;
                for (int i = 0; i < size; i++) {
                    score += q[at + i] * key[kvAt + i];
                }
                weight[s] = Math.exp(score / Math.sqrt(size));
                sum += weight[s];
            }
            for (int s = oldest; s < weight.length; s++) {
                var value = seen.get(s).values.get(layer);
                for (int i = 0; i < size; i++) {
                    out[at + i] += weight[s] / sum * value[kvAt + i];
                }
            }
        }
        return out;
    }

    private double[] rotated(double[] heads, int position) {
        int size = config.headSize();
        var frequencies = ReferenceAngles.frequencies(config.rotary(), size);
        double larger = ReferenceAngles.magnitude(config.rotary().scaling());
        var out = new double[heads.length];
        for (int at = 0; at < heads.length; at += size) {
            for (int i = 0; i < size / 2; i++) {
                double angle = position * frequencies[i];
                double a = larger * heads[at + i];
                double b = larger * heads[at + i + size / 2];
                out[at + i] = a * Math.cos(angle) - b * Math.sin(angle);
                out[at + i + size / 2] = b * Math.cos(angle) + a * Math.sin(angle);
            }
        }
        return out;
    }

    private double[] norm(double[] x, String name) {
        var scale = weights.tensor(name, x.length);
        double square = Arrays.stream(x).map(value -> value * value).average().orElseThrow();
        var out = new double[x.length];
        Arrays.setAll(out, i -> x[i] / Math.sqrt(square + config.epsilon()) * scale[i]);
        return out;
    }

    private double[] times(String name, int outputs, double[] x) {
        int inputs = x.length;
        int block = rounding == NumericMode.FAITHFUL ? BLOCK : inputs;
        var matrix = matrices.computeIfAbsent(name, key -> {
            var exact = weights.tensor(key, outputs, inputs);
            var values = new double[exact.length];
            Arrays.setAll(values, i -> exact[i]);
            for (int row = 0; row < outputs; row++) {
                roundSingle(values, row * inputs, (row + 1) * inputs, block);
            }
            return values;
        });
        var in = x.clone();
        round(in, 0, inputs, block);
        var out = new double[outputs];
        for (int row = 0; row < outputs; row++) {
            for (int i = 0; i < inputs; i++) {
                out[row] += matrix[row * inputs + i] * in[i];
            }
        }
        return out;
    }

    /** As below, for weights: they, their scale and their quotient are single floats, which decides what lies in the middle. */
    private void roundSingle(double[] values, int from, int to, int block) {
        if (rounding == NumericMode.EXACT) {
            return;
        }
        for (int start = from; start < to; start += block) {
            float largest = 0;
            for (int i = start; i < Math.min(to, start + block); i++) {
                largest = Math.max(largest, (float) Math.abs(values[i]));
            }
            float unit = largest / 127;
            for (int i = start; i < Math.min(to, start + block); i++) {
                values[i] = unit == 0 ? 0 : Math.rint((float) values[i] / unit) * unit;
            }
        }
    }

    /** Rounds to multiples of 1/127 of the largest magnitude of each block. */
    private void round(double[] values, int from, int to, int block) {
        if (rounding == NumericMode.EXACT) {
            return;
        }
        for (int start = from; start < to; start += block) {
            int end = Math.min(to, start + block);
            double largest = 0;
            for (int i = start; i < end; i++) {
                largest = Math.max(largest, Math.abs(values[i]));
            }
            double unit = largest / 127;
            for (int i = start; i < end; i++) {
                values[i] = unit == 0 ? 0 : Math.rint(values[i] / unit) * unit;
            }
        }
    }

    private static void add(double[] x, double[] change) {
        Arrays.setAll(x, i -> x[i] + change[i]);
    }
}
