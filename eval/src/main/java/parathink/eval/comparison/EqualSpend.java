package parathink.eval.comparison;

import java.util.Arrays;
import java.util.Optional;
import parathink.eval.evidence.Intervals;

/**
 * Strategies at the same mean spend: every resample of the problems is matched anew, so that the intervals know that a spend is
 * measured too. Immutable; may be used from any thread.
 *
 * @param bootstrap over the problems
 * @param target the common spend of some problems; nothing where each strategy stays at its own
 */
record EqualSpend(Bootstrap bootstrap, Optional<Bootstrap.Statistic> target) {
    private static final double SAME = 1e-9; // of spends that differ by rounding only

    /**
     * A strategy with its curve, or as a point.
     *
     * @param movable whether it can be brought to another spend
     */
    record Side(SpendCurve curve, boolean movable) {
        double spend(SpendCurve.Line line, double target) {
            return movable ? Math.clamp(target, line.first(), line.last()) : line.first();
        }
    }

    /** A difference in accuracy, with its interval and the p-value of its being none, which agree at the 5 % level. */
    record Tested(Interval difference, double pValue) {
        /** By the bootstrap where enough problems differ. */
        static Tested of(double[] differences, Bootstrap.Drawn drawn, int figure) {
            return FewDifferences.in(differences)
                    .map(few -> new Tested(few.interval(), few.pValue()))
                    .orElseGet(() -> new Tested(drawn.interval(figure), drawn.pValue(figure)));
        }
    }

    /** The spend that a strategy is to be brought to; its own smallest where there is none in common. */
    double wanted(Side side) {
        return wanted(side.curve().line(bootstrap.once()), bootstrap.once());
    }

    private double wanted(SpendCurve.Line line, int[] times) {
        return target.map(common -> common.of(times)).orElse(line.first());
    }

    private double accuracy(Side side, int[] times) {
        var line = side.curve().line(times);
        return line.accuracyAt(side.spend(line, wanted(line, times)));
    }

    /** Accuracy of a strategy at the common spend, or at its own. */
    Interval accuracy(Side side) {
        var resampled = bootstrap.interval(times -> accuracy(side, times));
        return share(resampled, accuracies(side));
    }

    /** A share at a common spend: of few problems, or where few differ, the resamples say too little of its interval. */
    private static Interval share(Interval resampled, double[] ofProblems) {
        var estimate = Intervals.DEFAULT.mean(
                Arrays.stream(ofProblems).map(share -> Math.clamp(share, 0, 1)).toArray());
        return switch (estimate.method()) {
            case PLUS_FOUR ->
                new Interval(
                        resampled.value(),
                        Math.min(resampled.value(), estimate.low()),
                        Math.max(resampled.value(), estimate.high()),
                        Interval.Method.PLUS_FOUR);
            case WILSON, BOOTSTRAP, INVERSION -> resampled;
        };
    }

    /** Whether a strategy is at the common spend. */
    boolean isReachedBy(Side side) {
        return target.isPresent()
                && Math.abs(side.spend(side.curve().line(bootstrap.once()), wanted(side)) / wanted(side) - 1) < SAME;
    }

    /** A strategy against plain majority at the strategy's spend; not adjusted for other comparisons. */
    Matched.Versus versus(Side side, SpendCurve majority) {
        double noise = side.curve().noise();
        var drawn = bootstrap.drawn(times -> {
            var own = side.curve().line(times);
            var plain = majority.line(times);
            double at = side.spend(own, wanted(own, times));
            double here = own.accuracyAt(at);
            double there = plain.accuracyAt(at);
            double crossing = side.movable() ? own.crossing(plain, noise) : Double.NaN;
            return new double[] {there, here - there, plain.spendFor(here), crossing};
        });
        double spend = side.spend(side.curve().line(bootstrap.once()), wanted(side));
        double completions = majority.line(bootstrap.once()).completionsAt(spend);
        var tested = Tested.of(Difference.minus(accuracies(side), majority.accuracies(completions)), drawn, 1);
        return new Matched.Versus(
                completions,
                share(drawn.interval(0), majority.accuracies(completions)),
                tested.difference(),
                tested.pValue(),
                tested.pValue(),
                drawn.interval(2),
                drawn.value(3).map(known -> new Matched.Crossing(drawn.interval(3), drawn.known(3))));
    }

    /** One strategy less another, each at the common spend. */
    Tested difference(Side run, Side reference) {
        var drawn = bootstrap.drawn(times -> new double[] {accuracy(run, times) - accuracy(reference, times)});
        return Tested.of(Difference.minus(accuracies(run), accuracies(reference)), drawn, 0);
    }

    /** Of each problem, with as many completions as bring the mean spend to where it is wanted. */
    private double[] accuracies(Side side) {
        var line = side.curve().line(bootstrap.once());
        return side.curve().accuracies(line.completionsAt(side.spend(line, wanted(side))));
    }
}
