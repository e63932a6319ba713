package parathink.datasets;

import java.util.Optional;
import parathink.datasets.math.Meaning;

/**
 * Answers that are numbers, formulas, sets, points, intervals, matrices, equations or short words, compared by what they
 * mean. Immutable; usable from any thread.
 *
 * <p>Policy, the same in a vote and in a grade: units and currency are optional, but two known units must measure the same
 * and are converted; 50% is 50 and 0.5; a decimal of two places or more stands for a fraction or an irrational number that
 * it rounds correctly, and decimals that both have six places agree when the longer rounds to the shorter; {@code x = 5} is
 * 5; a bare list has no order, except against a point; the open interval (1, 3) and the point (1, 3) are not told apart;
 * the variables of formulas are real. One leniency is the grade's alone: where the reference is {@code 204_5}, the digits
 * {@code 204} are right, because the question gives the base.
 */
public final class MathFormat implements AnswerFormat {
    @Override
    public String name() {
        return "math";
    }

    @Override
    public String instruction() {
        return "Reason step by step, and put your final answer in \\boxed{}.";
    }

    @Override
    public Optional<Answer> find(String completion) {
        return FinalAnswer.in(completion).map(MathFormat::answer);
    }

    @Override
    public Answer read(String text) {
        var boxed = FinalAnswer.boxed(text);
        if (boxed.isPresent()) {
            return answer(boxed.get());
        }
        var whole = answer(text);
        return whole.understood()
                ? whole
                : FinalAnswer.marked(text)
                        .map(MathFormat::answer)
                        .filter(Answer::understood)
                        .orElse(whole);
    }

    private static Answer answer(String text) {
        var meaning = Meaning.of(text);
        return new Answer(text, meaning, meaning.understood());
    }

    @Override
    public boolean same(Answer reference, Answer answer) {
        return reference.meaning().same(answer.meaning());
    }

    @Override
    public boolean accepts(Answer reference, Answer answer) {
        return answer.meaning().answers(reference.meaning());
    }
}
