package parathink.eval.comparison;

import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Differences of shares that are zero on nearly all problems: drawing these again shows no spread, or none on one side, so a
 * problem won and a problem lost are added and Wald's interval is taken (Bonett and Price, 2012). For shares that are neither 0
 * nor 1, squares take the place of counts.
 *
 * @param value mean difference
 * @param centre of the interval
 * @param deviation standard error
 */
record FewDifferences(double value, double centre, double deviation) {
    private static final int FEW = 10;
    private static final double EQUAL = 1e-9; // of shares that differ by rounding only
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    private static final double Z = NORMAL.inverseSurvivalProbability(0.025);

    /** Nothing where enough problems differ to draw them again. */
    static Optional<FewDifferences> in(double[] differences) {
        if (!areFew(differences)) {
            return Optional.empty();
        }
        double sum = Arrays.stream(differences).sum();
        double squares = Arrays.stream(differences).map(value -> value * value).sum() + 2;
        double n = differences.length + 2.0;
        double centre = sum / n;
        return Optional.of(
                new FewDifferences(sum / differences.length, centre, Math.sqrt((squares / n - centre * centre) / n)));
    }

    /**
     * Whether the differences are worth fewer than 10 equal ones: the square of the sum of their sizes by the sum of their squares
     * (Kish's effective size, 1965). So one large difference among many tiny ones is one, and rounding is none.
     */
    private static boolean areFew(double[] differences) {
        double sizes = 0;
        double squares = 0;
        for (double difference : differences) {
            double size = Math.abs(difference);
            if (size > EQUAL) {
                sizes += size;
                squares += size * size;
            }
        }
        return squares == 0 || sizes * sizes / squares < FEW - EQUAL;
    }

    Interval interval() {
        double half = Z * deviation;
        return new Interval(
                value,
                Math.max(-1, Math.min(value, centre - half)),
                Math.min(1, Math.max(value, centre + half)),
                Interval.Method.ADJUSTED_WALD);
    }

    /** Of no difference: where the interval reaches zero. */
    double pValue() {
        return 2 * NORMAL.survivalProbability(Math.abs(centre) / deviation);
    }
}
