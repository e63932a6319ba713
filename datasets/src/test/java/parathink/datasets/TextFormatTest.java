package parathink.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TextFormatTest {
    private final TextFormat format = new TextFormat();

    @ParameterizedTest
    @CsvSource(
            delimiterString = "||",
            value = {
                "The answer is Tuesday.||tuesday",
                "Answer: The Red House||the red house",
                "\\boxed{\\text{Red house}}||red house",
                "Oslo||oslo",
                "<think>x</think>Lima.||lima"
            })
    void theWordsAreFound(String completion, String words) {
        assertThat(format.find(completion).map(Answer::canonical)).contains(words);
    }

    @Test
    void aLongTextThatSaysNoAnswerHasNone() {
        assertThat(format.find("word ".repeat(50))).isEmpty();
        assertThat(format.find("<think>Answer: Oslo")).isEmpty();
    }

    @Test
    void caseAndPunctuationDoNotMatterButWordsDo() {
        assertThat(format.same(format.read(" Red   House."), format.read("\\text{red house}")))
                .isTrue();
        assertThat(format.same(format.read("red house"), format.read("house red")))
                .isFalse();
    }
}
