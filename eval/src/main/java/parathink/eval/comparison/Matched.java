package parathink.eval.comparison;

import java.util.Optional;

/**
 * One run against plain majority at the same spend.
 *
 * @param run label
 * @param strategy name
 * @param brought whether it was brought to the common spend; otherwise it stays at its own
 * @param spend mean of a problem, the majority's too
 * @param completions that the run has there, where it is brought
 * @param accuracy at that spend
 * @param versus what plain majority does at that spend; nothing where it is not known
 * @param remark what a reader has to know; empty for nothing
 */
record Matched(
        String run,
        String strategy,
        boolean brought,
        double spend,
        Optional<Double> completions,
        Interval accuracy,
        Optional<Versus> versus,
        String remark) {

    /**
     * Plain majority at the same spend.
     *
     * @param completions of the majority there; between two sizes as if one of them were chosen at random
     * @param accuracy of the majority there
     * @param difference of the run to it
     * @param pValue of no difference: the level at which the interval of the difference reaches zero
     * @param adjusted for all runs together (Holm)
     * @param crossover the smallest spend at which plain majority is as accurate as the run, though it may fall behind again; infinite
     *     where no size of the pool is
     * @param crossing where the curve of the run crosses that of plain majority last; nothing where it has none, or never does
     */
    record Versus(
            double completions,
            Interval accuracy,
            Interval difference,
            double pValue,
            double adjusted,
            Interval crossover,
            Optional<Crossing> crossing) {
        boolean different() {
            return adjusted <= Difference.LEVEL;
        }

        Versus with(double other) {
            return new Versus(completions, accuracy, difference, pValue, other, crossover, crossing);
        }
    }

    /**
     * Where two curves cross.
     *
     * @param spend the largest at which they do; the interval is that of the resamples in which they do
     * @param share of the resamples in which they do
     */
    record Crossing(Interval spend, double share) {}

    Matched with(Versus other) {
        return new Matched(run, strategy, brought, spend, completions, accuracy, Optional.of(other), remark);
    }
}
