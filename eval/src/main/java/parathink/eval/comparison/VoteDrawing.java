package parathink.eval.comparison;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import parathink.eval.directory.RunDirectory;

/**
 * A vote by score of 1, 2, … completions of one attempt, held again in random orders of them: the first k of an order are a
 * random subset for each k at once, and of equally heavy answers the one given first wins, as in the strategy. Used by one
 * thread.
 */
final class VoteDrawing {
    private static final double SAME = 1e-12; // sums of the same weights in another order differ in their last digits

    private final ScoredVote vote;
    private final int size;
    private final int[] answers; // by completion, -1 for none; a completion that an error lost has none
    private final boolean[] right;
    private final double[] scores; // by completion, not a number where there is none
    private final double[] totals; // by answer
    private final int[] earliest; // by answer: the first place that gave it
    private final double[] ranked;
    private final boolean[] answered;
    private final int[] place; // by rank
    private final double[] weights; // by rank

    VoteDrawing(ScoredVote vote, List<RunDirectory.Draw> draws, int size) {
        this.vote = vote;
        this.size = size;
        answers = new int[size];
        right = new boolean[size];
        scores = new double[size];
        Arrays.fill(answers, -1);
        Arrays.fill(scores, Double.NaN);
        Map<String, Integer> index = new HashMap<>();
        for (int i = 0; i < draws.size(); i++) {
            var draw = draws.get(i);
            answers[i] = draw.answer()
                    .map(answer -> index.computeIfAbsent(answer, key -> index.size()))
                    .orElse(-1);
            right[i] = draw.isRight();
            scores[i] = draw.scores().score().orElse(Double.NaN);
        }
        totals = new double[index.size()];
        earliest = new int[index.size()];
        ranked = new double[size];
        answered = new boolean[size];
        place = new int[size];
        weights = new double[size];
    }

    /** Expected credit of k completions, at index k - 1, with the variance that so many orders leave in it. */
    Expectation expect(int upTo, int orders, SplittableRandom random) {
        var order = IntStream.range(0, size).toArray();
        var means = new double[upTo];
        for (int drawn = 0; drawn < orders; drawn++) {
            shuffle(order, random);
            var byScore = byScore(order);
            for (int k = 1; k <= upTo; k++) {
                means[k - 1] += isRight(order, byScore, k) ? 1.0 / orders : 0;
            }
        }
        var variances = new double[upTo];
        Arrays.setAll(variances, i -> Math.max(0, means[i] * (1 - means[i])) / (orders - 1));
        if (upTo > 0) { // every subset of one is looked at, and none is left to chance
            means[0] = single(order);
            variances[0] = 0;
        }
        return new Expectation(means, variances);
    }

    /** Share of the completions that elect a right answer when each is by itself. */
    private double single(int[] order) {
        int elected = 0;
        for (int first = 0; first < size; first++) {
            int before = order[0];
            order[0] = order[first];
            order[first] = before;
            elected += isRight(order, byScore(order), 1) ? 1 : 0;
        }
        return (double) elected / size;
    }

    private static void shuffle(int[] order, SplittableRandom random) {
        for (int last = order.length - 1; last > 0; last--) { // Fisher and Yates, 1938
            int other = random.nextInt(last + 1);
            int swapped = order[last];
            order[last] = order[other];
            order[other] = swapped;
        }
    }

    /** Places of the order whose completions have a score, the highest first, of equal ones the earlier. */
    private int[] byScore(int[] order) {
        return IntStream.range(0, size)
                .filter(at -> !Double.isNaN(scores[order[at]]))
                .boxed()
                .sorted((a, b) -> Double.compare(scores[order[b]], scores[order[a]]))
                .mapToInt(at -> at)
                .toArray();
    }

    /** Whether the first k of an order elect a right answer. */
    boolean isRight(int[] order, int[] byScore, int k) {
        int count = 0;
        for (int at : byScore) {
            if (at < k) {
                place[count] = at;
                ranked[count] = scores[order[at]];
                answered[count++] = answers[order[at]] >= 0;
            }
        }
        vote.weigh(ranked, answered, count, k, weights);
        Arrays.fill(totals, ScoredVote.NONE);
        Arrays.fill(earliest, Integer.MAX_VALUE);
        for (int rank = 0; rank < count; rank++) {
            int answer = answers[order[place[rank]]];
            if (answer >= 0 && weights[rank] >= 0) {
                totals[answer] = Math.max(0, totals[answer]) + weights[rank];
                earliest[answer] = Math.min(earliest[answer], place[rank]);
            }
        }
        double most = Arrays.stream(totals).max().orElse(ScoredVote.NONE);
        int first = Integer.MAX_VALUE;
        for (int answer = 0; answer < totals.length; answer++) {
            if (totals[answer] >= 0 && totals[answer] >= most * (1 - SAME)) {
                first = Math.min(first, earliest[answer]);
            }
        }
        return first < Integer.MAX_VALUE && right[order[first]];
    }
}
