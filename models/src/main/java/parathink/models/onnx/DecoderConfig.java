package parathink.models.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import parathink.models.ModelSize;

/**
 * Shape of a decoder with RMS norms, rotary positions, gated feed-forward and grouped-query attention.
 *
 * @param vocabulary token ids
 * @param hidden width of the residual stream
 * @param intermediate width of the feed-forward layer
 * @param kvHeads key and value heads; divides {@code heads}
 * @param headSize width of a head, a multiple of 16, which the rotation of ONNX Runtime wants
 * @param epsilon added to the mean square in the norms
 * @param rotary its angles
 * @param context most positions
 * @param tied whether the output layer is the embedding
 * @param attention what its attention has beyond Llama's
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
        Rotary rotary,
        int context,
        boolean tied,
        AttentionTraits attention,
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
        if (headSize % 16 != 0) {
            throw new IllegalArgumentException("the head size must be a multiple of 16, got " + headSize);
        }
        if (!(epsilon > 0)) {
            throw new IllegalArgumentException("rms_norm_eps must be positive, got " + epsilon);
        }
        if ((long) context * headSize > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "max_position_embeddings is beyond what angles are kept for: " + context);
        }
        if (!attention.windows().isEmpty() && attention.windows().size() != layers) {
            throw new IllegalArgumentException(
                    "%d windows for %d layers".formatted(attention.windows().size(), layers));
        }
        if (segments > 0 && attention.headNorms()) {
            // which of the two comes first has not been published
            throw new IllegalArgumentException(
                    "thought embeddings are not known in models with norms of queries and keys");
        }
        if (segments < 0 || segments > MOST_SEGMENTS) {
            throw new IllegalArgumentException(
                    "thought embeddings must have 0 to %d rows, got %d".formatted(MOST_SEGMENTS, segments));
        }
    }

    /** A shape with unscaled angles and Llama's attention, or Qwen2's where it has biases. */
    DecoderConfig(
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
        this(
                vocabulary,
                hidden,
                intermediate,
                layers,
                heads,
                kvHeads,
                headSize,
                epsilon,
                new Rotary(theta, new RotaryScaling.None()),
                context,
                tied,
                new AttentionTraits(biased, false, false, List.of()),
                segments);
    }

    /**
     * Reads a {@code config.json} in Hugging Face's form.
     *
     * @param origin the file's name, for messages
     */
    static DecoderConfig read(JsonNode json, String origin) {
        var fields = ConfigFields.of(json, origin);
        var family = DecoderFamily.of(fields);
        refuseOtherLayers(fields);
        int hidden = fields.size("hidden_size");
        int layers = fields.size("num_hidden_layers");
        int heads = fields.size("num_attention_heads");
        boolean llama = family == DecoderFamily.LLAMA;
        boolean narrow = family != DecoderFamily.QWEN3; // whose heads do not follow from its width
        int positions = fields.size("max_position_embeddings");
        try {
            var rotary = Rotary.read(fields, positions);
            return new DecoderConfig(
                    fields.size("vocab_size"),
                    hidden,
                    fields.size("intermediate_size"),
                    layers,
                    heads,
                    llama ? fields.size("num_key_value_heads", heads) : fields.size("num_key_value_heads"),
                    narrow ? fields.size("head_dim", hidden / heads) : fields.size("head_dim"),
                    (float) fields.positive("rms_norm_eps", 1e-6),
                    rotary,
                    Math.max(positions, rotary.scaling().reach()),
                    fields.flag("tie_word_embeddings", false),
                    family.traits(fields, layers),
                    0);
        } catch (IllegalArgumentException e) {
            throw fields.unusable(e.getMessage());
        }
    }

    /** Refuses what our graph has no nodes for. */
    private static void refuseOtherLayers(ConfigFields fields) {
        fields.require("hidden_act", "silu");
        fields.require("mlp_bias", "false");
        if (fields.has("quantization_config")) {
            throw fields.unusable(
                    "quantization_config: only weights in bf16, fp16 and fp32 are read; --mode rounds them");
        }
        for (var experts : List.of("num_experts", "num_local_experts", "n_routed_experts")) {
            if (fields.has(experts)) {
                throw fields.unusable(experts + ": models with experts are not read");
            }
        }
    }

    /** Whether queries, keys and values have biases. */
    boolean biased() {
        return attention.inputBiases();
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
                rotary,
                context,
                tied,
                attention,
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
                rotary,
                context,
                false,
                attention,
                segments);
    }

    /** The shape as it goes into runs; norms, biases and thought embeddings are among the parameters. */
    Optional<ModelSize> size() {
        long width = hidden;
        long queries = (long) heads * headSize;
        long keys = (long) kvHeads * headSize;
        long layer = width * (2 * queries + 2 * keys) + 3 * width * intermediate + 2 * width;
        layer += (biased() ? queries + 2 * keys : 0) + (long) segments * headSize;
        layer += (attention.outputBias() ? width : 0) + (attention.headNorms() ? 2L * headSize : 0);
        long parameters = vocabulary * width * (tied ? 1 : 2) + layers * layer + width;
        return Optional.of(new ModelSize(parameters, layers, hidden, (int) keys, intermediate));
    }
}
