package parathink.eval.evidence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The branches of every problem that can be graded. Those that an error lost count as completions without an answer, as in
 * {@link Curve}. Immutable.
 */
final class ProblemPools {
    private final int upTo;
    private final List<List<int[]>> counts; // by problem and attempt: drawn, right

    private ProblemPools(int upTo, List<List<int[]>> counts) {
        this.upTo = upTo;
        this.counts = counts;
    }

    static ProblemPools of(List<Trial> trials) {
        int upTo = trials.stream()
                .filter(trial -> trial.isGraded() && !trial.hasFailed())
                .mapToInt(trial -> Math.min(
                        trial.branches().size(),
                        Subsets.largest(trial.branches().size())))
                .min()
                .orElse(0);
        Map<String, List<int[]>> counts = new LinkedHashMap<>();
        for (var trial : trials) {
            if (trial.isGraded()) {
                int drawn = Math.max(upTo, trial.branches().size());
                int right = (int) trial.branches().stream().filter(Draw::right).count();
                counts.computeIfAbsent(trial.problem(), key -> new ArrayList<>())
                        .add(new int[] {drawn, right});
            }
        }
        return new ProblemPools(upTo, List.copyOf(counts.values()));
    }

    /** The largest k of which every attempt has subsets; 0 when there is none. */
    int upTo() {
        return upTo;
    }

    /** pass@k by problem, at index k - 1. */
    double[][] pass() {
        return counts.stream().map(this::pass).toArray(double[][]::new);
    }

    private double[] pass(List<int[]> attempts) {
        var mean = new double[upTo];
        for (var attempt : attempts) {
            var any = new Subsets(attempt[0], upTo).any(attempt[1]);
            for (int i = 0; i < upTo; i++) {
                mean[i] += any[i] / attempts.size();
            }
        }
        return mean;
    }

    /** Right completions by problem, all attempts together. */
    double[] right() {
        return sums(1);
    }

    /** Completions by problem, all attempts together. */
    double[] drawn() {
        return sums(0);
    }

    private double[] sums(int column) {
        return counts.stream()
                .mapToDouble(attempts ->
                        attempts.stream().mapToInt(count -> count[column]).sum())
                .toArray();
    }
}
