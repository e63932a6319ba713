package parathink.eval.bench;

/**
 * What is decoded in one measurement.
 *
 * @param rows side by side, at least 1
 * @param context tokens of each row's prompt, at least 1
 * @param tokens that each row decodes, at least 1
 */
public record BenchShape(int rows, int context, int tokens) {
    public BenchShape {
        if (rows < 1 || context < 1 || tokens < 1) {
            throw new IllegalArgumentException(
                    "rows, context and tokens must be at least 1, got %d, %d and %d".formatted(rows, context, tokens));
        }
    }

    /** Tokens that one row holds in the end: its prompt, what it decoded, and the one that was drawn from the prompt. */
    public int length() {
        return Math.addExact(Math.addExact(context, tokens), 1);
    }
}
