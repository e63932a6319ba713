package parathink.datasets;

import java.util.Optional;
import parathink.datasets.math.Wording;

/**
 * Answers in words, compared without regard to case, spacing, LaTeX wrappers and punctuation at the ends. Immutable; usable
 * from any thread.
 */
public final class TextFormat implements AnswerFormat {
    private static final int LONGEST_BARE = 100;

    @Override
    public String name() {
        return "text";
    }

    @Override
    public String instruction() {
        return "End with a last line of the form \"Answer: ...\".";
    }

    @Override
    public Optional<Answer> find(String completion) {
        return FinalAnswer.afterThinking(completion)
                .flatMap(said -> FinalAnswer.boxed(said)
                        .or(() -> FinalAnswer.tagged(said))
                        .or(() -> FinalAnswer.closings(said).stream().findFirst())
                        .or(() -> bare(said))
                        .map(TextFormat::answer));
    }

    private static Optional<String> bare(String text) {
        var answer = text.strip();
        return answer.isEmpty() || answer.length() > LONGEST_BARE || answer.contains("\n")
                ? Optional.empty()
                : Optional.of(answer);
    }

    @Override
    public Answer read(String text) {
        return answer(FinalAnswer.boxed(text).orElse(text));
    }

    private static Answer answer(String text) {
        return new Answer(text, Wording.normal(text), true);
    }

    @Override
    public boolean same(Answer reference, Answer answer) {
        return reference.canonical().equals(answer.canonical());
    }
}
