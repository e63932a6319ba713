package parathink.eval.evidence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How success grows with more completions, by two laws, beside what was measured: one chance for all solvable problems, and one
 * chance a problem. Success is any right (pass@k), in expectation over all subsets. The points of a curve come from the same
 * completions and depend on each other, so intervals are the bootstrap's over problems and residuals are no test.
 *
 * @param problems the curve is a mean over
 * @param saturation fit of the first law
 * @param limit its limit, with an interval
 * @param chance its chance, with an interval
 * @param saturations completions after which one more adds no more than a gain
 * @param betaBinomial fit of the second law
 * @param points one a number of completions
 */
public record Laws(
        int problems,
        SaturationLaw saturation,
        Estimate limit,
        Estimate chance,
        List<Saturation> saturations,
        BetaBinomial betaBinomial,
        List<Point> points) {
    private static final int FEWEST_POINTS = 4; // two parameters, and two residuals to see them fail by
    private static final double[] GAINS = {0.01, 0.005};

    /**
     * Where a law flattens.
     *
     * @param gain of one more completion
     * @param completions from which on it is no larger, by the first law
     * @param betaBinomial from which on it is no larger, by the second law
     */
    public record Saturation(double gain, OptionalInt completions, OptionalInt betaBinomial) {}

    /**
     * Success with k completions.
     *
     * @param observed exact expectation
     * @param law by one chance for all
     * @param betaBinomial by one chance a problem
     */
    public record Point(int k, double observed, double law, double betaBinomial) {}

    public Laws {
        saturations = List.copyOf(saturations);
        points = List.copyOf(points);
    }

    /** Empty when there are fewer than four points, or when no completion or every completion is right. */
    public static Optional<Laws> of(List<Trial> trials, Intervals intervals) {
        var pools = ProblemPools.of(trials);
        int upTo = pools.upTo();
        if (upTo < FEWEST_POINTS) {
            return Optional.empty();
        }
        var shares = pools.pass();
        var observed = mean(shares);
        if (observed[upTo - 1] == 0 || observed[0] == 1) {
            return Optional.empty();
        }
        var law = SaturationLaw.fit(observed);
        var second = BetaBinomial.fit(pools.right(), pools.drawn());
        var bands = bands(shares, law, intervals);
        var points = new ArrayList<Point>();
        for (int k = 1; k <= upTo; k++) {
            points.add(new Point(k, observed[k - 1], law.at(k), second.at(k)));
        }
        var saturations = Arrays.stream(GAINS)
                .mapToObj(gain -> new Saturation(gain, law.saturation(gain), saturation(second, gain)))
                .toList();
        return Optional.of(new Laws(shares.length, law, bands[0], bands[1], saturations, second, points));
    }

    /** Root of the mean squared residual of the first law. */
    public double residual() {
        return Math.sqrt(points.stream()
                .mapToDouble(point -> Math.pow(point.observed() - point.law(), 2))
                .average()
                .orElseThrow());
    }

    /** Root of the mean squared residual of the second law. */
    public double betaBinomialResidual() {
        return Math.sqrt(points.stream()
                .mapToDouble(point -> Math.pow(point.observed() - point.betaBinomial(), 2))
                .average()
                .orElseThrow());
    }

    private static Estimate[] bands(double[][] shares, SaturationLaw law, Intervals intervals) {
        var resampled = intervals.resampledMeans(shares, drawn -> {
            if (drawn[drawn.length - 1] == 0) {
                return new double[] {0, Double.NaN}; // nothing was solved, so that no chance can be told
            }
            var fit = SaturationLaw.fit(drawn);
            return new double[] {fit.limit(), fit.chance()};
        });
        return new Estimate[] {
            Intervals.around(law.limit(), resampled[0], shares.length),
            Intervals.around(law.chance(), resampled[1], shares.length)
        };
    }

    private static double[] mean(double[][] rows) {
        var mean = new double[rows[0].length];
        for (var row : rows) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += row[i] / rows.length;
            }
        }
        return mean;
    }

    /** By bisection: the gain of one more completion falls with their number. */
    private static OptionalInt saturation(BetaBinomial law, double gain) {
        int low = 0;
        int high = 1 << 20;
        if (law.at(high + 1) - law.at(high) > gain) {
            return OptionalInt.empty();
        }
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (law.at(middle + 1) - law.at(middle) <= gain) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return OptionalInt.of(low);
    }
}
