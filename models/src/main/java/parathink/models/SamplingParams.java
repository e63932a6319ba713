package parathink.models;

/**
 * How the next token is drawn.
 *
 * @param temperature 0 for greedy, otherwise the divisor of the logits
 * @param topK keep the k most probable tokens; 0 for all
 * @param topP keep the most probable tokens that together reach this share, in (0, 1]
 * @param minP keep tokens at least this share as probable as the most probable one, in [0, 1]
 * @param maxTokens the most tokens one decode may give, the stop token included
 */
public record SamplingParams(double temperature, int topK, double topP, double minP, int maxTokens) {
    public SamplingParams {
        if (!(temperature >= 0) || temperature > 100) {
            throw new IllegalArgumentException("temperature must be between 0 and 100, got " + temperature);
        }
        if (topK < 0) {
            throw new IllegalArgumentException("top-k must be 0 (all tokens) or more, got " + topK);
        }
        if (!(topP > 0 && topP <= 1)) {
            throw new IllegalArgumentException("top-p must be above 0 and at most 1, got " + topP);
        }
        if (!(minP >= 0 && minP <= 1)) {
            throw new IllegalArgumentException("min-p must be between 0 and 1, got " + minP);
        }
        if (maxTokens < 1) {
            throw new IllegalArgumentException("max-tokens must be at least 1, got " + maxTokens);
        }
    }

    /** Drawn at another temperature, with another limit. */
    public SamplingParams with(double otherTemperature, int otherMaxTokens) {
        return new SamplingParams(otherTemperature, topK, topP, minP, otherMaxTokens);
    }

    /** The same limits with temperature 0: always the most probable token. */
    public SamplingParams greedy() {
        return new SamplingParams(0, 0, 1, 0, maxTokens);
    }

    public boolean isGreedy() {
        return temperature == 0;
    }
}
