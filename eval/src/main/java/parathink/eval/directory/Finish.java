package parathink.eval.directory;

import java.util.Locale;
import parathink.eval.evidence.Draw;
import parathink.models.FinishReason;

/** Why a completion ended, as run directories tell it: an engine's reasons, and the error that lost the completion. */
public enum Finish {
    STOP,
    LENGTH,
    BUDGET,
    CANCELLED,
    ERROR;

    public static Finish of(FinishReason reason) {
        return switch (reason) {
            case STOP -> STOP;
            case LENGTH -> LENGTH;
            case BUDGET -> BUDGET;
            case CANCELLED -> CANCELLED;
        };
    }

    /** How it ended, as the analyses see it. */
    public Draw.End end() {
        return switch (this) {
            case STOP -> Draw.End.ITSELF;
            case LENGTH -> Draw.End.LIMIT;
            case BUDGET -> Draw.End.BUDGET;
            case CANCELLED, ERROR -> Draw.End.CANCELLED;
        };
    }

    /** Whether a limit ended it before the model did. */
    public boolean isCutOff() {
        return this == LENGTH || this == BUDGET;
    }

    /** The word used in files. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
