package parathink.eval.comparison;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Whether two runs are equally accurate: the chance of a total difference at least as far from zero, when every problem's
 * difference might as well have had the other sign. With one repeat this is McNemar's exact test (1947); with more repeats a
 * problem with all its repeats is one unit, so that repeats are not taken for problems. The distribution is counted exactly.
 *
 * @param exact chance of a total as far from zero or further
 * @param mid the same with half the chance of a total as far, the mid-p that Fagerland, Lydersen and Laake (2013) recommend for
 *     McNemar's test: its error rate is near the level that is asked for, where that of the exact one is well below
 * @param counted whether the distribution was counted; it is taken to be normal where counting would take minutes
 */
record SignFlipTest(double exact, double mid, boolean counted) {
    private static final double MOST_STEPS = 5e8;
    private static final double EQUAL = 1e-12; // of chances that differ by rounding only
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    /** Tests differences in whole units, one a problem. */
    static SignFlipTest of(long[] differences) {
        var sizes = Arrays.stream(differences)
                .map(Math::abs)
                .filter(size -> size > 0)
                .sorted()
                .toArray();
        if (sizes.length == 0) {
            return new SignFlipTest(1, 1, true); // nothing differs, so there is nothing to test
        }
        long observed = Math.abs(Arrays.stream(differences).sum());
        double reach = Arrays.stream(sizes).sum();
        if (reach * sizes.length > MOST_STEPS) {
            return normal(differences);
        }
        var chances = chances(sizes);
        double beyond = 0;
        double asFar = observed == 0 ? chances[chances.length / 2] : 0;
        int middle = chances.length / 2;
        for (int total = 0; total <= middle; total++) {
            double both = total == 0 ? 0 : chances[middle + total] + chances[middle - total];
            if (total == observed) {
                asFar += both;
            } else if (total > observed) {
                beyond += both;
            }
        }
        return new SignFlipTest(clamp(beyond + asFar), clamp(beyond + asFar / 2), true);
    }

    /** Chances of every total, from the smallest to the largest, zero in the middle. */
    private static double[] chances(long[] sizes) {
        int reach = Math.toIntExact(Arrays.stream(sizes).sum());
        var chances = new double[2 * reach + 1];
        chances[reach] = 1;
        int reached = 0;
        for (long size : sizes) {
            int step = (int) size;
            var next = new double[chances.length];
            for (int total = reach - reached; total <= reach + reached; total++) {
                double half = chances[total] / 2;
                next[total - step] += half;
                next[total + step] += half;
            }
            reached += step;
            chances = next;
        }
        return chances;
    }

    /** The same with a normal distribution in place of the counted one; some difference must not be zero. */
    static SignFlipTest normal(long[] differences) {
        double sum = 0;
        double squares = 0;
        for (long difference : differences) {
            sum += difference;
            squares += (double) difference * difference;
        }
        double chance = 2 * NORMAL.survivalProbability(Math.abs(sum) / Math.sqrt(squares));
        return new SignFlipTest(clamp(chance), clamp(chance), false);
    }

    private static double clamp(double chance) {
        return chance > 1 - EQUAL ? 1 : chance;
    }
}
