package parathink.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ChoiceFormatTest {
    private final ChoiceFormat unknown = new ChoiceFormat(List.of());
    private final ChoiceFormat known = new ChoiceFormat(List.of("Oslo", "Lima is old", "12 cm", "Both A and B"));

    @ParameterizedTest
    @CsvSource(
            delimiterString = "||",
            quoteCharacter = '`',
            value = {
                "The answer is (B).||B",
                "Answer: C||C",
                "**Answer: D**||D",
                "\\boxed{\\text{B}}||B",
                "$\\boxed{\\textbf{(E)}\\ 12}$||E",
                "(A)||A",
                "B. Oslo||B",
                "A. because B is wrong||A",
                "It's not A, so the correct option is D.||D",
                "I would choose option C because A and B fail.||C",
                "The correct choice is (b)||B",
                "A man walks. The answer is B||B",
                "I think it is C.||C",
                "The options A and C are wrong. Hence (D)||D",
                "答案：C||C",
                "<think>A or B?</think>B||B"
            })
    void theLetterIsFound(String completion, String letter) {
        assertThat(unknown.find(completion).map(Answer::canonical)).contains(letter);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A man walks home.", "I am not sure.", "<think>(B)", "None of these"})
    void wordsAreNoLetters(String completion) {
        assertThat(unknown.find(completion)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "||",
            value = {"The answer is Oslo.||A", "\\boxed{12\\text{ cm}}||C", "Answer: Both A and B||D", "Lima is old||B"
            })
    void theTextOfAnOptionStandsForItsLetter(String completion, String letter) {
        assertThat(known.find(completion).map(Answer::canonical)).contains(letter);
    }

    @Test
    void aLetterBeyondTheOptionsIsNoAnswer() {
        assertThat(known.find("Answer: E")).isEmpty();
        assertThat(unknown.find("Answer: E").map(Answer::canonical)).contains("E");
    }

    @Test
    void lettersAreTheSameHoweverTheyAreWritten() {
        assertThat(unknown.same(unknown.read("(C)"), unknown.read("\\text{C}"))).isTrue();
        assertThat(unknown.same(unknown.read("C"), unknown.read("D"))).isFalse();
    }

    @Test
    void moreChoicesThanLettersAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ChoiceFormat(Collections.nCopies(27, "x")))
                .withMessage("at most 26 choices have a letter, got 27");
    }
}
