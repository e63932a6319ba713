package parathink.eval.evidence;

import java.util.Locale;
import parathink.strategies.Decision;

/**
 * Where an attempt lost the right answer, if it did: each has exactly one fate, so that the counts add up. The stages are tried
 * in the order of the constants, from the one nearest to success: the first that holds is the fate.
 */
public enum Fate {
    RIGHT("right", "The strategy's answer is right."),
    /** Its words depend on what made one answer of the completions. */
    LOST_VOTE("passed over", "A right answer was among the completions; the strategy gave another one, or none."),
    NOT_EXTRACTED(
            "not extracted",
            "No completion's answer is right, but one that ended by itself states the right answer in other words."),
    CUT_OFF(
            "cut off",
            "Neither of these; but a limit cut off a completion that had stated the right answer, or at least half of them."),
    NEVER_SAMPLED("never sampled right", "None of these: no completion had the right answer."),
    NO_ANSWER("no answer", "As before, and the strategy gave no answer either."),
    ERROR("error", "The attempt failed."),
    UNGRADED("not graded", "There is no reference to grade by.");

    private final String label;
    private final String meaning;

    Fate(String label, String meaning) {
        this.label = label;
        this.meaning = meaning;
    }

    public static Fate of(Trial trial) {
        return switch (trial.outcome()) {
            case ERROR -> ERROR;
            case UNGRADED -> UNGRADED;
            case RIGHT -> RIGHT;
            case WRONG -> ofLost(trial);
        };
    }

    private static Fate ofLost(Trial trial) {
        var draws = trial.draws();
        if (draws.stream().anyMatch(Draw::right)) {
            return LOST_VOTE;
        }
        if (draws.stream().anyMatch(draw -> draw.states() && draw.ended() == Draw.End.ITSELF)) {
            return NOT_EXTRACTED;
        }
        long cut = draws.stream().filter(Draw::isCutOff).count();
        boolean stated = draws.stream().anyMatch(draw -> draw.states() && draw.isCutOff());
        if (stated || (cut > 0 && 2 * cut >= draws.size())) {
            return CUT_OFF;
        }
        return trial.answer().isPresent() ? NEVER_SAMPLED : NO_ANSWER;
    }

    /** The word used in files. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The words shown of a run whose answers were made so. */
    public String label(Decision decision) {
        if (this != LOST_VOTE) {
            return label;
        }
        return switch (decision) {
            case VOTE -> "lost the vote";
            case CHOICE -> "not chosen";
            case CALL -> "found, then lost";
            case OTHER -> label;
        };
    }

    /** One sentence that says when an attempt of such a run has this fate. */
    public String meaning(Decision decision) {
        if (this != LOST_VOTE) {
            return meaning;
        }
        return switch (decision) {
            case VOTE -> "A right answer was among the completions; the vote gave another one, or none.";
            case CHOICE -> "A right answer was among the completions; the verifier chose another one, or none.";
            case CALL -> "A right answer was among the completions; the last call gave another one, or none.";
            case OTHER -> meaning;
        };
    }
}
