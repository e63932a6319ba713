package parathink.models.tokenizer;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import parathink.models.ModelException;

/**
 * A text whose characters may be read so often and no more: a regular expression of a file that tries exponentially many
 * ways ends in a {@link ModelException} instead of never. Confined to one match.
 */
final class LimitedText implements CharSequence {
    /** Some seconds' worth; a pattern that looks back over every run of blanks reads ten thousand of them 50 million times. */
    private static final int MOST_READS = 300_000_000;

    private final String text;
    private int reads;

    private LimitedText(String text) {
        this.text = text;
    }

    static Matcher matcher(Pattern pattern, String text) {
        return pattern.matcher(new LimitedText(text));
    }

    @Override
    public char charAt(int index) {
        if (++reads > MOST_READS) {
            throw new ModelException(
                    ModelException.Kind.FAILED,
                    "a regular expression of the tokenizer does not come to an end on a text of %d characters"
                            .formatted(text.length()));
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
