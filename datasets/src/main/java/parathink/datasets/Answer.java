package parathink.datasets;

import java.util.Objects;
import java.util.Optional;
import parathink.datasets.math.Meaning;

/**
 * An answer as it was found in a text, and in the form in which it is shown and counted. Immutable; two answers are equal
 * as values when all their text is, which is not when they are right together: ask {@link AnswerFormat#same}.
 */
public final class Answer {
    private final String raw;
    private final String canonical;
    private final boolean understood;
    private final Optional<Meaning> meaning;

    /**
     * An answer that is compared by its text, or read again where its meaning is asked for.
     *
     * @param raw the characters as found
     * @param canonical the form that is written to files; equal answers may still have different canonical forms, so compare
     *     with {@link AnswerFormat#same}
     * @param understood false when the format could not parse the text and compares it as normalised text
     */
    public Answer(String raw, String canonical, boolean understood) {
        this(raw, canonical, understood, Optional.empty());
    }

    /** Carries what the text means, so that a vote does not read it again for every comparison. */
    Answer(String raw, Meaning meaning, boolean understood) {
        this(raw, meaning.canonical(), understood, Optional.of(meaning));
    }

    private Answer(String raw, String canonical, boolean understood, Optional<Meaning> meaning) {
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
        return meaning.orElseGet(() -> Meaning.of(raw));
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
