package parathink.eval.evidence;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoublePredicate;
import java.util.function.Function;
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
        int cut = ofColumn.length < 2 ? 0 : new ExpandedTail(ofColumn.length).cut(resamples); // one shows no spread
        double low = Math.clamp(drawn[cut], 0, mean);
        double high = Math.clamp(drawn[resamples - 1 - cut], mean, 1);
        return new Estimate(mean, low, high, Estimate.Method.BOOTSTRAP);
    }

    private static boolean all(double[] values, DoublePredicate predicate) {
        return Arrays.stream(values).allMatch(predicate);
    }

    /**
     * Figures of problems drawn again, by resample; the same draws whatever is figured.
     *
     * @param problems how many there are to draw from
     * @param figures of a resample, given how often each problem is in it; NaN where it has none
     * @return (figure, resample)
     */
    double[][] resampled(int problems, Function<int[], double[]> figures) {
        var random = new SplittableRandom(seed);
        var times = new int[problems];
        var drawn = new double[resamples][];
        for (int resample = 0; resample < resamples; resample++) {
            Arrays.fill(times, 0);
            for (int i = 0; i < problems; i++) {
                times[random.nextInt(problems)]++;
            }
            drawn[resample] = figures.apply(times);
        }
        var byFigure = new double[drawn[0].length][resamples];
        for (int resample = 0; resample < resamples; resample++) {
            for (int figure = 0; figure < byFigure.length; figure++) {
                byFigure[figure][resample] = drawn[resample][figure];
            }
        }
        return byFigure;
    }

    /** The figures at both ends of the middle 95 %; those that are NaN are left out. */
    static double[] ends(double[] figures) {
        var sorted = Arrays.stream(figures)
                .filter(figure -> !Double.isNaN(figure))
                .sorted()
                .toArray();
        if (sorted.length == 0) {
            return new double[] {Double.NaN, Double.NaN};
        }
        int cut = (int) Math.floor(TAIL * sorted.length);
        return new double[] {sorted[cut], sorted[sorted.length - 1 - cut]};
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
