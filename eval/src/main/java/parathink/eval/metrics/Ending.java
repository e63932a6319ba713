package parathink.eval.metrics;

import java.util.Locale;
import parathink.eval.directory.RunDirectory;

/** How one completion came out. A completion that a limit cut off is never counted as a wrong one. */
public enum Ending {
    RIGHT("right"),
    WRONG("wrong"),
    NO_ANSWER("no answer"),
    CUT_OFF("cut off"),
    CANCELLED("cancelled"),
    ERROR("error"),
    UNGRADED("not graded");

    private final String label;

    Ending(String label) {
        this.label = label;
    }

    public static Ending of(RunDirectory.Draw draw) {
        if (draw.isRight()) {
            return RIGHT;
        }
        return switch (draw.finish()) {
            case LENGTH, BUDGET -> CUT_OFF;
            case CANCELLED -> CANCELLED;
            case ERROR -> ERROR;
            case STOP -> {
                if (draw.answer().isEmpty()) {
                    yield NO_ANSWER;
                }
                yield draw.correct().isPresent() ? WRONG : UNGRADED;
            }
        };
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
