package parathink.eval.evidence;

/**
 * The sizes of a model that decide what a completion costs to compute.
 *
 * @param layers of the decoder
 * @param hidden width of the stream between layers
 * @param keyValue width of the keys of all heads together, and of the values
 * @param feedForward inner width of the feed-forward part
 */
public record ModelShape(int layers, int hidden, int keyValue, int feedForward) {
    public ModelShape {
        if (Math.min(Math.min(layers, hidden), Math.min(keyValue, feedForward)) < 1) {
            throw new IllegalArgumentException("the sizes of a model are 1 or more, got %d, %d, %d, %d"
                    .formatted(layers, hidden, keyValue, feedForward));
        }
    }

    /**
     * Multiplications of a completion ("To Backtrack or Not to Backtrack", 2025: section on compute): what grows with its tokens,
     * and attention, which grows with their square. The prompt is left out.
     */
    public double cost(long tokens) {
        double h = hidden;
        double linear = 2 * h * h + 2 * h * keyValue + 3 * h * feedForward;
        return layers * (linear * tokens + h * tokens * (tokens + 1) / 2);
    }
}
