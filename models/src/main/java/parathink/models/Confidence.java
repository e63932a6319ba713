package parathink.models;

import java.util.Arrays;
import java.util.Locale;

/**
 * How sure a model was of each token of a completion: the mean negative log-probability of the most probable candidates for
 * its place, larger where the distribution is more peaked (DeepConf: Fu et al., 2025, arXiv 2508.15260). Groups are
 * overlapping runs of {@link #window} tokens; fewer tokens than that are one group. Immutable.
 */
public final class Confidence {
    /** Of a completion whose confidence was not measured. */
    public static final Confidence UNKNOWN = new Confidence(1, new double[0]);

    private final int window;
    private final double[] tokens;

    private Confidence(int window, double[] tokens) {
        this.window = window;
        this.tokens = tokens;
    }

    /**
     * The confidence of tokens, in their order.
     *
     * @param window tokens in a group, at least 1
     * @param tokens finite numbers
     */
    public static Confidence of(int window, double... tokens) {
        if (window < 1) {
            throw new IllegalArgumentException("a group needs at least one token, got " + window);
        }
        for (double token : tokens) {
            if (!Double.isFinite(token)) {
                throw new IllegalArgumentException("a confidence must be a finite number, got " + token);
            }
        }
        return new Confidence(window, tokens.clone());
    }

    /** Whether any token was measured. */
    public boolean isKnown() {
        return tokens.length > 0;
    }

    /** Tokens in a group. */
    public int window() {
        return window;
    }

    /** Tokens measured. */
    public int size() {
        return tokens.length;
    }

    /** The tokens' confidences, in their order; a copy. */
    public double[] tokens() {
        return tokens.clone();
    }

    /** The same tokens in groups of another size. */
    public Confidence grouped(int size) {
        return of(size, tokens);
    }

    /** The mean over all tokens. */
    public double mean() {
        return tail(tokens.length);
    }

    /** The mean over the last tokens, or over all where there are fewer. */
    public double tail(int last) {
        requireKnown();
        return Arrays.stream(tokens, Math.max(0, tokens.length - last), tokens.length)
                .average()
                .orElseThrow();
    }

    /** The mean of each group, in their order. */
    public double[] groups() {
        requireKnown();
        if (tokens.length < window) {
            return new double[] {mean()};
        }
        var running = new GroupConfidence(window);
        var groups = new double[tokens.length - window + 1];
        for (int i = 0; i < tokens.length; i++) {
            running.add(tokens[i]);
            if (running.isFull()) {
                groups[i - window + 1] = running.mean();
            }
        }
        return groups;
    }

    /** The mean of the group that the model was least sure of. */
    public double lowestGroup() {
        return Arrays.stream(groups()).min().orElseThrow();
    }

    /**
     * The mean of the groups that the model was least sure of.
     *
     * @param share of all groups, rounded down, but one at least
     */
    public double bottomGroups(double share) {
        var groups = groups();
        Arrays.sort(groups);
        int lowest = Math.max(1, (int) (share * groups.length));
        return Arrays.stream(groups, 0, lowest).average().orElseThrow();
    }

    private void requireKnown() {
        if (tokens.length == 0) {
            throw new IllegalStateException("the confidence of this completion was not measured");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Confidence that && window == that.window && Arrays.equals(tokens, that.tokens);
    }

    @Override
    public int hashCode() {
        return 31 * window + Arrays.hashCode(tokens);
    }

    @Override
    public String toString() {
        return isKnown()
                ? String.format(Locale.ROOT, "%d tokens, lowest group %.3f", tokens.length, lowestGroup())
                : "unknown";
    }
}
