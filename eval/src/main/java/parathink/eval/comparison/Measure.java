package parathink.eval.comparison;

import java.util.Locale;

/** What an attempt spends, judges included where not said otherwise. */
public enum Measure {
    /** Tokens decoded. */
    WORK,
    /** The longest chain of tokens. */
    SPAN,
    /** Prompt tokens computed. */
    PREFILL,
    /** Tokens that judges decoded or read. */
    JUDGE,
    /** From the beginning of the attempt to its outcome, beside whatever else ran. */
    SECONDS,
    /** Multiply-accumulates of the tokens decoded. */
    FLOPS,
    /** Money, by the prices given. */
    USD;

    /** The word used in options and files. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether runs can be brought to the same amount of it. */
    public boolean canBeMatched() {
        return this != PREFILL && this != JUDGE;
    }
}
