package parathink.datasets;

import java.util.Optional;

/**
 * The verdict on one answer, given the reference.
 *
 * @param format the format both were read in
 * @param answer the answer found, or nothing when the text gives none
 */
public record Grade(AnswerFormat format, Answer reference, Optional<Answer> answer, boolean equal) {
    private static final int LONGEST_BARE = 300;

    /** Grades a completion, or a bare answer: short text is also taken as it stands. */
    public static Grade of(AnswerFormat format, String reference, String text) {
        var wanted = format.read(reference);
        var found = format.find(text);
        if (found.isPresent() && format.accepts(wanted, found.get())) {
            return new Grade(format, wanted, found, true);
        }
        if (found.isPresent() && text.length() <= LONGEST_BARE && !text.isBlank()) {
            var bare = format.read(text);
            if (format.accepts(wanted, bare)) {
                return new Grade(format, wanted, Optional.of(bare), true);
            }
        }
        return new Grade(format, wanted, found, false);
    }

    /** Grades where no format is named: letters of options as a choice, all else as mathematics. */
    public static Grade of(String reference, String text) {
        boolean choice = ChoiceFormat.isLetter(reference) || ChoiceFormat.isLetter(text);
        return of(AnswerFormats.named(choice ? "choice" : "math"), reference, text);
    }
}
