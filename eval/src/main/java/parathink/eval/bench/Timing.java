package parathink.eval.bench;

/**
 * How long one measurement took.
 *
 * @param prefillTokens of all prompts
 * @param prefillSeconds until each row had its first token
 * @param decodeTokens of all rows, without those first ones
 * @param decodeSeconds for these
 */
public record Timing(long prefillTokens, double prefillSeconds, long decodeTokens, double decodeSeconds) {
    public Timing {
        if (prefillTokens < 1 || decodeTokens < 1 || !isTime(prefillSeconds) || !isTime(decodeSeconds)) {
            throw new IllegalArgumentException(
                    "a measurement needs tokens and times above 0, got %d in %s s, %d in %s s"
                            .formatted(prefillTokens, prefillSeconds, decodeTokens, decodeSeconds));
        }
    }

    private static boolean isTime(double seconds) {
        return seconds > 0 && Double.isFinite(seconds);
    }

    /** Prompt tokens a second. */
    public double prefillSpeed() {
        return prefillTokens / prefillSeconds;
    }

    /** Decoded tokens a second, of all rows together. */
    public double decodeSpeed() {
        return decodeTokens / decodeSeconds;
    }
}
