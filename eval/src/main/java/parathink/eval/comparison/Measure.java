package parathink.eval.comparison;

import java.util.Locale;

/** What an attempt spends, judges included where not said otherwise. */
public enum Measure {
    /** Tokens decoded. */
    WORK("work (tokens decoded)"),
    /** The longest chain of tokens. */
    SPAN("span (longest chain)"),
    /** Prompt tokens computed. */
    PREFILL("prefill (prompt tokens)"),
    /** Tokens that judges decoded or read. */
    JUDGE("judge tokens"),
    /** From the beginning of the attempt to its outcome, beside whatever else ran. */
    SECONDS("seconds"),
    /** Multiply-accumulates of the tokens decoded. */
    FLOPS("multiply-accumulates"),
    /** Money, by the prices given. */
    USD("money");

    private final String label;

    Measure(String label) {
        this.label = label;
    }

    /** The word used in options and files. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The words used in tables. */
    public String label() {
        return label;
    }

    /** Whether runs can be brought to the same amount of it. */
    public boolean canBeMatched() {
        return this != PREFILL && this != JUDGE;
    }
}
