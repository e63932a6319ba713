package parathink.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MathFormatTest {
    private final MathFormat format = new MathFormat();

    private Optional<String> found(String completion) {
        return format.find(completion.replace("⏎", "\n")).map(Answer::canonical);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "||",
            quoteCharacter = '`',
            value = {
                "So we get \\boxed{42}.||42",
                "First \\boxed{1}. Then, wait, it is \\boxed{2}.||2",
                "So $x = \\boxed{\\frac{1}{2}}$.||0.5",
                "\\boxed{\\frac{\\sqrt{3}}{\\left(2\\right)}}||sqrt(3)/2",
                "Thus \\boxed 5.||5",
                "Thus $\\boxed5$||5",
                "\\fbox{7}||7",
                "\\boxed{3}⏎⏎So the result is \\boxed{3}||3",
                "Both work: \\boxed{1} and \\boxed{2}||1, 2",
                "\\boxed{ \\text{yes} }||yes"
            })
    void theLastBoxWins(String completion, String answer) {
        assertThat(found(completion)).contains(answer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "||",
            quoteCharacter = '`',
            value = {
                "The final answer is 12.||12",
                "The final answer is $\\frac{3}{4}$. I hope it helps.||0.75",
                "**Answer:** 17||17",
                "**The answer is 8.**||8",
                "**Final Answer**⏎⏎$$x^2+1$$||x^2 + 1",
                "Answer: -5||-5",
                "#### 1,234||1234",
                "Some work <answer>5/6</answer> done||5/6",
                "The answer is 3. Wait, no. The answer is 4.||4",
                "The answer is Tuesday.||tuesday",
                "The answer is $x = 3$ or $x = 5$.||3, 5",
                "The answer is $1,000.||1000",
                "I think that the answer must be 77, since nothing else fits.||77",
                "Final Answer: The number of $k$-cycles is 30.||30",
                "It could be 9. The answer is correct.||9",
                "答案是 12。||12",
                "La réponse est 9.||9"
            })
    void withoutABoxTheLastClosingSentenceWins(String completion, String answer) {
        assertThat(found(completion)).contains(answer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "||",
            quoteCharacter = '`',
            value = {
                "So she has 3 + 4 = 7 apples in total.||7",
                "There are $7$ of them, and then $9$ more.||9",
                "Therefore the solution is $[1, 3)$.||[1, 3)",
                "x^2+2x+1||x^2 + 2*x + 1",
                "\\frac{2}{6}||1/3",
                "Navy blue||navy blue"
            })
    void aBareAnswerOrTheLastFormulaIsTheLastResort(String completion, String answer) {
        assertThat(found(completion)).contains(answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<think>It is \\boxed{3}", "<think>a</think> then <think> \\boxed{5}", "", "   ", "\\boxed{}"})
    void anOpenThoughtOrNothingHoldsNoAnswer(String completion) {
        assertThat(format.find(completion)).isEmpty();
    }

    @Test
    void whatIsSaidAfterAThoughtComesBeforeTheThought() {
        assertThat(found("<think>It is \\boxed{3}</think>It is \\boxed{4}.")).contains("4");
        assertThat(found("It is \\boxed{3}</think>The answer is 9.")).contains("9");
        assertThat(found("<think>It is \\boxed{3}</think>We compute $7+1$ and")).contains("3");
    }

    @Test
    void aReferenceIsReadFromLatexABoxOrASolution() {
        for (var reference :
                new String[] {"\\frac{5}{4}", "$1.25$", "\\boxed{5/4}", "Adding up, we get $\\boxed{\\tfrac54}$."}) {
            assertThat(format.read(reference).canonical()).as(reference).isEqualTo("1.25");
        }
    }

    @Test
    void aVoteKeepsANumeralApartFromItsBareDigitsWhichAGradeAccepts() {
        var reference = format.read("52_8");
        var answer = format.read("52");

        assertThat(format.same(reference, answer)).isFalse();
        assertThat(format.accepts(reference, answer)).isTrue();
    }

    @Test
    void anAnswerMadeFromTextAloneIsComparedByItsMeaning() {
        assertThat(format.same(new Answer("1/2", "1/2", true), format.read("0.5")))
                .isTrue();
    }

    @Test
    void hugeCompletionsAreSearchedSoon() {
        for (var piece : new String[] {
            "\\boxed{", "\\boxed{1}", "$", "\\[", "answer is ", "<answer>", "<think>", "\\(1 ", "a ", "1,000"
        }) {
            assertTimeoutPreemptively(Duration.ofSeconds(5), () -> format.find(piece.repeat(100_000 / piece.length())));
        }
    }
}
