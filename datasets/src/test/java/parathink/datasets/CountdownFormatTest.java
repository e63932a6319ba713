package parathink.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CountdownFormatTest {
    private static final CountdownFormat GAME = new CountdownFormat(List.of(3, 4, 7, 2), 26); // (3+7)*2+... and others

    private static Optional<String> found(String completion) {
        return GAME.find(completion).map(Answer::canonical);
    }

    private static boolean holds(CountdownFormat game, String expression) {
        return game.holds(game.read(expression)).orElseThrow();
    }

    @Test
    void findsTheLastBoxAfterTheThinking() {
        assertThat(found("<think>\\boxed{1+2}</think>so \\boxed{2+1} or \\boxed{(7+4)*2}."))
                .hasValue("2*(4+7)");
        assertThat(found("and on</think>\\boxed{7*4-2}")).hasValue("4*7-2");
    }

    @Test
    void findsNoAnswerInThinkingThatIsNotClosed() {
        assertThat(found("<think>\\boxed{7*4-2}")).isEmpty();
        assertThat(found("<think>a</think>\\boxed{7*4-2}<think>but")).isEmpty();
    }

    @Test
    void aBoxThatGivesUpOrCannotBeReadIsNoAnswerWhateverCameBefore() {
        assertThat(found("\\boxed{7*4-2} \\boxed{none}")).isEmpty();
        assertThat(found("\\boxed{}")).isEmpty();
        assertThat(found("\\boxed{\\text{none}}")).isEmpty();
        assertThat(found("")).isEmpty();
    }

    @Test
    void aBoxThatIsCutOffLeavesTheOneBeforeIt() {
        assertThat(found("\\boxed{7*4-2} wait \\boxed{7*4")).hasValue("4*7-2");
        assertThat(found("\\boxed{7*4")).isEmpty();
    }

    @Test
    void findsTheAnswerTagWhereThereIsNoBox() {
        assertThat(found("<think>x</think><answer> (7 + 4) × 2 </answer>")).hasValue("2*(4+7)");
        assertThat(found("<answer>1+2</answer> no, <answer>7*4-2 = 26</answer>"))
                .hasValue("4*7-2");
        assertThat(found("<answer>none</answer>")).isEmpty();
    }

    @Test
    void findsTheEquationThatEndsInTheTargetOnTheLastLine() {
        assertThat(found("Steps: ..\nAnswer: 7 * 4 - 2 = 26\n")).hasValue("4*7-2");
        assertThat(found("So we get **(7*4) - 2 = 26**.")).hasValue("4*7-2");
        assertThat(found("7*4-2 = 28-2 = 26")).hasValue("4*7-2");
        assertThat(found("7*4-2=26\nthat is all")).isEmpty();
        assertThat(found("7*4 = 28")).isEmpty();
        assertThat(found("we have $\\frac{7}{4}$ = 26")).isEmpty();
    }

    @Test
    void findsWhatTheLastLineCallsTheAnswerWhateverItClaimsToBeWorth() {
        assertThat(found("7*4-2=26\nThe answer is: 7*4 = 26.")).hasValue("4*7");
        assertThat(found("**Answer:** 7*4+2 = 48")).hasValue("2+4*7");
        assertThat(found("Answer: \\frac{7}{4}")).hasValue("7/4");
        assertThat(found("Answer: None")).isEmpty();
        assertThat(found("Answer: none of 7*4-2 = 26")).isEmpty();
        assertThat(found("the target is 26")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7*4-2|4*7-2",
                " ( 7 × 4 ) − 2 |4*7-2",
                "7 \\times 4 - 2 = 26|4*7-2",
                "$7 \\cdot 4 - 2$|4*7-2",
                "\\left(7\\cdot 4\\right)-2|4*7-2",
                "\\frac{4}{2}+3*7|3*7+4/2",
                "\\dfrac{7+4}{3-2}|(4+7)/(3-2)",
                "4 ÷ 2|4/2",
                "4 \\div 2|4/2",
                "007|7",
                "-3+7|7-3",
                "+7-(-3)|3+7",
            })
    void readsPlainTypographicAndLatexSpellings(String written, String canonical) {
        assertThat(GAME.read(written)).isEqualTo(new Answer(written.strip(), canonical, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "none",
                "",
                "7*",
                "*7",
                "(7",
                "7)",
                "()",
                "7 4",
                "7(4)",
                "7**4",
                "7//4",
                "7^4",
                "7.5",
                "1,000",
                "x",
                "7=x",
                "=7",
                "7=7*1",
                "\\frac{1}2",
                "\\frac12",
                "{7}",
                "\\sqrt{4}",
                "７",
                "7!",
                "(7]"
            })
    void readsNothingElseAsAnExpression(String text) {
        assertThat(GAME.read(text)).isEqualTo(new Answer(text, text, false));
        assertThat(holds(GAME, text)).isFalse();
        assertThat(GAME.find("\\boxed{" + text + "}")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1+2+3, 3+(2+1)",
        "2*(3*4), 4*3*2",
        "(5+6)*(1+2), (2+1)*(6+5)",
        "8-3+2, 2+8-3",
        "8-(3-2), 8+2-3",
        "8-(3+2), 8-3-2",
        "8/4*2, 2*8/4",
        "8/(4/2), 8*2/4",
        "8/4/2, 8/(2*4)",
        "-(3-8), 8-3",
        "-3*4+20, 20-4*3",
        "20+3*(-4), 20-3*4",
        "10+20, 20+10",
    })
    void groupsSolutionsThatDifferInOrderAndGroupingOnly(String one, String other) {
        assertThat(GAME.same(GAME.read(one), GAME.read(other))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"8-3, 3-8", "8/2, 2/8", "2*(3+4), 2*3+4", "2+2, 2*2", "6*4, 8*3", "12*2, 1*22", "7-1, 7/1"})
    void keepsOtherSolutionsApartEvenWhereTheyAreWorthTheSame(String one, String other) {
        assertThat(GAME.same(GAME.read(one), GAME.read(other))).isFalse();
    }

    @Test
    void holdsWhenEachNumberIsUsedOnceAndTheTargetIsReached() {
        assertThat(holds(GAME, "(3+7)*2+4")).isFalse(); // 24
        assertThat(holds(GAME, "(4+7)*2+3")).isFalse(); // 25
        assertThat(holds(GAME, "(3+7)*2+4+2")).isFalse(); // 26, with the 2 twice
        assertThat(holds(GAME, "7*4-2")).isFalse(); // 26, without the 3
        assertThat(holds(GAME, "3*4+7*2")).isTrue();
        assertThat(holds(GAME, "7*2 + 4*3 = 26")).isTrue();
    }

    @Test
    void isAFormatWhoseAnswersAreCheckedByRule() {
        assertThat(GAME.checksByRule()).isTrue();
        assertThat(GAME.name()).isEqualTo("countdown");
        assertThat(GAME.instruction()).contains("exactly once").contains("\\boxed{}");
    }

    @Test
    void holdsByExactFractions() {
        var game = new CountdownFormat(List.of(3, 3, 8, 8), 24);

        assertThat(holds(game, "8/(3-8/3)")).isTrue();
        assertThat(holds(game, "\\frac{8}{3-\\frac{8}{3}}")).isTrue();
        assertThat(holds(game, "8/(3-3)*8")).isFalse();
        assertThat(holds(new CountdownFormat(List.of(1, 2, 3), 1), "3/(1+2)")).isTrue();
        assertThat(holds(new CountdownFormat(List.of(1, 3, 3), 1), "1/3*3")).isTrue();
    }

    @Test
    void anUndefinedExpressionIsAnAnswerThatDoesNotHold() {
        var game = new CountdownFormat(List.of(5, 2, 2, 1), 0);

        assertThat(game.read("5/(1/(2-2))").understood()).isTrue();
        assertThat(holds(game, "5/(1/(2-2))")).isFalse();
        assertThat(holds(game, "5*(2-2)/1")).isTrue();
        assertThat(game.same(game.read("5/(1/(2-2))"), game.read("5*(2-2)/1"))).isFalse();
    }

    @Test
    void anyExpressionThatHoldsIsRightWhicheverTheReferenceIs() {
        var reference = GAME.read("3*4+7*2");

        assertThat(GAME.accepts(reference, GAME.read("2*(3+7)+4"))).isFalse();
        assertThat(GAME.accepts(GAME.read("26"), GAME.read("7*2+3*4"))).isTrue();
        assertThat(GAME.accepts(reference, GAME.read("none"))).isFalse();
        assertThat(GAME.accepts(GAME.read("none"), GAME.read("none"))).isFalse();
    }

    @Test
    void votesDoNotLookAtTheTarget() {
        assertThat(GAME.same(GAME.read("3*4+7*2"), GAME.read("7*4-3+1"))).isFalse();
        assertThat(GAME.same(GAME.read("1+1"), GAME.read("1+1"))).isTrue();
    }

    @Test
    void theCanonicalFormIsAnExpressionOfTheSameFormNumbersAndValue() {
        var random = new Random(4);
        for (int i = 0; i < 5000; i++) {
            var written = expression(random, 1 + random.nextInt(7));
            var parsed = CountdownParser.parse(written).orElseThrow();
            var canonical = CountdownForm.canonical(parsed);
            var again = CountdownParser.parse(canonical).orElseThrow();
            assertThat(CountdownForm.canonical(again)).as(written).isEqualTo(canonical);
            assertThat(again.numbers()).containsExactlyInAnyOrderElementsOf(parsed.numbers());
            assertThat(again.value().defined()).isEqualTo(parsed.value().defined());
            assertThat(again.value().numerator().multiply(parsed.value().denominator()))
                    .as(written)
                    .isEqualTo(parsed.value().numerator().multiply(again.value().denominator()));
        }
    }

    private static String expression(Random random, int numbers) {
        if (numbers == 1) {
            return (random.nextInt(8) == 0 ? "-" : "") + random.nextInt(5);
        }
        int left = 1 + random.nextInt(numbers - 1);
        var inner = expression(random, left) + "+-*/".charAt(random.nextInt(4)) + expression(random, numbers - left);
        return switch (random.nextInt(4)) {
            case 0 -> inner;
            case 1 -> "-(" + inner + ")";
            default -> "(" + inner + ")";
        };
    }

    @Test
    void hostileTextsAreRefusedAtOnce() {
        int n = 200_000;
        var hostile = List.of(
                "(".repeat(n),
                "-".repeat(n) + "1",
                "1+".repeat(n) + "1",
                "9".repeat(n),
                "=".repeat(n),
                "1=".repeat(n) + "1",
                "\\boxed{".repeat(n),
                "\\boxed{(".repeat(n) + ")}".repeat(n),
                "<answer>".repeat(n) + "</answer>",
                "<think>".repeat(n) + "</think>".repeat(n),
                "*".repeat(n) + "=26",
                " ".repeat(n) + "1+=26",
                "\\frac{".repeat(n));
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            for (var text : hostile) {
                assertThat(GAME.find(text)).isEmpty();
                assertThat(GAME.read(text).understood()).isFalse();
            }
        });
    }

    @Test
    void expressionsAreBoundedInCharactersAndNumbers() {
        assertThat(GAME.read("1" + "+1".repeat(29)).canonical()).isEqualTo("1" + "+1".repeat(29));
        assertThat(GAME.read("1" + "+1".repeat(30)).understood()).isFalse();
        assertThat(GAME.read("(".repeat(99) + "1" + ")".repeat(99)).canonical()).isEqualTo("1");
        assertThat(GAME.read("(".repeat(100) + "1" + ")".repeat(100)).understood())
                .isFalse();
        assertThat(GAME.read("-".repeat(199) + "1").canonical()).isEqualTo("-1");
        assertThat(GAME.read("9".repeat(100) + "*" + "9".repeat(99)).understood())
                .isTrue();
    }

    @Test
    void agamesNumbersMustBeThereAndNotNegative() {
        assertThatThrownBy(() -> new CountdownFormat(List.of(), 3)).hasMessage("a game needs numbers");
        assertThatThrownBy(() -> new CountdownFormat(List.of(3, -1), 3))
                .hasMessage("the numbers of a game must not be negative, got -1");
    }

    @Test
    void agreesWithEveryFlagOfTheGameOf24Pool() throws IOException {
        var pool = optionalLocalData().resolve("data/pools/game24-gpt4-cot-100x100.jsonl.gz");
        assumeTrue(Files.exists(pool), "optional local data is missing: " + pool.getFileName());

        int rows = 0;
        int right = 0;
        try (var in = new GZIPInputStream(Files.newInputStream(pool));
                var lines = new JsonMapper().readerFor(JsonNode.class).<JsonNode>readValues(in)) {
            while (lines.hasNextValue()) {
                var row = lines.nextValue();
                var numbers = StreamSupport.stream(row.get("numbers").spliterator(), false)
                        .map(JsonNode::asInt)
                        .toList();
                var game = new CountdownFormat(numbers, row.get("target").asInt());
                boolean held =
                        game.find(row.get("text").asText()).flatMap(game::holds).orElse(false);
                assertThat(held).as(row.toString()).isEqualTo(row.get("correct").asBoolean());
                rows++;
                right += held ? 1 : 0;
            }
        }
        assertThat(rows).isEqualTo(10_000);
        assertThat(right).isEqualTo(403);
    }

    private static Path optionalLocalData() {
        return Optional.ofNullable(System.getenv("PARATHINK_SHARED"))
                .map(Path::of)
                .orElse(Path.of("../../shared"));
    }
}
