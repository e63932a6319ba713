package parathink.models.tokenizer;

import java.util.regex.Pattern;
import parathink.models.ModelException;

/**
 * Puts a text in place of every match of a pattern. Immutable; any thread.
 *
 * @param content taken as it stands
 */
record Replacement(Pattern pattern, String content) {
    /** Characters; longer than the context of any model, so that replacements upon replacements cannot fill the memory. */
    static final int LONGEST = 1 << 24;

    static Replacement read(Section section) {
        return new Replacement(
                TextPattern.read(section.at("pattern")), section.at("content").text());
    }

    /** @throws ModelException when the text becomes longer than any that a model could read */
    String in(String text) {
        var match = LimitedText.matcher(pattern, text);
        if (!match.find()) {
            return text;
        }
        var replaced = new StringBuilder(text.length());
        int end = 0;
        do {
            replaced.append(text, end, match.start()).append(content);
            end = match.end();
            refuseTooLong(replaced.length());
        } while (match.find());
        return replaced.append(text, end, text.length()).toString();
    }

    static void refuseTooLong(int length) {
        if (length > LONGEST) {
            throw new ModelException(
                    ModelException.Kind.FAILED,
                    "the normalizer of the tokenizer makes more than %d characters of a text".formatted(LONGEST));
        }
    }
}
