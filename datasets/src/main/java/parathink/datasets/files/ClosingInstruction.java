package parathink.datasets.files;

import java.util.regex.Pattern;

/**
 * The request for an answer's form with which some copies of a dataset end every question. It is not part of the problem:
 * the answer format adds its own, and one that contradicts it costs accuracy.
 */
final class ClosingInstruction {
    // An empty box is never mathematics: a last line with one, or a sentence with one that begins in the usual way.
    private static final Pattern CLOSING =
            Pattern.compile("(?:\\n[^\\n]*|\\s(?:Please|Let's) (?:reason|think)[^\\n]*)\\\\boxed\\{\\s*}[^\\n]*$");

    private ClosingInstruction() {}

    /** The text without it, or the same text when there is none. */
    static String cut(String text) {
        return CLOSING.matcher(text.strip()).replaceFirst("").strip();
    }
}
