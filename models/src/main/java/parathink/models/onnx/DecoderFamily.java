package parathink.models.onnx;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * Families of decoders whose graph we write: RMS norms, rotary positions, gated feed-forward and grouped-query attention
 * are common to all of them, and what differs is said here.
 */
enum DecoderFamily {
    /** Llama 2 and 3, SmolLM2, and what was distilled into them (Grattafiori et al., 2024, section 3.2). */
    LLAMA {
        @Override
        AttentionTraits traits(ConfigFields fields, int layers) {
            boolean biased = fields.flag("attention_bias", false);
            return new AttentionTraits(biased, biased, false, List.of());
        }
    },
    /** Llama with a window (Jiang et al., 2023, section 2); later ones say null and have none. */
    MISTRAL {
        @Override
        AttentionTraits traits(ConfigFields fields, int layers) {
            int window = fields.isNull("sliding_window") ? 0 : fields.size("sliding_window", USUAL_WINDOW);
            fields.require("attention_bias", "false");
            return new AttentionTraits(false, false, false, Collections.nCopies(layers, window));
        }
    },
    /** Biases on queries, keys and values (Yang et al., 2024, section 2.2.1); windows in the upper layers, if at all. */
    QWEN2 {
        @Override
        AttentionTraits traits(ConfigFields fields, int layers) {
            return new AttentionTraits(true, false, false, upperWindows(fields, layers));
        }
    },
    /** No biases but norms on the heads of queries and keys (Yang et al., 2025, section 2). */
    QWEN3 {
        @Override
        AttentionTraits traits(ConfigFields fields, int layers) {
            boolean biased = fields.flag("attention_bias", false);
            return new AttentionTraits(biased, biased, true, upperWindows(fields, layers));
        }
    };

    private static final int USUAL_WINDOW = 4096; // where a configuration of these families has a window and no number
    private static final int USUAL_FULL_LAYERS = 28;

    /** What this family's attention has, by its configuration. */
    abstract AttentionTraits traits(ConfigFields fields, int layers);

    /** Windows where {@code use_sliding_window} says so: of the layers that are named, or from a number of them on. */
    private static List<Integer> upperWindows(ConfigFields fields, int layers) {
        int window = fields.flag("use_sliding_window", false) && !fields.isNull("sliding_window")
                ? fields.size("sliding_window", USUAL_WINDOW)
                : 0;
        if (fields.has("layer_types")) {
            var kinds = StreamSupport.stream(fields.json().path("layer_types").spliterator(), false)
                    .map(kind -> kind.asText())
                    .toList();
            if (kinds.size() != layers
                    || !kinds.stream().allMatch(List.of("full_attention", "sliding_attention")::contains)) {
                throw fields.unusable(
                        "layer_types must be full_attention or sliding_attention for each of %d layers, got %s"
                                .formatted(layers, fields.json().path("layer_types")));
            }
            return kinds.stream()
                    .map(kind -> kind.startsWith("sliding") ? window : 0)
                    .toList();
        }
        int full = fields.json().path("max_window_layers").asInt(USUAL_FULL_LAYERS);
        return IntStream.range(0, layers)
                .mapToObj(layer -> layer < full ? 0 : window)
                .toList();
    }

    /** The word of {@code config.json}. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The family of a configuration, by its {@code model_type}. */
    static DecoderFamily of(ConfigFields fields) {
        var word = fields.word("model_type", "(nothing)");
        return Arrays.stream(values())
                .filter(family -> family.word().equals(word))
                .findFirst()
                .orElseThrow(() -> fields.unusable("model_type must be one of %s, got %s"
                        .formatted(
                                Arrays.stream(values()).map(DecoderFamily::word).collect(Collectors.joining(", ")),
                                word)));
    }
}
