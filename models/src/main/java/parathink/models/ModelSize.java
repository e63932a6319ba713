package parathink.models;

/**
 * The shape of a decoder, as far as the cost of a token and the memory of a cache follow from it.
 *
 * @param parameters all weights
 * @param layers of the decoder
 * @param hidden width of the residual stream
 * @param keyValueWidth width of the keys of a layer, all key heads together; that of the values is the same
 * @param intermediate width of the gated feed-forward layer
 */
public record ModelSize(long parameters, int layers, int hidden, int keyValueWidth, int intermediate) {
    public ModelSize {
        if (parameters < 1 || layers < 1 || hidden < 1 || keyValueWidth < 1 || intermediate < 1) {
            throw new IllegalArgumentException(
                    "a model's sizes must be at least 1, got %d parameters, %d layers, widths %d, %d and %d"
                            .formatted(parameters, layers, hidden, keyValueWidth, intermediate));
        }
    }

    /**
     * Multiply-accumulates of decoding tokens one after the other, by the formula of To Backtrack or Not to Backtrack (2025):
     * the matrices of every layer for each token, and attention over the tokens before it. The prompt and the output layer
     * are not in it.
     */
    public double multiplyAccumulates(long tokens) {
        if (tokens < 0) {
            throw new IllegalArgumentException("tokens must be 0 or more, got " + tokens);
        }
        double h = hidden;
        double matrices = 2 * h * h + 2 * h * keyValueWidth + 3 * h * intermediate;
        return layers * (matrices * tokens + h * tokens * (tokens + 1.0) / 2);
    }

    /** Numbers that the keys and values of one token take in a cache. */
    public long cacheNumbers() {
        return 2L * layers * keyValueWidth;
    }
}
