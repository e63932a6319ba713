package parathink.models;

import java.util.Locale;

/**
 * Measures the confidence of every token of a decode, and ends the decode as soon as a whole group of them falls below a floor
 * (DeepConf: Fu et al., 2025, section 3.3). Without a watch nothing is measured.
 *
 * @param candidates the most probable tokens whose log-probabilities are averaged, at least 1; all where there are fewer
 * @param window tokens in a group, at least 1; a text shorter than that never ends by its confidence
 * @param floor the least mean of a group that may go on; negative infinity to measure only
 */
public record ConfidenceWatch(int candidates, int window, double floor) {
    public ConfidenceWatch {
        if (candidates < 1) {
            throw new IllegalArgumentException("candidates must be at least 1, got " + candidates);
        }
        if (window < 1) {
            throw new IllegalArgumentException("window must be at least 1, got " + window);
        }
        if (Double.isNaN(floor)) {
            throw new IllegalArgumentException("floor must be a number");
        }
    }

    /** Measures, and ends nothing. */
    public static ConfidenceWatch measuring(int candidates, int window) {
        return new ConfidenceWatch(candidates, window, Double.NEGATIVE_INFINITY);
    }

    /** Whether a decode ends after the token that was added to its group last. */
    public boolean ends(GroupConfidence group) {
        return group.isFull() && group.mean() < floor;
    }

    /** How many of these tokens are decoded before this watch ends the decode; all of them if it does not. */
    public int tokensUntilEnd(Confidence confidence) {
        var group = new GroupConfidence(window);
        var tokens = confidence.tokens();
        for (int i = 0; i < tokens.length; i++) {
            group.add(tokens[i]);
            if (ends(group)) {
                return i + 1;
            }
        }
        return tokens.length;
    }

    /** Whether a decode with these confidences ends before its own end. */
    public boolean cuts(Confidence confidence) {
        return tokensUntilEnd(confidence) < confidence.size();
    }

    /** Why a decode that this watch ended ended, for the record. */
    public String reason() {
        return String.format(Locale.ROOT, "group confidence below %.3f", floor);
    }
}
