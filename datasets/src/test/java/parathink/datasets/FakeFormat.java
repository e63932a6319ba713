package parathink.datasets;

import java.util.Optional;

/** An answer format for tests that never ask it for an answer. */
record FakeFormat(String name) implements AnswerFormat {
    @Override
    public String instruction() {
        return "";
    }

    @Override
    public Optional<Answer> find(String completion) {
        return Optional.empty();
    }

    @Override
    public Answer read(String text) {
        return new Answer(text, text, true);
    }

    @Override
    public boolean same(Answer reference, Answer answer) {
        return reference.canonical().equals(answer.canonical());
    }
}
