package parathink.eval.evidence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Accuracy of a selection among k completions, in expectation over the subsets of one attempt's pool, ties shared equally. The
 * best of k is exact, in closed form. A weighted vote of one completion is exact too, and of more has no closed form: it is drawn from random orders of the pool, whose
 * first k are a random subset for each k at once, and its error is shown.
 *
 * @param selection how one answer is chosen
 * @param points at 1, 2, 4, 8, … and the largest k of which every attempt has subsets
 */
public record SelectionCurve(Selection selection, List<Point> points) {
    private static final int MOST_ORDERS = 400;
    private static final int FEWEST_ORDERS = 50; // of one attempt, so that its variance can be told
    private static final int ENOUGH = 1_000_000; // in all: as a credit varies by 1/4 at most, an error of 0.05 points
    private static final double SAME = 1e-12; // sums of the same weights in another order differ in their last digits

    /**
     * Accuracy with k completions.
     *
     * @param accuracy its interval is over problems
     * @param error standard error that the drawing of subsets adds; 0 where the figure is exact
     */
    public record Point(int k, Estimate accuracy, double error) {}

    public SelectionCurve {
        points = List.copyOf(points);
    }

    /** One curve for each selection whose scores every completion with an answer has. */
    public static List<SelectionCurve> of(List<Trial> trials, Intervals intervals) {
        var graded = trials.stream().filter(Trial::isGraded).toList();
        int upTo = ProblemPools.of(trials).upTo();
        if (upTo < 2) {
            return List.of();
        }
        return Arrays.stream(Selection.values())
                .filter(selection -> isKnown(selection, graded))
                .map(selection -> new SelectionCurve(selection, points(selection, graded, upTo, intervals)))
                .toList();
    }

    /** Curves that there are not because some completions with an answer lack what others have; one sentence each. */
    static List<String> leftOut(List<Trial> trials) {
        var graded = trials.stream().filter(Trial::isGraded).toList();
        var sentences = new ArrayList<String>();
        for (var selection : Selection.values()) {
            long answers = answers(graded).count();
            long known = known(selection, graded);
            if (known > 0 && known < answers) {
                sentences.add("No curve of '%s': %d of %d completions with an answer lack it."
                        .formatted(selection.label(), answers - known, answers));
            }
        }
        return sentences;
    }

    private static Stream<Draw> answers(List<Trial> trials) {
        return trials.stream()
                .flatMap(trial -> trial.branches().stream())
                .filter(draw -> draw.answer().isPresent());
    }

    private static long known(Selection selection, List<Trial> trials) {
        return answers(trials)
                .filter(draw -> selection.of(draw.scores()).isPresent())
                .count();
    }

    private static boolean isKnown(Selection selection, List<Trial> trials) {
        long known = known(selection, trials);
        return known > 0 && known == answers(trials).count();
    }

    private static int[] sizes(int upTo) {
        var sizes = new ArrayList<Integer>();
        for (int k = 1; k < upTo; k *= 2) {
            sizes.add(k);
        }
        sizes.add(upTo);
        return sizes.stream().mapToInt(k -> k).toArray();
    }

    private static List<Point> points(Selection selection, List<Trial> trials, int upTo, Intervals intervals) {
        var sizes = sizes(upTo);
        Map<String, List<Trial>> byProblem = new LinkedHashMap<>();
        trials.forEach(trial -> byProblem
                .computeIfAbsent(trial.problem(), key -> new ArrayList<>())
                .add(trial));
        int orders = Math.clamp(Math.ceilDiv(ENOUGH, trials.size()), FEWEST_ORDERS, MOST_ORDERS);
        var figures = byProblem.values().stream()
                .flatMap(List::stream)
                .parallel()
                .map(trial -> selection.isBest()
                        ? best(selection, trial, sizes)
                        : vote(selection, trial, sizes, orders, intervals.seed()))
                .toList();
        var means = new ProblemMeans(sizes.length);
        var variances = new ProblemMeans(sizes.length);
        int at = 0;
        for (var entry : byProblem.entrySet()) {
            for (int i = 0; i < entry.getValue().size(); i++) {
                means.add(entry.getKey(), figures.get(at).means);
                variances.add(
                        entry.getKey(),
                        scaled(figures.get(at++).variances, entry.getValue().size()));
            }
        }
        var estimates = means.estimates(intervals);
        var variance = variances.means();
        var points = new ArrayList<Point>();
        for (int i = 0; i < sizes.length; i++) {
            int column = i;
            double sum = Arrays.stream(variance).mapToDouble(row -> row[column]).sum();
            points.add(new Point(sizes[i], estimates[i], Math.sqrt(sum) / means.size()));
        }
        return points;
    }

