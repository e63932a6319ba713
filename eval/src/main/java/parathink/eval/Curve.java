package parathink.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Accuracy against the number of completions a problem. The pool of a problem is every completion with the role
 * {@code branch} in all its repeats. The curve ends at the smallest pool; where an error lost completions, the lost ones
 * count as completions without an answer.
 */
final class Curve {
    private final Intervals intervals;

    Curve(Intervals intervals) {
        this.intervals = intervals;
    }

    private record Pool(List<RunDirectory.Draw> draws, boolean failed) {}

    /** One point for each k from 1 on; none when nothing was drawn that can be graded. */
    List<CurvePoint> of(RunDirectory directory) {
        var pools = pools(directory);
        int upTo = pools.stream()
                .filter(pool -> !pool.failed())
                .mapToInt(pool -> Math.min(
                        pool.draws().size(), Subsets.largest(pool.draws().size())))
                .min()
                .orElse(0);
        if (upTo == 0) {
            return List.of();
        }
        var shares = new double[pools.size()][];
        var work = new double[upTo];
        var span = new double[upTo];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = shares(pools.get(i), upTo, work, span);
        }
        var estimates = upTo == 1 ? singles(shares) : intervals.means(shares);
        var points = new ArrayList<CurvePoint>();
        for (int k = 1; k <= upTo; k++) {
            points.add(new CurvePoint(
                    k,
                    estimates[k - 1],
                    estimates[upTo + k - 1],
                    work[k - 1] / pools.size(),
                    span[k - 1] / pools.size()));
        }
        return points;
    }

    private static List<Pool> pools(RunDirectory directory) {
        var pools = new LinkedHashMap<String, Pool>();
        for (var line : directory.problems()) {
            if (line.isGraded() || line.status() == ProblemLine.Status.ERROR) {
                var drawn = directory.draws(line.attempt()).stream()
                        .filter(RunDirectory.Draw::isBranch)
                        .toList();
                var pool = new Pool(drawn, line.status() == ProblemLine.Status.ERROR);
                pools.merge(line.problem(), pool, Curve::joined);
            }
        }
        return List.copyOf(pools.values());
    }

    private static Pool joined(Pool left, Pool right) {
        var draws = new ArrayList<>(left.draws());
        draws.addAll(right.draws());
        return new Pool(draws, left.failed() || right.failed());
    }

    /** cons@k for each k, then pass@k for each k; adds the pool's tokens to the sums. */
    private static double[] shares(Pool pool, int upTo, double[] work, double[] span) {
        int drawn = Math.max(upTo, pool.draws().size());
        var subsets = new Subsets(drawn, upTo);
        var tokens = new long[drawn];
        int right = 0;
        for (int i = 0; i < pool.draws().size(); i++) {
            tokens[i] = pool.draws().get(i).tokens();
            right += pool.draws().get(i).isRight() ? 1 : 0;
        }
        double mean = Arrays.stream(tokens).sum() / (double) drawn;
        var longest = subsets.largestOf(tokens);
        for (int k = 1; k <= upTo; k++) {
            work[k - 1] += k * mean;
            span[k - 1] += longest[k - 1];
        }
        var shares = new double[2 * upTo];
        System.arraycopy(subsets.plurality(groups(pool.draws())), 0, shares, 0, upTo);
        System.arraycopy(subsets.any(right), 0, shares, upTo, upTo);
        return shares;
    }

    private static List<Subsets.Group> groups(List<RunDirectory.Draw> draws) {
        Map<String, int[]> counts = new LinkedHashMap<>();
        for (var draw : draws) {
            if (draw.answer().isPresent()) {
                var count = counts.computeIfAbsent(draw.answer().get(), answer -> new int[2]);
                count[0]++;
                count[1] += draw.isRight() ? 1 : 0;
            }
        }
        return counts.values().stream()
                .map(count -> new Subsets.Group(count[0], (double) count[1] / count[0]))
                .toList();
    }

    private Estimate[] singles(double[][] shares) {
        var estimates = new Estimate[2];
        for (int column = 0; column < 2; column++) {
            long yes = 0;
            for (var share : shares) {
                yes += Math.round(share[column]);
            }
            estimates[column] = intervals.wilson(yes, shares.length);
        }
        return estimates;
    }
}
