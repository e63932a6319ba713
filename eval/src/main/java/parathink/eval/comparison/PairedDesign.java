package parathink.eval.comparison;

import org.apache.commons.statistics.distribution.NormalDistribution;
import org.hipparchus.analysis.solvers.BrentSolver;

/**
 * What a paired comparison of some problems can see, by the normal approximation for McNemar's test (Connor, 1987) with the
 * variance of a problem's difference in place of the share of discordant pairs: under no difference the mean square of a problem's
 * difference is its variance and the square of the difference wanted.
 *
 * @param variance of one problem's difference, repeats averaged
 */
record PairedDesign(double variance) {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    private static final double Z = NORMAL.inverseSurvivalProbability(Difference.LEVEL / 2);
    private static final double ACCURACY = 1e-9;
    private static final int MOST_STEPS = 200;

    PairedDesign {
        if (!(variance >= 0)) {
            throw new IllegalArgumentException("a variance must be 0 or more, got " + variance);
        }
    }

    /** Chance of calling a true difference different. */
    double power(double difference, double problems) {
        double spread = Math.sqrt(variance);
        double without = Z * Math.sqrt(variance + difference * difference);
        double expected = Math.abs(difference) * Math.sqrt(problems);
        if (spread == 0) {
            return expected > without ? 1 : 0;
        }
        return NORMAL.cumulativeProbability((expected - without) / spread)
                + NORMAL.cumulativeProbability((-expected - without) / spread);
    }

    /** The fewest problems, not rounded, with which a true difference is seen so often. */
    double problems(double difference, double power) {
        double root = (Z * Math.sqrt(variance + difference * difference)
                        + NORMAL.inverseCumulativeProbability(power) * Math.sqrt(variance))
                / difference;
        return root * root;
    }

    /** The smallest true difference that is seen so often; 1 where none is. */
    double smallestDifference(double problems, double power) {
        if (power(1, problems) < power) {
            return 1;
        }
        return new BrentSolver(ACCURACY).solve(MOST_STEPS, difference -> power(difference, problems) - power, 0, 1);
    }
}
