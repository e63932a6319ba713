package parathink.eval.evidence;

import java.util.Arrays;
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
        var drawn = turned(new Resamples(resamples, seed, values.length).means(values));
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
        return around(mean, drawn, ofColumn.length);
    }

    /** A share with the interval that its resamples give it. */
    static Estimate around(double value, double[] drawn, int problems) {
        var ends = ExpandedTail.ends(drawn, problems);
        return new Estimate(
                value, Math.clamp(ends[0], 0, value), Math.clamp(ends[1], value, 1), Estimate.Method.BOOTSTRAP);
    }

    private static boolean all(double[] values, DoublePredicate predicate) {
        return Arrays.stream(values).allMatch(predicate);
    }

    /**
     * Figures of problems drawn again, by resample; the same draws whatever is figured.
     *
     * @param problems how many there are to draw from
     * @param figures of a resample, given how often each problem is in it; NaN where it has none; called by several threads
     * @return (figure, resample)
     */
    double[][] resampled(int problems, Function<int[], double[]> figures) {
        return turned(new Resamples(resamples, seed, problems).figures(figures));
    }

    /**
     * Figures of the means over problems drawn again, by resample, with the same draws.
     *
     * @param values (problem, column)
     * @param figures of the means of a resample by column; NaN where it has none; called by several threads
     * @return (figure, resample)
     */
    double[][] resampledMeans(double[][] values, Function<double[], double[]> figures) {
        return turned(Arrays.stream(new Resamples(resamples, seed, values.length).means(values))
                .parallel()
                .map(figures)
                .toArray(double[][]::new));
    }

    private static double[][] turned(double[][] rows) {
        var columns = new double[rows[0].length][rows.length];
        for (int row = 0; row < rows.length; row++) {
            for (int column = 0; column < columns.length; column++) {
                columns[column][row] = rows[row][column];
            }
        }
        return columns;
    }
}
