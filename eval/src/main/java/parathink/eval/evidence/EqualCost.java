package parathink.eval.evidence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import parathink.models.ModelSize;

/**
 * Longer completions against more of them at the same cost ("To Backtrack or Not to Backtrack", 2025): within the cost of some
 * whole completions, each limit on tokens buys another number of shorter ones. Success is any right within its limit (pass@n),
 * the measure of a task whose answers can be checked; a completion that is longer than a limit is cut there, costs what it has
 * decoded and is wrong. Cost is the mean cost of a completion under a limit, over problems, so the numbers of completions are not whole; between
 * two whole numbers success is interpolated, as for a mixture of both.
 *
 * @param problems the points are means over, each of the attempts of a problem first
 * @param multiplyAccumulates whether cost is computation, by {@link ModelSize#multiplyAccumulates}; otherwise it is tokens, and
 *     the part of attention that grows with the square of the length is missing
 * @param points by budget, then by limit; the longest limit is that of whole completions
 */
public record EqualCost(int problems, boolean multiplyAccumulates, List<Point> points) {
    private static final int LIMITS = 8;

    /**
     * Success under one limit within one budget.
     *
     * @param budget in whole completions: how many of mean cost it buys
     * @param limit on the tokens of a completion
     * @param completions that the budget buys under this limit
     * @param success chance that one of them is right; its interval takes the mean costs as given
     */
    public record Point(int budget, int limit, double completions, Estimate success) {}

    public EqualCost {
        points = List.copyOf(points);
    }

    /** Empty when completions have no tokens, all the same tokens, or there are fewer than two a problem. */
    public static Optional<EqualCost> of(List<Trial> trials, Optional<ModelSize> size, Intervals intervals) {
        var attempts = trials.stream()
                .filter(trial -> trial.isGraded() && !trial.hasFailed())
                .toList();
        int fewest = attempts.stream()
                .mapToInt(trial -> trial.branches().size())
                .min()
                .orElse(0);
        var limits = limits(attempts);
        if (fewest < 2 || limits.length < 2) {
            return Optional.empty();
        }
        var costs = Arrays.stream(limits)
                .mapToDouble(limit -> cost(attempts, limit, size))
                .toArray();
        long problems = attempts.stream().map(Trial::problem).distinct().count();
        var points = new ArrayList<Point>();
        for (int budget = 1; budget <= fewest; budget *= 2) {
            for (int i = 0; i < limits.length; i++) {
                double completions = budget * costs[costs.length - 1] / costs[i];
                if (completions <= fewest) {
                    var success = success(attempts, limits[i], completions).estimates(intervals)[0];
                    points.add(new Point(budget, limits[i], completions, success));
                }
            }
        }
        return Optional.of(new EqualCost((int) problems, size.isPresent(), points));
    }

    /** Quantiles of the lengths, without repetitions, the greatest last; none where nothing has a length. */
    private static int[] limits(List<Trial> attempts) {
        var lengths = attempts.stream()
                .flatMap(trial -> trial.branches().stream())
                .mapToInt(Draw::tokens)
                .sorted()
                .toArray();
        if (lengths.length == 0 || lengths[lengths.length - 1] == 0) {
            return new int[0];
        }
        return IntStream.rangeClosed(1, LIMITS)
                .map(i -> lengths[(int) Math.ceil((double) i * lengths.length / LIMITS) - 1])
                .filter(length -> length > 0)
                .distinct()
                .toArray();
    }

    private static double cost(List<Trial> attempts, int limit, Optional<ModelSize> size) {
        var means = new ProblemMeans(1);
        for (var attempt : attempts) {
            double mean = attempt.branches().stream()
                    .mapToInt(draw -> Math.min(limit, draw.tokens()))
                    .mapToDouble(tokens ->
                            size.map(known -> known.multiplyAccumulates(tokens)).orElse((double) tokens))
                    .average()
                    .orElseThrow();
            means.add(attempt.problem(), mean);
        }
        return means.overall(0);
    }

    private static ProblemMeans success(List<Trial> attempts, int limit, double completions) {
        int whole = (int) Math.floor(completions);
        double rest = completions - whole;
        var means = new ProblemMeans(1);
        for (var attempt : attempts) {
            var pool = attempt.branches();
            int right = (int) pool.stream()
                    .filter(draw -> draw.right() && draw.tokens() <= limit)
                    .count();
            var any = new Subsets(pool.size(), Math.min(pool.size(), whole + 1)).any(right);
            double more = rest == 0 ? 0 : rest * any[whole];
            means.add(attempt.problem(), (1 - rest) * (whole == 0 ? 0 : any[whole - 1]) + more);
        }
        return means;
    }

    /** The best limit of each budget, by success; of equal ones the longest. */
    public List<Point> best() {
        return points.stream()
                .map(Point::budget)
                .distinct()
                .map(budget -> points.stream()
                        .filter(point -> point.budget() == budget)
                        .reduce((a, b) -> b.success().value() >= a.success().value() ? b : a)
                        .orElseThrow())
                .toList();
    }
}
