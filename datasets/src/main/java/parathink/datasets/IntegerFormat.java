package parathink.datasets;

import java.util.Optional;
import parathink.datasets.math.Meaning;

/**
 * Answers that are one number, such as the integers of the AIME. Leading zeros, degree signs, currency, units and a closing
 * {@code .0} do not matter; what is no number is not understood. Immutable; usable from any thread.
 */
public final class IntegerFormat implements AnswerFormat {
    @Override
    public String name() {
        return "integer";
    }

    @Override
    public String instruction() {
        return "Reason step by step, and put your final answer, an integer, in \\boxed{}.";
    }

    @Override
    public Optional<Answer> find(String completion) {
        return FinalAnswer.in(completion).map(IntegerFormat::number);
    }

    @Override
    public Answer read(String text) {
        return number(FinalAnswer.boxed(text).orElse(text));
    }

    /** The text as a number, or the last number in it. */
    private static Answer number(String text) {
        var meaning = Meaning.of(text);
        if (meaning.isNumber()) {
            return new Answer(text, meaning, true);
        }
        return FinalAnswer.lastNumber(text)
                .map(Meaning::of)
                .filter(Meaning::isNumber)
                .map(number -> new Answer(text, number, true))
                .orElseGet(() -> new Answer(text, meaning, false));
    }

    @Override
    public boolean same(Answer reference, Answer answer) {
        return reference.meaning().same(answer.meaning());
    }
}
