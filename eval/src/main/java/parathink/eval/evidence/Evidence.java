package parathink.eval.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parathink.models.ModelSize;

/**
 * All that the completions of one run show beyond its accuracy. What cannot be told is empty. Immutable.
 *
 * @param leftOut what is left out although completions are there, and why; one sentence each
 * @param curve empty, like selections, laws, phase and equal cost, where the branches are no plain samples
 * @param selections curves of weighted votes and of the best of k, one a selection whose scores are known
 * @param splitVotes empty where it is not known how answers were spelled
 * @param grading by a second grader, where one was asked for
 */
public record Evidence(
        Waterfall waterfall,
        List<String> leftOut,
        List<CurvePoint> curve,
        List<SelectionCurve> selections,
        Optional<TruncationBounds> truncation,
        Optional<Calibration> calibration,
        Optional<Abstention> abstention,
        Optional<SplitVotes> splitVotes,
        Optional<Laws> laws,
        Optional<PhaseTransition> phase,
        Optional<EqualCost> equalCost,
        Optional<GraderAgreement> grading) {

    public Evidence {
        leftOut = List.copyOf(leftOut);
        curve = List.copyOf(curve);
        selections = List.copyOf(selections);
    }

    /**
     * All analyses of a run.
     *
     * @param size of the model that drew the completions, where known: their cost follows from it
     */
    public static Evidence of(List<Trial> all, Optional<ModelSize> size, Intervals intervals) {
        boolean graded = all.stream().anyMatch(trial -> trial.isGraded() && !trial.hasFailed());
        var trials = graded ? all : List.<Trial>of(); // where nothing can be graded, errors are not wrong answers
        var broken = PlainSampling.broken(trials);
        var plain = broken.isEmpty() ? trials : List.<Trial>of();
        var leftOut = new ArrayList<String>();
        broken.ifPresent(why -> leftOut.add(
                "No curve, truncation bounds, law, phase transition or equal cost: %s, so the branches are no plain samples."
                        .formatted(why)));
        leftOut.addAll(SelectionCurve.leftOut(plain));
        return new Evidence(
                Waterfall.of(all),
                leftOut,
                new Curve(intervals).of(plain),
                SelectionCurve.of(plain, intervals),
                TruncationBounds.of(plain, intervals),
                Calibration.of(trials, intervals),
                Abstention.of(trials, intervals),
                SplitVotes.of(trials),
                Laws.of(plain, intervals),
                PhaseTransition.of(plain),
                EqualCost.of(plain, size, intervals),
                Optional.empty());
    }

    /** The same with what a second grader says. */
    public Evidence with(GraderAgreement agreement) {
        return new Evidence(
                waterfall,
                leftOut,
                curve,
                selections,
                truncation,
                calibration,
                abstention,
                splitVotes,
                laws,
                phase,
                equalCost,
                Optional.of(agreement));
    }
}
