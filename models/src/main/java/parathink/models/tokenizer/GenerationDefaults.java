package parathink.models.tokenizer;

import java.util.Optional;
import parathink.models.SamplingParams;

/** Reads the sampling that a model's makers recommend from its {@code generation_config.json}. */
final class GenerationDefaults {
    private static final double TEMPERATURE = 0.7;
    private static final int MAX_TOKENS = 1024;

    private GenerationDefaults() {}

    static SamplingParams read(Optional<Section> config) {
        if (config.isEmpty()) {
            return new SamplingParams(TEMPERATURE, 0, 1, 0, MAX_TOKENS);
        }
        var file = config.get();
        try {
            return new SamplingParams(
                    number(file, "temperature", TEMPERATURE),
                    count(file, "top_k", 0),
                    number(file, "top_p", 1),
                    number(file, "min_p", 0),
                    count(file, "max_new_tokens", MAX_TOKENS));
        } catch (IllegalArgumentException e) {
            throw file.unusable(e.getMessage());
        }
    }

    private static double number(Section file, String name, double absent) {
        return file.optional(name).map(Section::number).orElse(absent);
    }

    private static int count(Section file, String name, int absent) {
        return file.optional(name).map(Section::count).orElse(absent);
    }
}
