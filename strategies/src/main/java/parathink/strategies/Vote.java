package parathink.strategies;

import java.util.Objects;
import parathink.datasets.Answer;

/**
 * The votes for one answer and those equivalent to it.
 *
 * @param answer the first of them that was given
 * @param count completions that gave it
 * @param weight what they count together
 */
public record Vote(Answer answer, int count, double weight) {
    public Vote {
        Objects.requireNonNull(answer, "answer");
        if (count < 1) {
            throw new IllegalArgumentException("a vote needs at least one completion, got " + count);
        }
    }
}
