package parathink.eval.comparison;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Expected accuracy and spend of a strategy with 1, 2, … completions, a figure a problem; a strategy that cannot be brought to
 * another spend is a curve of one point. Between two points it stands for choosing one of the two sizes at random, which
 * spends and achieves in between. Immutable.
 */
final class SpendCurve {
    private static final double EQUAL = 1e-12; // of accuracies that differ by rounding only

    private final double[][] accuracy; // (problem, point)
    private final double[][] spend; // (problem, point); means grow from point to point

    private final double[][] drawing; // (problem, point)

    /** A curve whose accuracies are exact. */
    SpendCurve(double[][] accuracy, double[][] spend) {
        this(accuracy, spend, new double[accuracy.length][accuracy.length == 0 ? 0 : accuracy[0].length]);
    }

    /**
     * A curve.
     *
     * @param drawing variances that the drawing of subsets leaves in the accuracies; 0 where they are exact
     */
    SpendCurve(double[][] accuracy, double[][] spend, double[][] drawing) {
        if (accuracy.length == 0 || accuracy.length != spend.length) {
            throw new IllegalArgumentException(
                    "%d problems with an accuracy, %d with a spend".formatted(accuracy.length, spend.length));
        }
        this.accuracy = accuracy;
        this.spend = spend;
        this.drawing = drawing;
    }

    /** Standard error that the drawing of subsets leaves in the mean accuracy with so many completions. */
    double drawingError(double completions) {
        int point = Math.clamp(Math.round(completions), 1, points()) - 1;
        double sum = Arrays.stream(drawing).mapToDouble(row -> row[point]).sum();
        return Math.sqrt(sum) / drawing.length;
    }

    /** Difference to an exact curve that may be an accident of the drawing at one of the points: twice its largest standard error. */
    double noise() {
        return 2
                * IntStream.rangeClosed(1, points())
                        .mapToDouble(this::drawingError)
                        .max()
                        .orElseThrow();
    }

    /** A strategy that stays where it is. */
    static SpendCurve point(double[] accuracy, double[] spend) {
        return new SpendCurve(rows(accuracy), rows(spend));
    }

    private static double[][] rows(double[] values) {
        return Arrays.stream(values).mapToObj(value -> new double[] {value}).toArray(double[][]::new);
    }

    int points() {
        return accuracy[0].length;
    }

    /** Accuracy of each problem with so many completions, also between two whole numbers of them. */
    double[] accuracies(double completions) {
        int below = Math.clamp((int) Math.floor(completions), 1, points());
        int above = Math.min(below + 1, points());
        double share = Math.clamp(completions - below, 0, 1);
        return Arrays.stream(accuracy)
                .mapToDouble(row -> row[below - 1] + share * (row[above - 1] - row[below - 1]))
                .toArray();
    }

    /** Means over problems that count so many times. */
    Line line(int[] times) {
        return new Line(means(accuracy, times), means(spend, times));
    }

    private static double[] means(double[][] values, int[] times) {
        var means = new double[values[0].length];
        for (int problem = 0; problem < values.length; problem++) {
            if (times[problem] > 0) {
                for (int point = 0; point < means.length; point++) {
                    means[point] += times[problem] * values[problem][point];
                }
            }
        }
        for (int point = 0; point < means.length; point++) {
            means[point] /= values.length;
        }
        return means;
    }

    /** A curve of means. Immutable. */
    static final class Line {
        private final double[] accuracy; // by point
        private final double[] spend; // by point, growing

        Line(double[] accuracy, double[] spend) {
            this.accuracy = accuracy;
            this.spend = spend;
        }

        double first() {
            return spend[0];
        }

        double last() {
            return spend[spend.length - 1];
        }

        /** Accuracy at a spend; that of the nearest end outside of the curve. */
        double accuracyAt(double wanted) {
            return between(accuracy, wanted);
        }

        /** Completions at a spend, a whole number at the points. */
        double completionsAt(double wanted) {
            var counts = new double[spend.length];
            Arrays.setAll(counts, i -> i + 1.0);
            return between(counts, wanted);
        }

        private double between(double[] values, double wanted) {
            int above = 0;
            while (above < spend.length && spend[above] < wanted) {
                above++;
            }
            if (above == 0) {
                return values[0];
            }
            if (above == spend.length) {
                return values[spend.length - 1];
            }
            double share = (wanted - spend[above - 1]) / (spend[above] - spend[above - 1]);
            return values[above - 1] + share * (values[above] - values[above - 1]);
        }

        /**
         * The spend from which on the one that leads at the largest common spend is never behind again: where the sign of the
         * difference changes last. Not a number where it never does.
         *
         * @param noise difference up to which the two are taken to be level, such as what the drawing of subsets leaves open
         */
        double crossing(Line other, double noise) {
            double from = Math.max(first(), other.first());
            double to = Math.min(last(), other.last());
            var knots = DoubleStream.concat(Arrays.stream(spend), Arrays.stream(other.spend))
                    .filter(at -> at >= from && at <= to)
                    .distinct()
                    .sorted()
                    .toArray();
            double leader = 0; // sign of the difference where there was one last, coming from above
            double ahead = 0; // the difference there; 0 where the two were level below it
            double at = Double.NaN;
            for (int i = knots.length - 1; i >= 0; i--) {
                double lead = accuracyAt(knots[i]) - other.accuracyAt(knots[i]);
                boolean level = Math.abs(lead) < EQUAL + noise;
                if (!level && leader != 0 && Math.signum(lead) != leader) {
                    return at - (at - knots[i]) * Math.abs(ahead) / (Math.abs(ahead) + Math.abs(lead));
                }
                leader = level ? leader : Math.signum(lead);
                ahead = level ? 0 : lead;
                at = knots[i];
            }
            return Double.NaN;
        }

        /** The smallest spend at which this curve is as accurate as wanted; infinite where it never is. */
        double spendFor(double wanted) {
            for (int point = 0; point < spend.length; point++) {
                if (accuracy[point] >= wanted - EQUAL) {
                    if (point == 0) {
                        return spend[point];
                    }
                    double share = (Math.min(wanted, accuracy[point]) - accuracy[point - 1])
                            / (accuracy[point] - accuracy[point - 1]);
                    return spend[point - 1] + share * (spend[point] - spend[point - 1]);
                }
            }
            return Double.POSITIVE_INFINITY;
        }
    }
}
