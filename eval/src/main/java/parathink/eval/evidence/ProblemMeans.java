package parathink.eval.evidence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Shares by attempt, averaged within each problem before a mean is taken over problems. Used by one thread. */
final class ProblemMeans {
    private final int columns;
    private final Map<String, List<double[]>> attempts = new LinkedHashMap<>();

    ProblemMeans(int columns) {
        this.columns = columns;
    }

    void add(String problem, double... shares) {
        attempts.computeIfAbsent(problem, key -> new ArrayList<>()).add(shares.clone());
    }

    boolean isEmpty() {
        return attempts.isEmpty();
    }

    /** Problems. */
    int size() {
        return attempts.size();
    }

    /** Means (problem, column). */
    double[][] means() {
        return attempts.values().stream().map(this::mean).toArray(double[][]::new);
    }

    private double[] mean(List<double[]> rows) {
        var mean = new double[columns];
        for (int column = 0; column < columns; column++) {
            int at = column;
            mean[column] = rows.stream().mapToDouble(row -> row[at]).sum() / rows.size();
        }
        return mean;
    }

    /** Mean of a column over problems. */
    double overall(int column) {
        return attempts.values().stream()
                .mapToDouble(rows -> mean(rows)[column])
                .average()
                .orElseThrow();
    }

    /** The interval of a share for a column in which every problem gave one yes or no, that of a mean for others. */
    Estimate[] estimates(Intervals intervals) {
        var means = means();
        var estimates = intervals.means(means);
        for (int column = 0; column < columns; column++) {
            int at = column;
            var shares = Arrays.stream(means).mapToDouble(row -> row[at]).toArray();
            boolean single = attempts.values().stream().allMatch(rows -> rows.size() == 1);
            if (single && Arrays.stream(shares).allMatch(share -> share == 0 || share == 1)) {
                estimates[column] = intervals.share((long) Arrays.stream(shares).sum(), shares.length);
            }
        }
        return estimates;
    }
}
