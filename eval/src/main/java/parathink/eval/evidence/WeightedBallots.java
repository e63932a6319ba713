package parathink.eval.evidence;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Weighted votes of one attempt, counted again for many subsets. Used by one thread. */
final class WeightedBallots {
    private final int[] answers; // -1 for none
    private final double[] weights;
    private final boolean[] right;
    private final double[] totals;
    private final double[] rightTotals;

    WeightedBallots(Selection selection, List<Draw> draws) {
        Map<String, Integer> index = new HashMap<>();
        answers = draws.stream()
                .mapToInt(draw -> draw.answer()
                        .map(answer -> index.computeIfAbsent(answer, key -> index.size()))
                        .orElse(-1))
                .toArray();
        weights = draws.stream()
                .mapToDouble(draw -> selection.of(draw.scores()).orElse(0))
                .toArray();
        right = new boolean[draws.size()];
        for (int i = 0; i < right.length; i++) {
            right[i] = draws.get(i).right();
        }
        totals = new double[index.size()];
        rightTotals = new double[index.size()];
    }

    /**
     * Chance that the heaviest answer of the first k is right when ties are broken by lot, for several k in one pass; 0 when none
     * weighs anything.
     *
     * @param order of the completions; an index without one stands for a completion that was lost
     * @param sizes each k, ascending
     * @param same relative distance up to which weights are equal
     */
    double[] credits(int[] order, int[] sizes, double same) {
        Arrays.fill(totals, 0);
        Arrays.fill(rightTotals, 0);
        var credits = new double[sizes.length];
        double most = 0; // no weight is below 0, so that the heaviest answer only grows
        int counted = 0;
        for (int size = 0; size < sizes.length; size++) {
            for (; counted < sizes[size]; counted++) {
                int draw = order[counted];
                if (draw < answers.length && answers[draw] >= 0) {
                    totals[answers[draw]] += weights[draw];
                    rightTotals[answers[draw]] += right[draw] ? weights[draw] : 0;
                    most = Math.max(most, totals[answers[draw]]);
                }
            }
            credits[size] = most > 0 ? credit(most * (1 - same)) : 0;
        }
        return credits;
    }

    /** The mean credit of the answers that weigh enough to lead; there is at least one. */
    private double credit(double least) {
        double credit = 0;
        int leaders = 0;
        for (int answer = 0; answer < totals.length; answer++) {
            if (totals[answer] >= least) {
                leaders++;
                credit += rightTotals[answer] / totals[answer];
            }
        }
        return credit / leaders;
    }
}
