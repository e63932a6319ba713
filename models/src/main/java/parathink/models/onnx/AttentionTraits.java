package parathink.models.onnx;

import java.util.List;

/**
 * What the attention of one family has and that of another has not.
 *
 * @param inputBiases whether queries, keys and values have biases
 * @param outputBias whether what attention gives has one
 * @param headNorms whether each head of queries and keys is brought to a mean square of 1 and scaled, before it is rotated
 * @param windows for each layer, how many tokens one attends to, itself included and counted in the cache; 0 for all. Empty
 *     where every layer sees all
 */
record AttentionTraits(boolean inputBiases, boolean outputBias, boolean headNorms, List<Integer> windows) {
    /** No more than the attention of Llama. */
    static final AttentionTraits PLAIN = new AttentionTraits(false, false, false, List.of());

    AttentionTraits {
        windows = windows.stream().anyMatch(window -> window > 0) ? List.copyOf(windows) : List.of();
        if (windows.stream().anyMatch(window -> window < 0)) {
            throw new IllegalArgumentException("a window must not be negative, got " + windows);
        }
    }

    /** Tokens that one of this layer attends to; 0 for all. */
    int window(int layer) {
        return windows.isEmpty() ? 0 : windows.get(layer);
    }
}
