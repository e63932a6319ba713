package parathink.eval.directory;

import java.util.Objects;

/**
 * The completions that gave one answer, or answers equal to it.
 *
 * @param answer canonical form
 * @param count completions
 * @param weight what they count for together; equal to the count where votes are not weighted
 */
public record VoteCount(String answer, int count, double weight) {
    public VoteCount {
        Objects.requireNonNull(answer, "answer");
        if (count < 1) {
            throw new IllegalArgumentException("a vote count must be at least 1, got " + count);
        }
        if (!Double.isFinite(weight)) {
            throw new IllegalArgumentException("a vote's weight must be a finite number, got " + weight);
        }
    }
}
