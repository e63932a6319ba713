package parathink.strategies;

import java.util.Arrays;
import java.util.Locale;

/** What makes one answer of the completions of a question: it tells how a right completion can fail to be the answer. */
public enum Decision {
    /** The completions vote, with weights or without; of a single one it is the only vote. */
    VOTE,
    /** One of the completions is chosen, by what a verifier makes of each. */
    CHOICE,
    /** A call after the others writes the answer. */
    CALL,
    /** Something else, such as a plug-in does. */
    OTHER;

    /** The word used in files. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one of a word; {@link #OTHER} for a word that is none. */
    public static Decision of(String word) {
        return Arrays.stream(values())
                .filter(decision -> decision.word().equals(word))
                .findFirst()
                .orElse(OTHER);
    }
}
