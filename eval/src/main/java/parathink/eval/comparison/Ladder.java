package parathink.eval.comparison;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One strategy run with several numbers of completions, each step spending more than the one before. Between two steps it stands for
 * choosing one of them at random for each problem. Immutable.
 *
 * @param sizes completions that may be drawn, by step
 * @param steps runs, on the same problems
 */
record Ladder(List<Integer> sizes, List<Arm> steps) {
    Ladder {
        sizes = List.copyOf(sizes);
        steps = List.copyOf(steps);
        if (sizes.isEmpty() || sizes.size() != steps.size()) {
            throw new IllegalArgumentException("%d sizes for %d runs".formatted(sizes.size(), steps.size()));
        }
    }

    /** The steps that spend more than all smaller ones. */
    static Ladder of(List<Integer> sizes, List<Arm> steps, Measure measure) {
        var kept = new ArrayList<Integer>();
        var arms = new ArrayList<Arm>();
        double reached = 0;
        for (int i = 0; i < sizes.size(); i++) {
            double spend = spend(steps.get(i), measure);
            if (spend > reached) {
                kept.add(sizes.get(i));
                arms.add(steps.get(i));
                reached = spend;
            }
        }
        return new Ladder(kept, arms);
    }

    private static double spend(Arm arm, Measure measure) {
        return Arrays.stream(arm.of(measure).orElseThrow()).average().orElseThrow();
    }

    SpendCurve curve(Measure measure) {
        int problems = steps.getFirst().problems();
        var accuracy = new double[problems][steps.size()];
        var spend = new double[problems][steps.size()];
        for (int step = 0; step < steps.size(); step++) {
            var right = steps.get(step).accuracy();
            var spent = steps.get(step).of(measure).orElseThrow();
            for (int problem = 0; problem < problems; problem++) {
                accuracy[problem][step] = right[problem];
                spend[problem][step] = spent[problem];
            }
        }
        return new SpendCurve(accuracy, spend);
    }

    /** Completions at a place on the curve, counted from 1 and between two steps too. */
    double completions(double place) {
        int below = Math.clamp((int) Math.floor(place), 1, steps.size());
        int above = Math.min(below + 1, steps.size());
        double share = Math.clamp(place - below, 0, 1);
        return sizes.get(below - 1) + share * (sizes.get(above - 1) - sizes.get(below - 1));
    }
}
