package parathink.eval.evidence;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One attempt at one problem, as the analyses see it.
 *
 * @param problem the problem's id
 * @param repeat counted from 0
 * @param outcome how the strategy's answer was graded
 * @param answer the strategy's answer, in the form in which completions give it
 * @param share of the vote that the answer had: its weight over all weight, times the completions that voted over those that
 *     could have; empty where nothing was voted on
 * @param draws its completions, judges left out
 */
public record Trial(
        String problem, int repeat, Outcome outcome, Optional<String> answer, OptionalDouble share, List<Draw> draws) {

    /** How an attempt came out. */
    public enum Outcome {
        RIGHT,
        WRONG,
        /** It failed; that counts as wrong where others can be graded. */
        ERROR,
        /** There is nothing to grade it by. */
        UNGRADED
    }

    public Trial {
        Objects.requireNonNull(problem, "problem");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(answer, "answer");
        if (share.isPresent() && !(share.getAsDouble() >= 0 && share.getAsDouble() <= 1)) {
            throw new IllegalArgumentException("a share of the vote is from 0 to 1, got " + share.getAsDouble());
        }
        draws = List.copyOf(draws);
    }

    /** Whether it counts in an accuracy. */
    public boolean isGraded() {
        return outcome != Outcome.UNGRADED;
    }

    public boolean isRight() {
        return outcome == Outcome.RIGHT;
    }

    public boolean hasFailed() {
        return outcome == Outcome.ERROR;
    }

    /** The completions that are one of many answers to the question. */
    public List<Draw> branches() {
        return draws.stream().filter(Draw::branch).toList();
    }
}
