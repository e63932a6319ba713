package parathink.datasets.math;

import java.util.Locale;
import java.util.regex.Pattern;

/** The normal form of words, and of mathematics that is not understood. */
public final class Wording {
    private static final Pattern WRAPPER = Pattern.compile(
            "\\\\(?:text|textbf|textit|textrm|textsf|texttt|mathrm|mathbf|mathit|mbox|operatorname)(?![a-zA-Z])\\*?");
    private static final Pattern NOISE = Pattern.compile(
            "\\\\(?:left|right|displaystyle|q?quad|[bB]igg?[lr]?)(?![a-zA-Z])|\\\\[,;:!> ()\\[\\]]|[$~]");
    private static final Pattern MARKUP = Pattern.compile("[{}*`\"]");
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern SINGLE = Pattern.compile("\\{(\\w)\\}");
    private static final String EDGES = " .,;:!?()\\";

    private Wording() {}

    /** Lower case, one space between words, no LaTeX wrappers, no punctuation at the ends. */
    public static String normal(String text) {
        var bare = NOISE.matcher(WRAPPER.matcher(text).replaceAll("")).replaceAll(" ");
        bare = SPACE.matcher(MARKUP.matcher(bare).replaceAll(" "))
                .replaceAll(" ")
                .strip();
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

    /** The normal form of text that may hold mathematics: like words, but what carries meaning there is kept. */
    static String formula(String text) {
        if (text.chars().noneMatch(c -> (c >= '0' && c <= '9') || "\\^_=+/*".indexOf(c) >= 0)) {
            return normal(text);
        }
        var bare = NOISE.matcher(WRAPPER.matcher(text).replaceAll("")).replaceAll("");
        bare = SINGLE.matcher(SPACE.matcher(bare).replaceAll("")).replaceAll("$1");
        return bare.endsWith(".") ? bare.substring(0, bare.length() - 1) : bare;
    }
}
