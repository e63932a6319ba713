package parathink.models;

/**
 * The most tokens one session may decode, all its branches and judges together.
 *
 * @param tokens at least 1
 */
public record Budget(long tokens) {
    public static final Budget UNLIMITED = new Budget(Long.MAX_VALUE);

    public Budget {
        if (tokens < 1) {
            throw new IllegalArgumentException("budget must be at least 1 token, got " + tokens);
        }
    }
}
