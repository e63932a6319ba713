package parathink.eval.evidence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.function.Function;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * 95 % intervals of means over problems. Of few problems, or where few differ from the others, drawing these again shows too little
 * spread or none: two right and two wrong ones are added and Wald's interval is taken. Of more, Wilson's where every problem gives one
 * yes or no; otherwise by drawing the problems again, each with all it has (cluster bootstrap), from a seeded stream. Immutable; may
 * be used from any thread.
 *
 * @param resamples at least 2,000
 * @param seed of the stream
 */
public record Intervals(int resamples, long seed) {
    private static final double TAIL = 0.025;
    private static final double Z = NormalDistribution.of(0, 1).inverseSurvivalProbability(TAIL);

    private static final int FEW = 20; // problems
    private static final int FEW_DIFFER = 10; // problems that differ from the middle one
    private static final int ADDED = 4;
    private static final double EQUAL = 1e-9; // of shares that differ by rounding only

    public static final Intervals DEFAULT = new Intervals(2000, 1);

    public Intervals {
        if (resamples < 2000) {
            throw new IllegalArgumentException("at least 2000 resamples are needed, got " + resamples);
        }
    }

    /** The interval for some yeses among independent answers. */
    public Estimate share(long yes, long of) {
        if (of < 1 || yes < 0 || yes > of) {
            throw new IllegalArgumentException("not a share: %d of %d".formatted(yes, of));
        }
        return of <= FEW ? plusFour((double) yes, (double) yes, of) : wilson(yes, of);
    }

    /**
     * Wald's interval for a mean of shares after adding two of 0 and two of 1: near its level for few problems, and never a point.
     *
     * @param sum of the shares
     * @param squares sum of their squares
     * @param of problems
     */
    private static Estimate plusFour(double sum, double squares, long of) {
        double value = Math.clamp(sum / of, 0, 1);
        double n = of + (double) ADDED;
        double centre = (sum + ADDED / 2.0) / n;
        double half = Z * Math.sqrt(Math.max(0, (squares + ADDED / 2.0) / n - centre * centre) / n);
        return new Estimate(
                value,
                Math.clamp(centre - half, 0, value),
                Math.clamp(centre + half, value, 1),
                Estimate.Method.PLUS_FOUR);
    }

    private static Estimate wilson(long yes, long of) {
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
        var open = new ArrayList<Integer>(); // columns whose problems are drawn again
        for (int column = 0; column < columns; column++) {
            var shares = column(values, column);
            if (shares.length <= FEW || fewDiffer(shares)) {
                double squares =
                        Arrays.stream(shares).map(share -> share * share).sum();
                estimates[column] = plusFour(Arrays.stream(shares).sum(), squares, shares.length);
            } else {
                open.add(column);
            }
        }
        if (!open.isEmpty()) {
            var drawn = turned(new Resamples(resamples, seed, values.length).means(values));
            for (int column : open) {
                double mean = Arrays.stream(column(values, column)).sum() / values.length;
                estimates[column] = drawn(Math.clamp(mean, 0, 1), drawn[column], values.length);
            }
        }
        return estimates;
    }

    /** The mean of one value a problem. */
    public Estimate mean(double[] values) {
        return means(
                Arrays.stream(values).mapToObj(value -> new double[] {value}).toArray(double[][]::new))[0];
    }

    private static double[] column(double[][] values, int column) {
        return Arrays.stream(values).mapToDouble(row -> row[column]).toArray();
    }

    /** Whether the distances from the middle value are worth fewer than 10 equal ones (Kish's effective size, 1965). */
    private static boolean fewDiffer(double[] values) {
        var sorted = Arrays.stream(values).sorted().toArray();
        double middle = sorted[sorted.length / 2];
        double sizes = 0;
        double squares = 0;
        for (double value : values) {
            double size = Math.abs(value - middle);
            if (size > EQUAL) {
                sizes += size;
                squares += size * size;
            }
        }
        return squares == 0 || sizes * sizes / squares < FEW_DIFFER - EQUAL;
    }

    /**
     * A share that is no mean over problems, with the interval that its resamples give it: of few problems, or where no resample is
     * another, at least as wide as that of as large a share of yeses.
     */
    static Estimate around(double value, double[] drawn, int problems) {
        var percentiles = drawn(value, drawn, problems);
        if (problems > FEW && percentiles.low() < percentiles.high()) {
            return percentiles;
        }
        var yeses = plusFour(value * problems, value * problems, problems);
        return new Estimate(
                value,
                Math.min(percentiles.low(), yeses.low()),
                Math.max(percentiles.high(), yeses.high()),
                Estimate.Method.PLUS_FOUR);
    }

    private static Estimate drawn(double value, double[] drawn, int problems) {
        var ends = ExpandedTail.ends(drawn, problems);
        return new Estimate(
                value, Math.clamp(ends[0], 0, value), Math.clamp(ends[1], value, 1), Estimate.Method.BOOTSTRAP);
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
