package parathink.datasets.files;

import java.util.List;
import java.util.Optional;
import parathink.datasets.Answer;
import parathink.datasets.AnswerFormat;
import parathink.datasets.CountdownFormat;

/** Makes the answer format of a row. */
public final class AnswerFormats {
    private AnswerFormats() {}

    public static AnswerFormat named(FormatName name) {
        return new Plain(name.label());
    }

    static AnswerFormat choice(List<String> options) {
        return new Plain("choice");
    }

    static AnswerFormat countdown(List<Integer> numbers, int target) {
        return new CountdownFormat(numbers, target);
    }

    private record Plain(String name) implements AnswerFormat {
        @Override
        public String instruction() {
            return "";
        }

        @Override
        public Optional<Answer> find(String completion) {
            return Optional.of(read(completion));
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
}
