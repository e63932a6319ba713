package parathink.models.onnx;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import parathink.models.ModelException;

/**
 * Families of decoders whose graph we write: RMS norms, rotary positions, gated feed-forward and grouped-query attention
 * are common to all of them, and what differs is said here.
 */
enum DecoderFamily {
    /** No biases at all. */
    LLAMA(false),
    /** Biases on queries, keys and values (Yang et al., 2024, section 2.2.1). */
    QWEN2(true);

    /** Whether queries, keys and values have biases. */
    final boolean biased;

    DecoderFamily(boolean biased) {
        this.biased = biased;
    }

    /** The word of {@code config.json}. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The family of this {@code model_type}. */
    static DecoderFamily of(String word, String origin) {
        return Arrays.stream(values())
                .filter(family -> family.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new ModelException(
                        ModelException.Kind.UNUSABLE,
                        "%s: model_type must be one of %s, got %s"
                                .formatted(
                                        origin,
                                        Arrays.stream(values())
                                                .map(DecoderFamily::word)
                                                .collect(Collectors.joining(", ")),
                                        word)));
    }
}
