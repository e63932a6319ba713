package parathink.datasets;

import java.util.Locale;
import java.util.Optional;

/** An answer is what follows the last {@code = } outside thinking; capitals do not matter, and the rule likes only vowels. */
public final class TextAnswers implements AnswerFormat {
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
        if (completion.contains("<think>") && !completion.contains("</think>")) {
            return Optional.empty();
        }
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

    @Override
    public boolean checksByRule() {
        return true;
    }

    @Override
    public Optional<Boolean> holds(Answer answer) {
        return Optional.of("aeiou".contains(answer.canonical()));
    }
}
