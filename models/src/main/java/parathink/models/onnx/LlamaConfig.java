package parathink.models.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import parathink.models.ModelException;
import parathink.models.ModelSize;

/**
 * Shape of a Llama-style decoder: RMS norms, rotary positions, gated feed-forward, grouped-query attention, no biases.
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
 */
record LlamaConfig(
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
        boolean tied) {
    LlamaConfig {
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
    }

    /**
     * Reads a {@code config.json} in Hugging Face's form.
     *
     * @param origin the file's name, for messages
     */
    static LlamaConfig read(JsonNode json, String origin) {
        require(origin, "model_type", "llama", json.path("model_type").asText("(nothing)"));
        require(origin, "hidden_act", "silu", json.path("hidden_act").asText("silu"));
        require(origin, "attention_bias", "false", json.path("attention_bias").asText("false"));
        require(origin, "mlp_bias", "false", json.path("mlp_bias").asText("false"));
        require(
                origin,
                "rope_scaling",
                "null",
                json.path("rope_scaling").isMissingNode()
                        ? "null"
                        : json.path("rope_scaling").toString());
        int hidden = size(json, "hidden_size", origin);
        int heads = size(json, "num_attention_heads", origin);
        try {
            return new LlamaConfig(
                    size(json, "vocab_size", origin),
                    hidden,
                    size(json, "intermediate_size", origin),
                    size(json, "num_hidden_layers", origin),
                    heads,
                    json.has("num_key_value_heads") ? size(json, "num_key_value_heads", origin) : heads,
                    json.has("head_dim") ? size(json, "head_dim", origin) : hidden / heads,
                    (float) json.path("rms_norm_eps").asDouble(1e-6),
                    json.path("rope_theta").asDouble(10000),
                    size(json, "max_position_embeddings", origin),
                    json.path("tie_word_embeddings").asBoolean(false));
        } catch (IllegalArgumentException e) {
            throw unusable(origin, e.getMessage());
        }
    }

    /** The shape as it goes into runs; the norms are among the parameters. */
    Optional<ModelSize> size() {
        long width = hidden;
        long queries = (long) heads * headSize;
        long keys = (long) kvHeads * headSize;
        long layer = width * (2 * queries + 2 * keys) + 3 * width * intermediate + 2 * width;
        long parameters = vocabulary * width * (tied ? 1 : 2) + layers * layer + width;
        return Optional.of(new ModelSize(parameters, layers, hidden, (int) keys, intermediate));
    }

    private static void require(String origin, String field, String wanted, String found) {
        if (!found.equals(wanted)) {
            throw unusable(origin, "%s must be %s, got %s".formatted(field, wanted, found));
        }
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
