package parathink.eval;

import java.util.Locale;
import java.util.Optional;
import parathink.datasets.Answer;
import parathink.datasets.AnswerFormat;

/** An answer is what follows the last {@code = }; capitals do not matter. */
final class TextAnswers implements AnswerFormat {
    @Override
    public String name() {
        return "text";
    }

    @Override
    public String instruction() {
        return "";
    }

    @Override
    public Optional<Answer> find(String completion) {
        int at = completion.lastIndexOf("= ");
        return at < 0 ? Optional.empty() : Optional.of(read(completion.substring(at + 2)));
    }

    @Override
    public Answer read(String text) {
        return new Answer(text, text, true);
    }

    @Override
    public boolean same(Answer reference, Answer answer) {
        return reference
                .canonical()
                .toLowerCase(Locale.ROOT)
                .equals(answer.canonical().toLowerCase(Locale.ROOT));
    }
}
