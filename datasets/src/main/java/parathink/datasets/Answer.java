package parathink.datasets;

import java.util.Objects;

/**
 * An answer as it was found in a text, and in the form in which it is shown and counted.
 *
 * @param raw the characters as found
 * @param canonical the form that is written to files; equal answers may still have different canonical forms, so compare
 *     with {@link AnswerFormat#same}
 * @param understood false when the format could not parse the text and compares it as normalised text
 */
public record Answer(String raw, String canonical, boolean understood) {
    public Answer {
        Objects.requireNonNull(raw, "raw");
        Objects.requireNonNull(canonical, "canonical");
    }
}
