package parathink.eval.run;

import java.util.Optional;
import parathink.datasets.Answer;
import parathink.datasets.AnswerFormat;

/** The answer of a text is its length modulo three, so that a model that says anything at all answers. */
record LengthAnswers() implements AnswerFormat {
    @Override
    public String name() {
        return "length";
    }

    @Override
    public String instruction() {
        return "";
    }

    @Override
    public Optional<Answer> find(String completion) {
        return completion.isEmpty() ? Optional.empty() : Optional.of(read(Integer.toString(completion.length() % 3)));
    }

    @Override
    public Answer read(String text) {
        return new Answer(text, text, true);
    }

    @Override
    public boolean same(Answer reference, Answer answer) {
        return reference.canonical().equals(answer.canonical());
    }

    @Override
    public boolean checksByRule() {
        return true;
    }

    @Override
    public Optional<Boolean> holds(Answer answer) {
        return Optional.of(answer.canonical().equals("0"));
    }
}
