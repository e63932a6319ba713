package parathink.models.onnx;

import java.util.Arrays;

/**
 * The weights of the same model with its stream rotated: what reads the stream is turned the one way, what writes it the
 * other. The norms' own scales, which a rotation does not pass through, go into the matrices that read them. Exact
 * weights would give the same logits (SliceGPT: Ashkboos et al., 2024, section 3.1); rounded ones lose less. Nothing is
 * added to a pass. May be read by several threads at once.
 *
 * @param weights of the model as it was trained
 * @param config its shape; the output layer is one of its own here, also where it is the embedding there
 */
record RotatedWeights(Weights weights, DecoderConfig config) implements Weights {
    private static final String EMBEDDING = "model.embed_tokens.weight";
    private static final String LAST_NORM = "model.norm.weight";
    private static final String OUTPUT = "lm_head.weight";

    @Override
    public float[] tensor(String name, int... shape) {
        var rotation = new Rotation(config.hidden());
        var part = name.substring(name.lastIndexOf('.', name.length() - ".weight".length() - 1) + 1);
        return switch (part) {
            case "embed_tokens.weight" -> rotated(weights.tensor(name, shape), rotation);
            case "norm.weight", "input_layernorm.weight", "post_attention_layernorm.weight" -> ones(name, shape);
            case "q_proj.weight", "k_proj.weight", "v_proj.weight" ->
                reading(weights.tensor(name, shape), layer(name) + "input_layernorm.weight", rotation);
            case "gate_proj.weight", "up_proj.weight" ->
                reading(weights.tensor(name, shape), layer(name) + "post_attention_layernorm.weight", rotation);
            case "o_proj.weight", "down_proj.weight" -> rotation.columns(weights.tensor(name, shape));
            case OUTPUT -> reading(weights.tensor(config.tied() ? EMBEDDING : name, shape), LAST_NORM, rotation);
            default -> weights.tensor(name, shape);
        };
    }

    private static float[] rotated(float[] matrix, Rotation rotation) {
        var copy = matrix.clone(); // whoever gave it may keep it
        rotation.rows(copy);
        return copy;
    }

    private float[] reading(float[] matrix, String norm, Rotation rotation) {
        var scales = weights.tensor(norm, config.hidden());
        var scaled = matrix.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= scales[i % scales.length];
        }
        rotation.rows(scaled);
        return scaled;
    }

    /** The tensor must be there all the same. */
    private float[] ones(String name, int... shape) {
        var ones = weights.tensor(name, shape).clone();
        Arrays.fill(ones, 1);
        return ones;
    }

    private static String layer(String name) {
        return name.substring(0, name.indexOf('.', "model.layers.".length()) + 1);
    }
}
