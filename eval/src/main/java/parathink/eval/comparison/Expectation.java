package parathink.eval.comparison;

/** What 1, 2, … completions of one attempt achieve on average over their choice, at index k - 1. */
final class Expectation {
    private final double[] means;
    private final double[] variances;

    /**
     * Figures of one attempt.
     *
     * @param variances that the drawing of subsets leaves in the means; 0 where they are exact
     */
    Expectation(double[] means, double[] variances) {
        this.means = means;
        this.variances = variances;
    }

    static Expectation exact(double[] means) {
        return new Expectation(means, new double[means.length]);
    }

    double[] means() {
        return means;
    }

    double[] variances() {
        return variances;
    }
}
