package parathink.eval.comparison;

/**
 * Variance of one problem's difference in accuracy between two strategies: between problems, as the strategies differ more on
 * some than on others, and within a problem, as every attempt is a draw. Repeats make the second smaller and leave the first.
 *
 * @param between of the true differences over problems
 * @param within of the difference between one attempt of each
 */
record PairedVariance(double between, double within) {
    PairedVariance {
        if (!(between >= 0 && within >= 0)) {
            throw new IllegalArgumentException("variances must be 0 or more, got %s and %s".formatted(between, within));
        }
    }
}
