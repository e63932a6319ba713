package parathink.models.tokenizer;

import java.util.regex.Pattern;

/** A pattern of a {@code tokenizer.json}: a text to be found as it stands, or a regular expression. */
final class TextPattern {
    private TextPattern() {}

    static Pattern read(Section section) {
        var literal = section.optional("String");
        if (literal.isPresent()) {
            if (literal.get().text().isEmpty()) {
                throw literal.get().unusable("must not be empty");
            }
            return Pattern.compile(literal.get().text(), Pattern.LITERAL);
        }
        var regex = section.at("Regex");
        try {
            return OnigurumaPattern.compile(regex.text());
        } catch (IllegalArgumentException e) {
            throw regex.unusable("cannot be used: " + e.getMessage());
        }
    }
}
