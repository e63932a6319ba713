package parathink.models;

import java.util.Objects;

/**
 * One call of a method of several: what the model reads and what ends its text.
 *
 * @param prompt what it reads
 * @param stop what ends its text
 * @param mostTokens the most that the model was taught to write there; no strategy's limit goes beyond it
 */
public record Step(Prompt prompt, StopRule stop, int mostTokens) {
    public Step {
        Objects.requireNonNull(prompt, "prompt");
        Objects.requireNonNull(stop, "stop");
        if (mostTokens < 1) {
            throw new IllegalArgumentException("mostTokens must be at least 1, got " + mostTokens);
        }
    }

    /** A step that is limited by its strategy alone. */
    public static Step of(Prompt prompt, StopRule stop) {
        return new Step(prompt, stop, Integer.MAX_VALUE);
    }

    /** How it is drawn: as asked, within the limit of tokens. */
    public SamplingParams within(SamplingParams sampling) {
        return new SamplingParams(
                sampling.temperature(),
                sampling.topK(),
                sampling.topP(),
                sampling.minP(),
                Math.min(sampling.maxTokens(), mostTokens));
    }
}
