package parathink.datasets;

import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Recognises a question whichever copy of a dataset it comes from: copies differ in white space, LaTeX spacing,
 * delimiters, case, quotation marks and in whether they keep the code of a drawing.
 */
public final class Fingerprint {
    private static final int BYTES = 8;

    private static final Pattern DRAWING =
            Pattern.compile("\\[asy].*?\\[/asy]|\\\\begin\\{asy}.*?\\\\end\\{asy}", Pattern.DOTALL);
    private static final Pattern FRACTION = Pattern.compile("\\\\[dt]frac(?![a-z])");
    private static final Pattern SPACING = Pattern.compile(
            "\\\\(?:quad|qquad|left|right|displaystyle|limits)(?![a-z])|\\\\[,;:! ]|~|\\\\?\\$|\\\\[()\\[\\]]");
    private static final Pattern BLANK_IN_NUMBERS = Pattern.compile("(?<=\\d)\\s+(?=\\d)");
    private static final Pattern BLANK = Pattern.compile("\\s+");

    private Fingerprint() {}

    /** Sixteen hexadecimal digits of a question: of its text, and of its options in any order. */
    public static String of(Question question) {
        var digest = DatasetDigest.sha256();
        DatasetDigest.add(digest, normal(question.text()));
        question.choices().stream()
                .map(Fingerprint::normal)
                .sorted()
                .forEach(choice -> DatasetDigest.add(digest, choice));
        return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    }

    private static String normal(String text) {
        var normal = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        normal = DRAWING.matcher(normal).replaceAll(" ");
        normal = FRACTION.matcher(normal).replaceAll("\\\\frac");
        normal = SPACING.matcher(normal).replaceAll(" ");
        normal = normal.replace('’', '\'')
                .replace('‘', '\'')
                .replace('“', '"')
                .replace('”', '"')
                .replace('−', '-');
        normal = normal.replace('–', '-').replace('—', '-');
        // A blank between two numbers tells them apart; any other can go.
        normal = BLANK_IN_NUMBERS.matcher(normal).replaceAll("\0");
        return BLANK.matcher(normal).replaceAll("");
    }
}