    /** The variance of a mean over attempts is that of one over their number, once more than the mean of variances takes. */
    private static double[] scaled(double[] variances, int attempts) {
        return Arrays.stream(variances).map(variance -> variance / attempts).toArray();
    }

    private static final class Figures {
        private final double[] means; // by size
        private final double[] variances; // of the means

        private Figures(double[] means, double[] variances) {
            this.means = means;
            this.variances = variances;
        }
    }

    /** Of the ranks, smallest first, the greatest in a subset is of one group of equals with the chance of hypergeometry. */
    private static Figures best(Selection selection, Trial trial, int[] sizes) {
        var ranked = trial.branches().stream()
                .filter(draw -> draw.answer().isPresent())
                .sorted((a, b) -> Double.compare(rank(selection, a), rank(selection, b)))
                .toList();
        int pool = Math.max(sizes[sizes.length - 1], trial.branches().size());
        var means = new double[sizes.length];
        int below = pool - ranked.size(); // completions without an answer are below all others
        for (int i = 0; i < ranked.size(); ) {
            int from = i;
            int right = 0;
            for (; i < ranked.size() && rank(selection, ranked.get(i)) == rank(selection, ranked.get(from)); i++) {
                right += ranked.get(i).right() ? 1 : 0;
            }
            int group = i - from;
            for (int size = 0; size < sizes.length; size++) {
                double chance = within(below + group, pool, sizes[size]) - within(below, pool, sizes[size]);
                means[size] += chance * right / group;
            }
            below += group;
        }
        for (int size = 0; size < sizes.length; size++) {
            means[size] = Math.clamp(means[size], 0, 1);
        }
        return new Figures(means, new double[sizes.length]);
    }

    private static double rank(Selection selection, Draw draw) {
        return selection.of(draw.scores()).orElseThrow();
    }

    /** Chance that k completions are all among the first {@code some}: C(some, k) / C(all, k). */
    private static double within(int some, int all, int k) {
        double chance = 1;
        for (int i = 0; i < k && chance > 0; i++) {
            chance *= Math.max(0, some - i) / (double) (all - i);
        }
        return chance;
    }

    private static Figures vote(Selection selection, Trial trial, int[] sizes, int orders, long seed) {
        var random = new SplittableRandom(seed ^ trial.problem().hashCode() * 31L ^ trial.repeat());
        int pool = Math.max(sizes[sizes.length - 1], trial.branches().size());
        var ballots = new WeightedBallots(selection, trial.branches());
        var order = new int[pool];
        for (int i = 0; i < pool; i++) {
            order[i] = i;
        }
        var sums = new double[sizes.length];
        var squares = new double[sizes.length];
        for (int drawn = 0; drawn < orders; drawn++) {
            shuffle(order, random);
            var credits = ballots.credits(order, sizes, SAME);
            for (int size = 0; size < sizes.length; size++) {
                sums[size] += credits[size];
                squares[size] += credits[size] * credits[size];
            }
        }
        var variances = new double[sizes.length];
        for (int size = 0; size < sizes.length; size++) {
            sums[size] /= orders;
            variances[size] = Math.max(0, squares[size] / orders - sums[size] * sums[size]) / (orders - 1);
        }
        if (sizes[0] == 1) { // every subset of one is looked at, and none is left to chance
            sums[0] = single(ballots, order);
            variances[0] = 0;
        }
        return new Figures(sums, variances);
    }

    /** The mean credit of every completion by itself. */
    private static double single(WeightedBallots ballots, int[] completions) {
        var one = new int[1];
        var size = new int[] {1};
        double credit = 0;
        for (int completion : completions) {
            one[0] = completion;
            credit += ballots.credits(one, size, SAME)[0];
        }
        return credit / completions.length;
    }

    private static void shuffle(int[] order, SplittableRandom random) {
        for (int last = order.length - 1; last > 0; last--) { // Fisher and Yates, 1938
            int other = random.nextInt(last + 1);
            int swapped = order[last];
            order[last] = order[other];
            order[other] = swapped;
        }
    }
}
