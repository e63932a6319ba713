package parathink.eval.comparison;

/**
 * What tokens cost.
 *
 * @param in of a million tokens of prompt
 * @param out of a million tokens decoded
 */
public record Prices(double in, double out) {
    private static final double MILLION = 1e6;

    public Prices {
        if (!(in >= 0 && out >= 0 && in + out > 0) || Double.isInfinite(in + out)) {
            throw new IllegalArgumentException(
                    "prices must be 0 or more, and one of them above 0, got %s and %s".formatted(in, out));
        }
    }

    double of(double prefill, double work) {
        return (in * prefill + out * work) / MILLION;
    }
}
