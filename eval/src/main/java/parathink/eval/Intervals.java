package parathink.eval;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoublePredicate;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * 95 % intervals of means over problems: Wilson's where every problem gives one yes or no; otherwise by drawing the problems
 * again, each with all it has (cluster bootstrap), from a seeded stream. Immutable; may be used from any thread.
 *
 * @param resamples at least 2,000
 * @param seed of the stream
 */
public record Intervals(int resamples, long seed) {
    private static final double TAIL = 0.025;
    private static final double Z = NormalDistribution.of(0, 1).inverseSurvivalProbability(TAIL);

    public static final Intervals DEFAULT = new Intervals(2000, 1);

    public Intervals {
        if (resamples < 2000) {
            throw new IllegalArgumentException("at least 2000 resamples are needed, got " + resamples);
        }
    }

    /** Wilson's interval for some yeses among independent answers. */
    public Estimate wilson(long yes, long of) {
        if (of < 1 || yes < 0 || yes > of) {
            throw new IllegalArgumentException("not a share: %d of %d".formatted(yes, of));
        }
        double share = (double) yes / of;
        double z2 = Z * Z;
        double centre = (share + z2 / (2 * of)) / (1 + z2 / of);
        double half = Z / (1 + z2 / of) * Math.sqrt(share * (1 - share) / of + z2 / (4.0 * of * of));
        return new Estimate(
                share,
                yes == 0 ? 0 : Math.max(0, centre - half),
                yes == of ? 1 : Math.min(1, centre + half),
                Estimate.Method.WILSON);
    }

    /**
     * The mean of each column over all problems.
     *
     * @param values (problem, column), each from 0 to 1
     */
    public Estimate[] means(double[][] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("there is no problem to take a mean over");
        }
        int columns = values[0].length;
        var estimates = new Estimate[columns];
        var drawn = resample(values, columns);
        for (int column = 0; column < columns; column++) {
            estimates[column] = estimate(values, column, drawn[column]);
        }
        return estimates;
    }

    /** The mean of one value a problem. */
    public Estimate mean(double[] values) {
        return means(
                Arrays.stream(values).mapToObj(value -> new double[] {value}).toArray(double[][]::new))[0];
    }

    private Estimate estimate(double[][] values, int column, double[] drawn) {
        var ofColumn = Arrays.stream(values).mapToDouble(row -> row[column]).toArray();
        double mean = Math.clamp(Arrays.stream(ofColumn).sum() / ofColumn.length, 0, 1);
        if (all(ofColumn, value -> value == 0) || all(ofColumn, value -> value == 1)) {
            return wilson(Math.round(mean * ofColumn.length), ofColumn.length); // drawing equals again shows no spread
        }
        Arrays.sort(drawn);
        int cut = (int) Math.floor(TAIL * resamples);
        double low = Math.clamp(drawn[cut], 0, mean);
        double high = Math.clamp(drawn[resamples - 1 - cut], mean, 1);
        return new Estimate(mean, low, high, Estimate.Method.BOOTSTRAP);
    }

    private static boolean all(double[] values, DoublePredicate predicate) {
        return Arrays.stream(values).allMatch(predicate);
    }

    /** Means by column and resample; every column of one resample from the same problems. */
    private double[][] resample(double[][] values, int columns) {
        var random = new SplittableRandom(seed);
        var means = new double[columns][resamples];
        var sums = new double[columns];
        var times = new int[values.length];
        for (int resample = 0; resample < resamples; resample++) {
            Arrays.fill(times, 0);
            Arrays.fill(sums, 0);
            for (int i = 0; i < values.length; i++) {
                times[random.nextInt(values.length)]++;
            }
            for (int problem = 0; problem < values.length; problem++) {
                if (times[problem] > 0) {
                    addTimes(sums, values[problem], times[problem]);
                }
            }
            for (int column = 0; column < columns; column++) {
                means[column][resample] = sums[column] / values.length;
            }
        }
        return means;
    }

    private static void addTimes(double[] sums, double[] row, int times) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += times * row[i];
        }
    }
}
