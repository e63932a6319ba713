package parathink.eval.run;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import parathink.datasets.Answer;
import parathink.datasets.AnswerFormat;

/**
 * A format that reads each text once: a strategy and the record of its completions ask for the same ones, and recorded
 * answers are few and repeat. Used by the thread of one attempt.
 */
final class RememberedAnswers implements AnswerFormat {
    private final AnswerFormat format;
    private final Map<String, Optional<Answer>> found = new HashMap<>();

    RememberedAnswers(AnswerFormat format) {
        this.format = format;
    }

    @Override
    public String name() {
        return format.name();
    }

    @Override
    public String instruction() {
        return format.instruction();
    }

    @Override
    public Optional<Answer> find(String completion) {
        var known = found.get(completion);
        if (known == null) {
            known = format.find(completion); // not remembered when it fails
            found.put(completion, known);
        }
        return known;
    }

    @Override
    public Answer read(String text) {
        return format.read(text);
    }

    @Override
    public boolean same(Answer reference, Answer answer) {
        return format.same(reference, answer);
    }

    @Override
    public boolean accepts(Answer reference, Answer answer) {
        return format.accepts(reference, answer);
    }

    @Override
    public boolean checksByRule() {
        return format.checksByRule();
    }

    @Override
    public Optional<Boolean> holds(Answer answer) {
        return format.holds(answer);
    }
}
