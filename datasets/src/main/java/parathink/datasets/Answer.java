package parathink.datasets;

import java.util.Objects;
import parathink.datasets.math.Meaning;

/**
 * An answer as it was found in a text, and in the form in which it is shown and counted. Immutable; two answers are equal
 * as values when all their text is, which is not when they are right together: ask {@link AnswerFormat#same}.
 */
public final class Answer {
    private final String raw;
    private final String canonical;
    private final boolean understood;
    private final Meaning meaning;

    /**
     * An answer that is compared by its text.
     *
     * @param raw the characters as found
     * @param canonical the form that is written to files; equal answers may still have different canonical forms, so compare
     *     with {@link AnswerFormat#same}
     * @param understood false when the format could not parse the text and compares it as normalised text
     */
    public Answer(String raw, String canonical, boolean understood) {
        this(raw, canonical, understood, Meaning.of(raw));
    }

    /** Carries what the text means, so that a vote does not read it again for every comparison. */
    Answer(String raw, Meaning meaning) {
        this(raw, meaning.canonical(), meaning.understood(), meaning);
    }

    private Answer(String raw, String canonical, boolean understood, Meaning meaning) {
        this.raw = Objects.requireNonNull(raw, "raw");
        this.canonical = Objects.requireNonNull(canonical, "canonical");
        this.understood = understood;
        this.meaning = meaning;
    }

    public String raw() {
        return raw;
    }

    public String canonical() {
        return canonical;
    }

    public boolean understood() {
        return understood;
    }

    Meaning meaning() {
        return meaning;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Answer answer
                && raw.equals(answer.raw)
                && canonical.equals(answer.canonical)
                && understood == answer.understood;
    }

    @Override
    public int hashCode() {
        return Objects.hash(raw, canonical, understood);
    }

    @Override
    public String toString() {
        return "Answer[raw=%s, canonical=%s, understood=%s]".formatted(raw, canonical, understood);
    }
}
