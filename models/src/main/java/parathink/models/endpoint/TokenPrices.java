package parathink.models.endpoint;

/**
 * What a server's tokens cost, in USD a million.
 *
 * @param in of the prompt, cached or not
 * @param out decoded
 */
public record TokenPrices(double in, double out) {
    private static final double MILLION = 1e6;

    public TokenPrices {
        if (!(in >= 0 && out >= 0 && in + out > 0) || Double.isInfinite(in + out)) {
            throw new IllegalArgumentException(
                    "prices must be 0 or more, and one of them above 0, got %s and %s".formatted(in, out));
        }
    }

    double of(long prompt, long decoded) {
        return (in * prompt + out * decoded) / MILLION;
    }
}
