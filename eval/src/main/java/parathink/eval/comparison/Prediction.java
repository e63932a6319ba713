package parathink.eval.comparison;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;

/** A total with its 95 % prediction interval. */
public record Prediction(double value, double low, double high) {
    private static final double TAIL = 0.025;

    /**
     * Of a sum over new problems, each so many times, given what the attempts at some problems spent. Its variance has three
     * parts: between new problems, within them, and that of the pilot's mean (analysis of variance, one random factor). A
     * pilot with one attempt a problem does not tell the first two apart; all of it is then taken to lie between problems,
     * which is the widest that the interval can be.
     */
    static Prediction of(List<double[]> spent, int problems, int repeats) {
        int m = spent.size();
        var means = spent.stream()
                .mapToDouble(attempts -> Arrays.stream(attempts).sum() / attempts.length)
                .toArray();
        double mean = Arrays.stream(means).sum() / m;
        double ofMeans = squares(means) / (m - 1);
        long spare = spent.stream().mapToLong(attempts -> attempts.length - 1).sum();
        double within =
                spare == 0 ? 0 : spent.stream().mapToDouble(Prediction::squares).sum() / spare;
        double shareOfOne =
                spent.stream().mapToDouble(attempts -> 1.0 / attempts.length).sum() / m;
        double between = Math.max(0, ofMeans - within * shareOfOne);
        double total = (double) problems * repeats;
        double t = TDistribution.of(m - 1.0).inverseSurvivalProbability(TAIL);
        double half = t * Math.sqrt(total * repeats * between + total * within + total * total * ofMeans / m);
        return new Prediction(mean * total, Math.max(0, mean * total - half), mean * total + half);
    }

    /** The same in another unit. */
    Prediction times(double factor) {
        return new Prediction(value * factor, low * factor, high * factor);
    }

    /** Squared deviations from the mean, added up. */
    private static double squares(double[] values) {
        double mean = Arrays.stream(values).sum() / values.length;
        return Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
    }
}
