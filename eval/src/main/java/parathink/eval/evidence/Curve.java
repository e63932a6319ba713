package parathink.eval.evidence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Accuracy against the number of completions, exactly. The pool of an attempt is every completion with the role {@code branch};
 * where an error lost completions, the lost ones count as completions without an answer. Every figure at k is the
 * expectation over all subsets of k of one attempt's pool, then the mean over the attempts of a problem, then over problems.
 * Pools of different attempts are never joined: answers are comparable within an attempt only, since repeats may shuffle
 * options and choose other representatives of equal answers. So k runs from 1 to the smallest pool of an attempt without an
 * error, for majority and any right alike. Immutable; may be used from any thread.
 */
public final class Curve {
    private final Intervals intervals;

    public Curve(Intervals intervals) {
        this.intervals = intervals;
    }

    private record Pool(List<Draw> draws, boolean failed) {}

    /** One point for each k from 1 on; none when nothing was drawn that can be graded. */
    public List<CurvePoint> of(List<Trial> trials) {
        var problems = pools(trials);
        int upTo = problems.stream()
                .flatMap(List::stream)
                .filter(pool -> !pool.failed())
                .mapToInt(pool -> Math.min(
                        pool.draws().size(), Subsets.largest(pool.draws().size())))
                .min()
                .orElse(0);
        if (upTo == 0) {
            return List.of();
        }
        var figures = problems.parallelStream()
                .map(attempts -> Figures.mean(
                        attempts.stream().map(pool -> Figures.of(pool, upTo)).toList()))
                .toList();
        var shares = figures.stream().map(figure -> figure.shares).toArray(double[][]::new);
        boolean single = problems.stream()
                .allMatch(attempts ->
                        attempts.size() == 1 && attempts.getFirst().draws().size() <= 1);
        var estimates = single ? singles(shares) : intervals.means(shares);
        var overall = Figures.mean(figures);
        var points = new ArrayList<CurvePoint>();
        for (int k = 1; k <= upTo; k++) {
            points.add(new CurvePoint(
                    k, estimates[k - 1], estimates[upTo + k - 1], k * overall.tokens, overall.span[k - 1]));
        }
        return points;
    }

    /** The attempts of each problem. */
    private static List<List<Pool>> pools(List<Trial> trials) {
        var pools = new LinkedHashMap<String, List<Pool>>();
        for (var trial : trials) {
            if (trial.isGraded()) {
                pools.computeIfAbsent(trial.problem(), problem -> new ArrayList<>())
                        .add(new Pool(trial.branches(), trial.hasFailed()));
            }
        }
        return List.copyOf(pools.values());
    }

    /** What one pool gives, or several on average. */
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
                right += pool.draws().get(i).right() ? 1 : 0;
            }
            var shares = new double[2 * upTo];
            System.arraycopy(subsets.plurality(groups(pool.draws())), 0, shares, 0, upTo);
            System.arraycopy(subsets.any(right), 0, shares, upTo, upTo);
            return new Figures(shares, Arrays.stream(tokens).sum() / (double) drawn, subsets.largestOf(tokens));
        }

        static Figures mean(List<Figures> figures) {
            return new Figures(
                    meanOf(figures.stream().map(figure -> figure.shares).toList()),
                    figures.stream().mapToDouble(figure -> figure.tokens).sum() / figures.size(),
                    meanOf(figures.stream().map(figure -> figure.span).toList()));
        }

        private static double[] meanOf(List<double[]> rows) {
            var mean = new double[rows.getFirst().length];
            for (int i = 0; i < mean.length; i++) {
                int column = i;
                mean[i] = rows.stream().mapToDouble(row -> row[column]).sum() / rows.size();
            }
            return mean;
        }
    }

    private static List<Subsets.Group> groups(List<Draw> draws) {
        Map<String, int[]> counts = new LinkedHashMap<>();
        for (var draw : draws) {
            if (draw.answer().isPresent()) {
                var count = counts.computeIfAbsent(draw.answer().get(), answer -> new int[2]);
                count[0]++;
                count[1] += draw.right() ? 1 : 0;
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
            estimates[column] = intervals.share(yes, shares.length);
        }
        return estimates;
    }
}
