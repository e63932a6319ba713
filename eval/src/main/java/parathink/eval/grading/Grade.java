package parathink.eval.grading;

import java.util.Optional;
import parathink.datasets.Answer;
import parathink.datasets.Problem;
import parathink.strategies.Oracle;
import parathink.strategies.Strategy;

/** Compares answers with a problem's reference, or with its rules where it has no reference. May be used from any thread. */
public record Grade(Problem problem) {
    /** Whether an answer is right; empty for a problem with neither reference nor rules. */
    public Optional<Boolean> of(Answer answer) {
        var format = problem.question().format();
        return problem.reference()
                .map(reference -> format.accepts(format.read(reference), answer))
                .or(() -> format.holds(answer));
    }

    /** Whether no answer is right: it is not, where there is something to compare with. */
    public Optional<Boolean> ofNothing() {
        boolean gradable =
                problem.reference().isPresent() || problem.question().format().checksByRule();
        return gradable ? Optional.of(false) : Optional.empty();
    }

    /** What a strategy may ask: nothing, unless it is a diagnosis. */
    public Oracle oracle(Strategy strategy) {
        return strategy.isDiagnostic()
                ? answer -> of(answer)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "a diagnosis needs to know which answers are right, and this problem has no reference"))
                : Oracle.NONE;
    }

    /** Of an answer that may be missing. */
    public Optional<Boolean> of(Optional<Answer> answer) {
        return answer.isPresent() ? of(answer.get()) : ofNothing();
    }
}
