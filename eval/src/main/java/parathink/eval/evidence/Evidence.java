package parathink.eval.evidence;

import java.util.List;
import java.util.Optional;

/**
 * All that the completions of one run show beyond its accuracy. What cannot be told is empty. Immutable.
 *
 * @param selections curves of weighted votes and of the best of k, one a selection whose scores are known
 * @param splitVotes empty where it is not known how answers were spelled
 * @param grading by a second grader, where one was asked for
 */
public record Evidence(
        Waterfall waterfall,
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
        curve = List.copyOf(curve);
        selections = List.copyOf(selections);
    }

    /** All analyses of a run. */
    public static Evidence of(List<Trial> all, Intervals intervals) {
        boolean graded = all.stream().anyMatch(trial -> trial.isGraded() && !trial.hasFailed());
        var trials = graded ? all : List.<Trial>of(); // where nothing can be graded, errors are not wrong answers
        return new Evidence(
                Waterfall.of(all),
                new Curve(intervals).of(trials),
                SelectionCurve.of(trials, intervals),
                TruncationBounds.of(trials, intervals),
                Calibration.of(trials, intervals),
                Abstention.of(trials, intervals),
                SplitVotes.of(trials),
                Laws.of(trials, intervals),
                PhaseTransition.of(trials),
                EqualCost.of(trials, Optional.empty()),
                Optional.empty());
    }

    /** The same with what a second grader says. */
    public Evidence with(GraderAgreement agreement) {
        return new Evidence(
                waterfall,
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
