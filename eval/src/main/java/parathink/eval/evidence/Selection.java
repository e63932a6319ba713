package parathink.eval.evidence;

import java.util.Locale;
import java.util.OptionalDouble;

/** How one answer is chosen of k completions by what is known of each, and not by their number alone. */
public enum Selection {
    BEST_BY_SCORE(true, "best by score") {
        @Override
        OptionalDouble of(Scores scores) {
            return scores.score();
        }
    },
    BEST_BY_CONFIDENCE(true, "best by confidence") {
        @Override
        OptionalDouble of(Scores scores) {
            return scores.confidence();
        }
    },
    BEST_BY_LOGPROB(true, "best by log-probability") {
        @Override
        OptionalDouble of(Scores scores) {
            return scores.logprob();
        }
    },
    BEST_BY_SELF_CERTAINTY(true, "best by self-certainty") {
        @Override
        OptionalDouble of(Scores scores) {
            return scores.selfCertainty();
        }
    },
    /** Scores below 0 weigh nothing (Li et al., 2023). */
    VOTE_BY_SCORE(false, "vote by score") {
        @Override
        OptionalDouble of(Scores scores) {
            return positive(scores.score());
        }
    },
    VOTE_BY_CONFIDENCE(false, "vote by confidence") {
        @Override
        OptionalDouble of(Scores scores) {
            return positive(scores.confidence());
        }
    },
    /** The weight is the probability of a mean token (Wang et al., 2022, section 3.1). */
    VOTE_BY_LOGPROB(false, "vote by log-probability") {
        @Override
        OptionalDouble of(Scores scores) {
            var logprob = scores.logprob();
            return logprob.isPresent() ? OptionalDouble.of(Math.exp(logprob.getAsDouble())) : logprob;
        }
    },
    VOTE_BY_SELF_CERTAINTY(false, "vote by self-certainty") {
        @Override
        OptionalDouble of(Scores scores) {
            return positive(scores.selfCertainty());
        }
    };

    private final boolean best;
    private final String label;

    Selection(boolean best, String label) {
        this.best = best;
        this.label = label;
    }

    private static OptionalDouble positive(OptionalDouble score) {
        return score.isPresent() ? OptionalDouble.of(Math.max(0, score.getAsDouble())) : score;
    }

    /** What a completion is ranked or weighed by; empty where it is not known. */
    abstract OptionalDouble of(Scores scores);

    /** Whether the first by rank wins, and not the heaviest answer. */
    public boolean isBest() {
        return best;
    }

    /** The word used in files. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The words shown. */
    public String label() {
        return label;
    }
}
