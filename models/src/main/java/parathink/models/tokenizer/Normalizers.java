package parathink.models.tokenizer;

import java.text.Normalizer;
import java.util.function.UnaryOperator;

/** The kinds of normalizers that a {@code tokenizer.json} may name: what is done to a text before anything is cut. */
final class Normalizers {
    private static final String KNOWN = "Lowercase, NFC, NFD, NFKC, NFKD, Prepend, Replace, Sequence, Strip";

    private Normalizers() {}

    static UnaryOperator<String> read(Section section) {
        return switch (section.kind()) {
            case "NFC" -> text -> Normalizer.normalize(text, Normalizer.Form.NFC);
            case "NFD" -> text -> Normalizer.normalize(text, Normalizer.Form.NFD);
            case "NFKC" -> text -> Normalizer.normalize(text, Normalizer.Form.NFKC);
            case "NFKD" -> text -> Normalizer.normalize(text, Normalizer.Form.NFKD);
            case "Lowercase" -> Normalizers::lowercase;
            case "Prepend" -> prepend(section.at("prepend").text());
            case "Replace" -> Replacement.read(section)::in;
            case "Strip" -> strip(section.flag("strip_left", true), section.flag("strip_right", true));
            case "Sequence" ->
                section.at("normalizers").items().stream()
                        .map(Normalizers::read)
                        .reduce(UnaryOperator.identity(), (first, second) -> text -> second.apply(first.apply(text)));
            default -> throw section.unsupported(KNOWN);
        };
    }

    /** Character by character: the JDK's rule for a whole text looks at what stands around a sigma. */
    private static String lowercase(String text) {
        var lower = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (point == 'İ') {
                lower.append("i\u0307"); // the one character whose lower case is two
            } else {
                lower.appendCodePoint(Character.toLowerCase(point));
            }
        });
        return lower.toString();
    }

    private static UnaryOperator<String> prepend(String prefix) {
        return text -> {
            Replacement.refuseTooLong(prefix.length() + text.length());
            return text.isEmpty() ? text : prefix + text;
        };
    }

    private static UnaryOperator<String> strip(boolean left, boolean right) {
        return text -> {
            int start = left ? WhiteSpace.endOfRun(text, 0) : 0;
            int end = right ? WhiteSpace.startOfRun(text, start, text.length()) : text.length();
            return text.substring(start, end);
        };
    }
}
