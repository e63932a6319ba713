package parathink.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IntegerFormatTest {
    private final IntegerFormat format = new IntegerFormat();

    @ParameterizedTest
    @CsvSource(
            delimiterString = "||",
            value = {
                "The answer is \\boxed{047}.||47",
                "\\boxed{47^\\circ}||47",
                "So the final answer is 81||81",
                "\\boxed{m+n = 81}||81",
                "\\boxed{\\text{25 ways}}||25",
                "I counted 12 and 13. In total 25||25"
            })
    void theNumberIsFound(String completion, String number) {
        assertThat(format.find(completion).map(Answer::canonical)).contains(number);
    }

    @ParameterizedTest
    @CsvSource({"047, 47", "47.0, 47", "'1,047', 1047", "$47$, 47", "94/2, 47"})
    void integersAreTheSameHoweverTheyAreWritten(String a, String b) {
        assertThat(format.same(format.read(a), format.read(b))).isTrue();
    }

    @Test
    void aFractionIsNotTheIntegerNextToIt() {
        assertThat(format.same(format.read("47"), format.read("95/2"))).isFalse();
    }

    @Test
    void whatIsNoNumberIsNotUnderstood() {
        assertThat(format.read("none").understood()).isFalse();
        assertThat(format.same(format.read("none"), format.read("47"))).isFalse();
    }
}
