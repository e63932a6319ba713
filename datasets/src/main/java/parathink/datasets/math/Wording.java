package parathink.datasets.math;

import java.util.Locale;
import java.util.regex.Pattern;

/** The normal form of words and of text that is not understood. */
public final class Wording {
    private static final Pattern WRAPPER = Pattern.compile(
            "\\\\(?:text|textbf|textit|textrm|textsf|texttt|mathrm|mathbf|mathit|mbox|operatorname)\\b\\*?");
    private static final Pattern NOISE = Pattern.compile(
            "\\\\(?:left|right|displaystyle|quad|qquad|[bB]igg?[lr]?)(?![a-zA-Z])|\\\\[,;:!> ]|[${}~*`\"]|\\\\[()\\[\\]]");
    private static final String EDGES = " .,;:!?()\\";
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private Wording() {}

    /** Lower case, one space between words, no wrappers, no punctuation at the ends; never empty for the same reason. */
    public static String normal(String text) {
        var bare = NOISE.matcher(WRAPPER.matcher(text).replaceAll("")).replaceAll(" ");
        bare = SPACE.matcher(bare).replaceAll(" ").strip();
        int from = 0;
        int to = bare.length();
        while (from < to && EDGES.indexOf(bare.charAt(from)) >= 0) {
            from++;
        }
        while (to > from && EDGES.indexOf(bare.charAt(to - 1)) >= 0) {
            to--;
        }
        return (from == to ? bare : bare.substring(from, to)).toLowerCase(Locale.ROOT);
    }

    /** The normal form of mathematics that is not understood: like words, but without spaces and with its capitals. */
    static String formula(String text) {
        boolean formula = text.chars().anyMatch(c -> "\\^_=+/*".indexOf(c) >= 0);
        return formula
                ? SPACE.matcher(NOISE.matcher(WRAPPER.matcher(text).replaceAll(""))
                                .replaceAll(""))
                        .replaceAll("")
                : normal(text);
    }
}
