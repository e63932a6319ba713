package parathink.datasets.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MeaningTest {
    private static final Duration LIMIT = Duration.ofSeconds(5); // a shared machine; each takes well under one

    static Stream<Arguments> same() throws IOException {
        return pairs("same.txt");
    }

    static Stream<Arguments> different() throws IOException {
        return pairs("different.txt");
    }

    private static Stream<Arguments> pairs(String file) throws IOException {
        try (var lines = new BufferedReader(
                new InputStreamReader(MeaningTest.class.getResourceAsStream(file), StandardCharsets.UTF_8))) {
            return lines.lines().filter(line -> !line.startsWith("#")).toList().stream()
                    .map(line -> {
                        int bars = line.indexOf("||");
                        return Arguments.of(
                                line.substring(0, bars).strip(),
                                line.substring(bars + 2).strip());
                    });
        }
    }

    @ParameterizedTest
    @MethodSource("same")
    void answersThatMeanTheSameAreTheSameBothWaysRound(String a, String b) {
        assertThat(Meaning.of(a).same(Meaning.of(b))).as("%s and %s", a, b).isTrue();
        assertThat(Meaning.of(b).same(Meaning.of(a))).as("%s and %s", b, a).isTrue();
    }

    @Test
    void wholeNumbersAreTheSameWhenTheirValuesAreHoweverTheyAreWritten() {
        var numbers = List.of("7", "007", "-7", "0", "-0", "70", "999999999999999999", "999999999999999998");
        for (var a : numbers) {
            for (var b : numbers) {
                assertThat(Meaning.of(a).same(Meaning.of(b)))
                        .as("%s and %s", a, b)
                        .isEqualTo(Long.parseLong(a) == Long.parseLong(b));
                assertThat(Meaning.of(a).same(Meaning.of(b + ".0")))
                        .as("%s and %s.0, which are compared as any two values", a, b)
                        .isEqualTo(Long.parseLong(a) == Long.parseLong(b));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("different")
    void answersThatDifferAreDifferentBothWaysRound(String a, String b) {
        assertThat(Meaning.of(a).same(Meaning.of(b))).as("%s and %s", a, b).isFalse();
        assertThat(Meaning.of(b).same(Meaning.of(a))).as("%s and %s", b, a).isFalse();
    }

    @Test
    void everyAnswerIsTheSameAsItselfAndSamenessIsSymmetric() throws IOException {
        var answers = Stream.concat(same(), different())
                .flatMap(pair -> Stream.of(pair.get()))
                .map(text -> Meaning.of((String) text))
                .toList();
        for (int i = 0; i < answers.size(); i++) {
            assertThat(answers.get(i).same(answers.get(i))).isTrue();
            var other = answers.get((i * 37 + 11) % answers.size());
            assertThat(answers.get(i).same(other)).isEqualTo(other.same(answers.get(i)));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "||",
            value = {
                "1,000||1000",
                "\\frac{6}{8}||0.75",
                "\\frac{2}{6}||1/3",
                "x = 5||5",
                "5\\text{ cm}||5",
                "10\\%||10%",
                "\\{1, 2\\}||{1, 2}",
                "(-3, \\frac12]||(-3, 0.5]",
                "x \\ge 2||[2, inf)",
                "1011_{2}||1011_2",
                "\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}||[[1, 2], [3, 4]]",
                "\\frac{\\sqrt{3}}{2}||sqrt(3)/2",
                "4:05 p.m.||16:05",
                "\\text{Blue}||blue"
            })
    void theCanonicalFormIsPlain(String text, String canonical) {
        assertThat(Meaning.of(text).canonical()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\\sum_{k=1}^{n} k^2", "\\begin{tabular} 1 \\end{tabular}", "1/0", "3 +", "((2)", "1, 2, \\ldots"
            })
    void whatCannotBeReadIsKeptAsTextAndSaysSo(String text) {
        assertThat(Meaning.of(text).understood()).isFalse();
        assertThat(Meaning.of(text).same(Meaning.of(" " + text + " "))).isTrue();
        assertThat(Meaning.of(text).same(Meaning.of(text + "1"))).isFalse();
    }

    @Test
    void aGradeTakesTheDigitsOfANumeralWhoseBaseTheReferenceNames() {
        var reference = Meaning.of("302_7");

        assertThat(Meaning.of("302").answers(reference)).isTrue();
        assertThat(Meaning.of("302").same(reference)).isFalse();
        assertThat(Meaning.of("203").answers(reference)).isFalse();
        assertThat(Meaning.of("149").answers(reference)).isTrue(); // its value
    }

    @Test
    void numbersThatAgreeToSeventeenDigitsAreStillToldApart() {
        // Ramanujan's constant is an integer to within 1e-12
        assertThat(Meaning.of("e^{\\pi\\sqrt{163}}").same(Meaning.of("262537412640768744")))
                .isFalse();
        assertThat(Meaning.of("1000000000000000000000001").same(Meaning.of("10^{24}")))
                .isFalse();
        assertThat(Meaning.of("\\sqrt{10^{40}+1}").same(Meaning.of("10^{20}"))).isFalse();
    }

    static Stream<Arguments> bombs() {
        return Stream.of(
                        "9^{9^{9^{9}}}",
                        "2^".repeat(3_000) + "2",
                        "9" + "!".repeat(3_000),
                        "((((9!)!)!)!)!",
                        "2999!+".repeat(1_000) + "1",
                        "(".repeat(3_000) + "1" + ")".repeat(3_000),
                        "(1+".repeat(3_000) + "1" + ")".repeat(3_000),
                        "(".repeat(100_000),
                        "{".repeat(50_000) + "}".repeat(50_000),
                        "\\frac{1}{".repeat(900) + "2" + "}".repeat(900),
                        "\\frac1".repeat(1_600),
                        "\\sqrt".repeat(1_900) + "2",
                        "\\sin(".repeat(90) + "x" + ")".repeat(90),
                        "\\sin(x)+".repeat(1_000) + "1",
                        "\\arctan(x)+".repeat(400) + "1",
                        "(\\sqrt2)^{\\sqrt3}+".repeat(300) + "1",
                        "x^{y^{z^{w}}}".repeat(300),
                        "x/".repeat(4_900) + "x",
                        "x+".repeat(4_900) + "1",
                        "-".repeat(9_999) + "1",
                        "\\pm 1".repeat(1_900),
                        "1,".repeat(4_900) + "2",
                        "9".repeat(100_000),
                        "1e999999",
                        "1e-999999",
                        "1e99999999999999999999",
                        "e^{e^{e^{e^{e}}}}",
                        "\\sin(10^{50})",
                        "\\binom{1000000}{500000}",
                        "(x+y+z)^{99999}",
                        "\\begin{pmatrix}" + "1&".repeat(4_000) + "1\\end{pmatrix}",
                        "\\begin{pmatrix}x&y\\\\y&x\\end{pmatrix}".repeat(200),
                        "f(".repeat(3_000) + "x" + ")".repeat(3_000),
                        "(1,2)\\cup".repeat(900) + "(3,4)",
                        "0." + "1".repeat(4_000) + "\\overline{37}",
                        "|".repeat(9_999),
                        "α".repeat(9_999),
                        "word ".repeat(20_000),
                        "\\text{".repeat(1_500) + "1" + "}".repeat(1_500),
                        " ".repeat(100_000) + "1")
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void anyTextIsReadAndComparedSoon(String bomb) {
        assertTimeoutPreemptively(LIMIT, () -> {
            var meaning = Meaning.of(bomb);
            assertThat(meaning.same(Meaning.of(bomb))).isTrue();
            assertThat(meaning.same(Meaning.of(bomb + " + 7"))).isFalse();
            assertThat(meaning.canonical()).isNotNull();
        });
    }

    @Test
    void bracketsAroundTheWholeCostNoDepth() {
        assertThat(Meaning.of("(".repeat(3_000) + "1" + ")".repeat(3_000)).same(Meaning.of("1")))
                .isTrue();
    }

    @Test
    void garbageNeitherThrowsNorHangs() {
        var random = new Random(20_261_122);
        var pieces = List.of(
                "\\frac",
                "{",
                "}",
                "(",
                ")",
                "[",
                "]",
                "\\{",
                "\\}",
                "^",
                "_",
                "|",
                "!",
                "%",
                "°",
                "'",
                ",",
                ";",
                ":",
                "=",
                "<",
                "≤",
                "\\in",
                "\\cup",
                "\\pm",
                "\\sqrt",
                "\\sin",
                "\\log",
                "\\text{",
                "\\begin{pmatrix}",
                "\\end{pmatrix}",
                "&",
                "\\\\",
                "\\infty",
                "\\overline",
                "\\boxed{",
                "$",
                "\\(",
                "1",
                "23",
                "0.5",
                ".",
                "e",
                "i",
                "x",
                "cm",
                " and ",
                "π",
                "½",
                "²",
                "\u0000",
                "\uD800",
                "答",
                "f(",
                "\\left",
                "\\right.",
                "-",
                "+",
                "*",
                "/",
                " ",
                "\n");
        Function<Integer, String> garbage = length -> {
            var text = new StringBuilder();
            for (int i = 0; i < length; i++) {
                text.append(pieces.get(random.nextInt(pieces.size())));
            }
            return text.toString();
        };
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            for (int round = 0; round < 3_000; round++) {
                var a = Meaning.of(garbage.apply(1 + random.nextInt(25)));
                var b = Meaning.of(garbage.apply(1 + random.nextInt(25)));
                assertThat(a.same(a)).isTrue();
                assertThat(a.same(b)).isEqualTo(b.same(a));
                assertThat(a.canonical()).isNotNull();
            }
        });
    }
}
