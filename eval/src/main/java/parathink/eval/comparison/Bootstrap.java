package parathink.eval.comparison;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import parathink.eval.evidence.ExpandedTail;

/**
 * Draws problems again with replacement, each with all its repeats (cluster bootstrap). Ends of intervals are percentiles,
 * taken further out the fewer problems there are, so that they are as wide as Student's for a mean: what Hesterberg (2015)
 * calls the expanded percentile interval. Every statistic sees the same resamples. Immutable; may be used from any thread.
 */
public final class Bootstrap {
    private final int problems;
    private final int resamples;
    private final long seed;

    /**
     * Draws problems in a seeded order.
     *
     * @param problems at least 2
     */
    public Bootstrap(int problems, int resamples, long seed) {
        if (problems < 2) {
            throw new IllegalArgumentException("an interval needs 2 problems or more, got " + problems);
        }
        this.problems = problems;
        this.resamples = resamples;
        this.seed = seed;
    }

    /** A figure of some problems, each counted so many times; not a number where it does not exist. */
    public interface Statistic {
        double of(int[] times);
    }

    /** Several figures of the same problems. */
    interface Statistics {
        double[] of(int[] times);
    }

    /** The statistic of the problems as they are, with its interval. */
    public Interval interval(Statistic statistic) {
        return drawn(times -> new double[] {statistic.of(times)}).interval(0);
    }

    /** The statistics of the problems as they are and of every resample. */
    Drawn drawn(Statistics statistics) {
        var root = new SplittableRandom(seed);
        var streams = new SplittableRandom[resamples];
        Arrays.setAll(streams, i -> root.split());
        var rows = IntStream.range(0, resamples)
                .parallel()
                .mapToObj(i -> statistics.of(times(streams[i])))
                .toArray(double[][]::new);
        return new Drawn(statistics.of(once()), rows, new ExpandedTail(problems));
    }

    /** Every problem once. */
    int[] once() {
        var once = new int[problems];
        Arrays.fill(once, 1);
        return once;
    }

    /** Figures with what they were in every resample. Immutable. */
    static final class Drawn {
        private final double[] values; // of the problems as they are
        private final double[][] rows; // (resample, figure)
        private final ExpandedTail tail;

        private Drawn(double[] values, double[][] rows, ExpandedTail tail) {
            this.values = values;
            this.rows = rows;
            this.tail = tail;
        }

        Interval interval(int figure) {
            var drawn = sorted(figure);
            double value = values[figure];
            if (drawn.length == 0) {
                return new Interval(
                        value, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, Interval.Method.BOOTSTRAP);
            }
            int cut = tail.cut(drawn.length);
            double low = Math.min(drawn[cut], value);
            double high = Math.max(drawn[drawn.length - 1 - cut], value);
            return new Interval(value, low, high, Interval.Method.BOOTSTRAP);
        }

        /** The figure of the problems as they are; nothing where it does not exist. */
        Optional<Double> value(int figure) {
            return Double.isNaN(values[figure]) ? Optional.empty() : Optional.of(values[figure]);
        }

        /** Share of the resamples in which the figure exists. */
        double known(int figure) {
            return (double) sorted(figure).length / rows.length;
        }

        /** Of the figure being zero: the level at which the interval, as wide as it is for so few problems, reaches zero. */
        double pValue(int figure) {
            double value = values[figure];
            if (value == 0) {
                return 1;
            }
            var drawn = sorted(figure);
            long across = Arrays.stream(drawn)
                    .filter(other -> value > 0 ? other <= 0 : other >= 0)
                    .count();
            return tail.level(across, drawn.length);
        }

        private double[] sorted(int figure) {
            return Arrays.stream(rows)
                    .mapToDouble(row -> row[figure])
                    .filter(value -> !Double.isNaN(value))
                    .sorted()
                    .toArray();
        }
    }

    private int[] times(SplittableRandom random) {
        var times = new int[problems];
        for (int i = 0; i < problems; i++) {
            times[random.nextInt(problems)]++;
        }
        return times;
    }

    /** The mean of one value a problem. */
    static Statistic mean(double[] values) {
        return times -> {
            double sum = 0;
            for (int i = 0; i < values.length; i++) {
                sum += times[i] * values[i];
            }
            return sum / values.length;
        };
    }

    /** How many times as large the mean of the one value is as that of the other. */
    static Statistic ratio(double[] values, double[] bases) {
        var above = mean(values);
        var below = mean(bases);
        return times -> {
            double base = below.of(times);
            return base == 0 ? Double.NaN : above.of(times) / base;
        };
    }
}
