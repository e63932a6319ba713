package parathink.datasets;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a strategy may see of a problem: it has no reference, so no strategy can peek.
 *
 * @param text the question itself
 * @param choices the options of a multiple-choice question, in the order shown; empty otherwise
 * @param format how the answer is found and compared
 */
public record Question(String text, List<String> choices, AnswerFormat format) {
    public Question {
        Objects.requireNonNull(format, "format");
        if (text.isBlank()) {
            throw new IllegalArgumentException("a question must not be empty");
        }
        choices = List.copyOf(choices);
    }

    public Question(String text, AnswerFormat format) {
        this(text, List.of(), format);
    }

    /** The same question with its options in another order, or others; an answer is then a letter of these. */
    Question showing(List<String> options) {
        return new Question(text, options, format instanceof ChoiceFormat ? new ChoiceFormat(options) : format);
    }

    /** The question as it is put to a model: the text, then one line an option. */
    public String asked() {
        if (choices.isEmpty()) {
            return text;
        }
        var asked = new StringBuilder(text).append("\n");
        for (int i = 0; i < choices.size(); i++) {
            asked.append("\n").append((char) ('A' + i)).append(") ").append(choices.get(i));
        }
        return asked.toString();
    }

    /** The sentence that asks for the answer's format. */
    public String instruction() {
        return format.instruction();
    }

    /** The final answer of a completion, or nothing when there is none. */
    public Optional<Answer> answerIn(String completion) {
        return format.find(completion);
    }
}
