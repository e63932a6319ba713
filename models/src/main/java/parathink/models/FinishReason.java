package parathink.models;

import java.util.Locale;

/** Why a decode ended. */
public enum FinishReason {
    /** A stop token or stop text. */
    STOP,
    /** The limit of tokens for one decode, or the end of the model's context. */
    LENGTH,
    /** The session's budget. */
    BUDGET,
    /** The strategy did not want more. */
    CANCELLED;

    /** The word used in files. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
