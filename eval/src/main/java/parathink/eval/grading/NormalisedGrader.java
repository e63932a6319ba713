package parathink.eval.grading;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Right is what is spelled like the reference once both are plain: without dollar signs, spaces, sizes of brackets, wrappers of
 * text, a unit of degrees or percent, commas between thousands, leading zeros and a closing point or {@code .0}, in lower case.
 * It knows no mathematics, so that it errs on the strict side.
 */
public record NormalisedGrader() implements SecondGrader {
    static final String NAME = "normalised";

    private static final Pattern DROPPED = Pattern.compile(
            "\\\\(?:left|right|displaystyle)(?![a-zA-Z])|\\\\[!,;: ]|\\^?\\\\circ|\\^\\{\\\\circ\\}|\\\\?[%$]|\\s");
    private static final Pattern WRAPPED = Pattern.compile("\\\\(?:text|textbf|mathrm|mbox)\\{([^{}]*)\\}");
    private static final Pattern THOUSANDS = Pattern.compile("(?<=\\d)(?:,|\\{,\\})(?=\\d{3}(?!\\d))");
    private static final Pattern ZEROS = Pattern.compile("(?<![\\d.])0+(?=\\d)");
    private static final Pattern WHOLE = Pattern.compile("(?<=\\d)\\.0*$");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Boolean> grade(List<Pair> pairs) {
        return pairs.stream()
                .map(pair -> plain(pair.gold()).equals(plain(pair.pred())))
                .toList();
    }

    static String plain(String text) {
        var plain = WRAPPED.matcher(text).replaceAll("$1");
        plain = DROPPED.matcher(plain).replaceAll("");
        plain = plain.replace("\\dfrac", "\\frac").replace("\\tfrac", "\\frac");
        plain = THOUSANDS.matcher(plain).replaceAll("");
        plain = ZEROS.matcher(plain).replaceAll("");
        plain = WHOLE.matcher(plain).replaceAll("");
        return (plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain).toLowerCase(Locale.ROOT);
    }
}
