package parathink.eval.evidence;

import java.util.Objects;
import java.util.Optional;

/**
 * A completion as the analyses see it.
 *
 * @param branch whether it is one of many answers to the question itself, and not a draft, a refinement or a summary
 * @param answer the answer found; equal answers of a trial are spelled alike
 * @param said the same answer as the text spells it, where known
 * @param right whether the answer is right
 * @param ended why it ended
 * @param states whether its text states the right answer although the answer found is not right
 * @param forced the answer it gave when it was made to answer after a limit had cut it off, where that was tried
 * @param tokens decoded
 */
public record Draw(
        boolean branch,
        Optional<String> answer,
        Optional<String> said,
        boolean right,
        End ended,
        boolean states,
        Optional<Forced> forced,
        int tokens,
        Scores scores) {

    /** What ended a completion. */
    public enum End {
        /** The model. */
        ITSELF,
        /** A limit on the tokens of a completion. */
        LIMIT,
        /** A limit on the tokens of all completions of the attempt. */
        BUDGET,
        /** A strategy's decision, or an error: nobody wanted the rest, or it was lost. */
        CANCELLED
    }

    /**
     * An answer given under constraint.
     *
     * @param answer spelled like equal ones of the trial; empty when there was none even so
     * @param prefill tokens of its text and the closing, read again; those of the prompt are left out
     * @param tokens decoded
     */
    public record Forced(Optional<String> answer, boolean right, long prefill, int tokens) {
        public Forced {
            if (right && answer.isEmpty()) {
                throw new IllegalArgumentException("no answer cannot be right");
            }
        }
    }

    public Draw {
        Objects.requireNonNull(ended, "ended");
        Objects.requireNonNull(scores, "scores");
        if (right && answer.isEmpty()) {
            throw new IllegalArgumentException("a completion without an answer cannot be right");
        }
        if (right && states) {
            throw new IllegalArgumentException("a right completion needs no other statement of the right answer");
        }
        if (tokens < 0) {
            throw new IllegalArgumentException("tokens must be 0 or more, got " + tokens);
        }
    }

    /** Whether a limit ended it before the model did. */
    public boolean isCutOff() {
        return ended == End.LIMIT || ended == End.BUDGET;
    }
}
