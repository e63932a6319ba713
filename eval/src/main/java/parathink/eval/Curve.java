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
        var figures = pools.parallelStream().map(pool -> Figures.of(pool, upTo)).toList();
        var shares = figures.stream().map(figure -> figure.shares).toArray(double[][]::new);
        var estimates = upTo == 1 ? singles(shares) : intervals.means(shares);
        var points = new ArrayList<CurvePoint>();
        for (int k = 1; k <= upTo; k++) {
            points.add(new CurvePoint(
                    k,
                    estimates[k - 1],
                    estimates[upTo + k - 1],
                    k * figures.stream().mapToDouble(figure -> figure.tokens).sum() / pools.size(),
                    mean(figures, k)));
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

    private static double mean(List<Figures> figures, int k) {
        return figures.stream().mapToDouble(figure -> figure.span[k - 1]).sum() / figures.size();
    }

    /** What one pool gives. */
    private static final class Figures {
        private final double[] shares; // cons@k for each k, then pass@k for each k
        private final double tokens; // mean of a completion
        private final double[] span; // expected longest of k, for each k

        private Figures(double[] shares, double tokens, double[] span) {
            this.shares = shares;
            this.tokens = tokens;
            this.span = span;
        }

        static Figures of(Pool pool, int upTo) {
            int drawn = Math.max(upTo, pool.draws().size());
            var subsets = new Subsets(drawn, upTo);
            var tokens = new long[drawn];
            int right = 0;
            for (int i = 0; i < pool.draws().size(); i++) {
                tokens[i] = pool.draws().get(i).tokens();
                right += pool.draws().get(i).isRight() ? 1 : 0;
            }
            var shares = new double[2 * upTo];
            System.arraycopy(subsets.plurality(groups(pool.draws())), 0, shares, 0, upTo);
            System.arraycopy(subsets.any(right), 0, shares, upTo, upTo);
            return new Figures(shares, Arrays.stream(tokens).sum() / (double) drawn, subsets.largestOf(tokens));
        }
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
