package parathink.models.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import parathink.models.ModelException;
import parathink.models.ModelSize;

/**
 * Shape of a decoder with RMS norms, rotary positions, gated feed-forward and grouped-query attention.
 *
 * @param vocabulary token ids
 * @param hidden width of the residual stream
 * @param intermediate width of the feed-forward layer
 * @param kvHeads key and value heads; divides {@code heads}
 * @param headSize width of a head, a multiple of 8
 * @param epsilon added to the mean square in the norms
 * @param theta base of the rotary angles
 * @param context most positions
 * @param tied whether the output layer is the embedding
 * @param biased whether queries, keys and values have biases
 * @param segments rows of each layer's table of thought embeddings (Wen et al., 2025, section 3.4); 0 for a model without
 */
record DecoderConfig(
        int vocabulary,
        int hidden,
        int intermediate,
        int layers,
        int heads,
        int kvHeads,
        int headSize,
        float epsilon,
        double theta,
        int context,
        boolean tied,
        boolean biased,
        int segments) {
    private static final int MOST_SEGMENTS = Byte.MAX_VALUE;

    DecoderConfig {
        for (int size : List.of(vocabulary, hidden, intermediate, layers, heads, kvHeads, headSize, context)) {
            if (size < 1 || size > 1 << 24) {
                throw new IllegalArgumentException("every size must be between 1 and 2^24, got " + size);
            }
        }
        if (heads % kvHeads != 0) {
            throw new IllegalArgumentException("%d heads cannot share %d key heads".formatted(heads, kvHeads));
        }
        if (headSize % 8 != 0) {
            throw new IllegalArgumentException("the head size must be a multiple of 8, got " + headSize);
        }
        if (!(epsilon > 0) || !(theta > 0)) {
            throw new IllegalArgumentException("epsilon and theta must be positive");
        }
        if (segments < 0 || segments > MOST_SEGMENTS) {
            throw new IllegalArgumentException(
                    "thought embeddings must have 0 to %d rows, got %d".formatted(MOST_SEGMENTS, segments));
        }
    }

    /**
     * Reads a {@code config.json} in Hugging Face's form.
     *
     * @param origin the file's name, for messages
     */
    static DecoderConfig read(JsonNode json, String origin) {
        var family = DecoderFamily.of(json.path("model_type").asText("(nothing)"), origin);
        require(origin, "hidden_act", "silu", json.path("hidden_act").asText("silu"));
        require(origin, "attention_bias", "false", json.path("attention_bias").asText("false"));
        require(origin, "mlp_bias", "false", json.path("mlp_bias").asText("false"));
        require(
                origin,
                "use_sliding_window",
                "false",
                json.path("use_sliding_window").asText("false"));
        requireAbsent(json, "rope_scaling", origin);
        // files written since 2025 keep the angles in an object of their own
        var rope = json.has("rope_parameters") ? json.path("rope_parameters") : json;
        require(
                origin,
                "rope_parameters.rope_type",
                "default",
                rope.path("rope_type").asText("default"));
        int hidden = size(json, "hidden_size", origin);
        int heads = size(json, "num_attention_heads", origin);
        try {
            return new DecoderConfig(
                    size(json, "vocab_size", origin),
                    hidden,
                    size(json, "intermediate_size", origin),
                    size(json, "num_hidden_layers", origin),
                    heads,
                    json.has("num_key_value_heads") ? size(json, "num_key_value_heads", origin) : heads,
                    json.has("head_dim") ? size(json, "head_dim", origin) : hidden / heads,
                    (float) json.path("rms_norm_eps").asDouble(1e-6),
                    rope.path("rope_theta").asDouble(10000),
                    size(json, "max_position_embeddings", origin),
                    json.path("tie_word_embeddings").asBoolean(false),
                    family.biased,
                    0);
        } catch (IllegalArgumentException e) {
            throw unusable(origin, e.getMessage());
        }
    }

    /** The same shape with so many thought embeddings a layer, which the weights tell and {@code config.json} does not. */
    DecoderConfig withSegments(int rows) {
        return new DecoderConfig(
                vocabulary,
                hidden,
                intermediate,
                layers,
                heads,
                kvHeads,
                headSize,
                epsilon,
                theta,
                context,
                tied,
                biased,
                rows);
    }

    /** The same shape with an output layer of its own. */
    DecoderConfig untied() {
        return new DecoderConfig(
                vocabulary,
                hidden,
                intermediate,
                layers,
                heads,
                kvHeads,
                headSize,
                epsilon,
                theta,
                context,
                false,
                biased,
                segments);
    }

    /** The shape as it goes into runs; norms, biases and thought embeddings are among the parameters. */
    Optional<ModelSize> size() {
        long width = hidden;
        long queries = (long) heads * headSize;
        long keys = (long) kvHeads * headSize;
        long layer = width * (2 * queries + 2 * keys) + 3 * width * intermediate + 2 * width;
        layer += (biased ? queries + 2 * keys : 0) + (long) segments * headSize;
        long parameters = vocabulary * width * (tied ? 1 : 2) + layers * layer + width;
        return Optional.of(new ModelSize(parameters, layers, hidden, (int) keys, intermediate));
    }

    private static void require(String origin, String field, String wanted, String found) {
        if (!found.equals(wanted)) {
            throw unusable(origin, "%s must be %s, got %s".formatted(field, wanted, found));
        }
    }

    private static void requireAbsent(JsonNode json, String field, String origin) {
        var value = json.path(field);
        require(origin, field, "null", value.isMissingNode() ? "null" : value.toString());
    }

    private static int size(JsonNode json, String field, String origin) {
        var value = json.path(field);
        if (!value.isInt() || value.intValue() < 1) {
            throw unusable(
                    origin,
                    "%s must be a positive whole number, got %s"
                            .formatted(field, value.isMissingNode() ? "nothing" : value));
        }
        return value.intValue();
    }

    private static ModelException unusable(String origin, String what) {
        return new ModelException(ModelException.Kind.UNUSABLE, origin + ": " + what);
    }
}
