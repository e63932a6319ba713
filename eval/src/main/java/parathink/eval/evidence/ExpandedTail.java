package parathink.eval.evidence;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * How far out percentiles of resampled problems are taken, so that an interval for a mean of so many problems is as wide as
 * Student's: the expanded percentile interval (Hesterberg, 2015). Immutable; may be used from any thread.
 *
 * @param problems that are drawn from, 2 or more
 */
public record ExpandedTail(int problems) {
    private static final double TAIL = 0.025;
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    public ExpandedTail {
        if (problems < 2) {
            throw new IllegalArgumentException("an interval needs 2 problems or more, got " + problems);
        }
    }

    /** Draws left out at either end of a 95 % interval: a tail of B draws has rank tail (B + 1), at least the outermost. */
    public int cut(int draws) {
        double student = TDistribution.of(problems - 1.0).inverseSurvivalProbability(TAIL);
        double tail = NORMAL.cumulativeProbability(-student * Math.sqrt(problems / (problems - 1.0)));
        return Math.max(0, (int) Math.floor(tail * (draws + 1)) - 1);
    }

    /**
     * Ends of a 95 % interval for a figure, from what it was in resamples; those that are not a number are left out. From a single
     * problem, which shows no spread, the whole range.
     *
     * @return the lower and the upper end; not numbers where no resample has the figure
     */
    public static double[] ends(double[] drawn, int problems) {
        var sorted = Arrays.stream(drawn)
                .filter(figure -> !Double.isNaN(figure))
                .sorted()
                .toArray();
        if (sorted.length == 0) {
            return new double[] {Double.NaN, Double.NaN};
        }
        int cut = problems < 2 ? 0 : new ExpandedTail(problems).cut(sorted.length);
        return new double[] {sorted[cut], sorted[sorted.length - 1 - cut]};
    }

    /** Of the interval that just reaches a value, with so many draws on its other side: the chance that it misses. */
    public double level(long across, int draws) {
        double share = (across + 1.0) / (draws + 1.0);
        double student = NORMAL.inverseSurvivalProbability(share) * Math.sqrt((problems - 1.0) / problems);
        return Math.min(1, 2 * TDistribution.of(problems - 1.0).survivalProbability(student));
    }
}
