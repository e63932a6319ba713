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

    /** What a tensor has to do with the stream. */
    private enum Side {
        READS,
        WRITES,
        HOLDS,
        SCALES,
        NONE
    }

    private static Side side(String name) {
        int end = name.lastIndexOf('.');
        return switch (name.substring(name.lastIndexOf('.', end - 1) + 1)) {
            case "q_proj.weight", "k_proj.weight", "v_proj.weight", "gate_proj.weight", "up_proj.weight", OUTPUT ->
                Side.READS;
            case "o_proj.weight", "down_proj.weight" -> Side.WRITES;
            case "embed_tokens.weight", "o_proj.bias" -> Side.HOLDS;
            case "norm.weight", "input_layernorm.weight", "post_attention_layernorm.weight" -> Side.SCALES;
            default -> Side.NONE;
        };
    }

    @Override
    public float[] tensor(String name, int... shape) {
        var values = weights.tensor(stored(name), shape);
        return switch (side(name)) {
            case READS -> reading(name, values);
            case WRITES -> rotation().columns(values);
            case HOLDS -> {
                var copy = values.clone(); // whoever gave it may keep it
                rotation().rows(copy);
                yield copy;
            }
            case SCALES -> {
                var ones = values.clone();
                Arrays.fill(ones, 1);
                yield ones;
            }
            case NONE -> values;
        };
    }

    @Override
    public void require(String name, int... shape) {
        weights.require(stored(name), shape);
    }

    @Override
    public Rows rows(String name, int rows, int columns) {
        return switch (side(name)) {
            case READS -> {
                var open = weights.rows(stored(name), rows, columns);
                yield (from, count) -> reading(name, open.read(from, count));
            }
            case WRITES, HOLDS, SCALES -> Weights.super.rows(name, rows, columns);
            case NONE -> weights.rows(name, rows, columns);
        };
    }

    private String stored(String name) {
        return name.equals(OUTPUT) && config.tied() ? EMBEDDING : name;
    }

    private Rotation rotation() {
        return new Rotation(config.hidden());
    }

    private float[] reading(String name, float[] rows) {
        var scales = weights.tensor(norm(name), config.hidden());
        var scaled = rows.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= scales[i % scales.length];
        }
        rotation().rows(scaled);
        return scaled;
    }

    /** The norm between the stream and what reads it. */
    private static String norm(String name) {
        if (name.equals(OUTPUT)) {
            return LAST_NORM;
        }
        var layer = name.substring(0, name.indexOf('.', "model.layers.".length()) + 1);
        return layer + (name.contains(".mlp.") ? "post_attention_layernorm.weight" : "input_layernorm.weight");
    }
}
