package parathink.datasets.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import parathink.datasets.CountdownFormat;
import parathink.datasets.DatasetLoader;
import parathink.datasets.DatasetRequest;
import parathink.datasets.Problem;
import parathink.datasets.TextAnswers;

/** The families against golden.tsv, which the Python code that trained the embedded model wrote; see golden.py. */
final class GeneratedProblemsTest {
    private static final List<String> FAMILIES = List.of(
            "countdown-3",
            "countdown-4",
            "arith-1",
            "arith-2",
            "arith-3",
            "arith-4",
            "arith-5",
            "arith-6",
            "arith-7",
            "arith-8",
            "arith-9");

    static Stream<List<String>> goldenDigests() {
        return golden().filter(row -> row.size() == 3);
    }

    static Stream<List<String>> goldenProblems() {
        return golden().filter(row -> row.size() == 5);
    }

    static List<String> families() {
        return FAMILIES;
    }

    @Test
    void goldenFileHoldsEveryFamily() {
        assertThat(goldenDigests().map(List::getFirst).distinct()).isEqualTo(FAMILIES);
        assertThat(goldenDigests()).hasSize(33);
        assertThat(goldenProblems()).hasSize(99);
    }

    @ParameterizedTest
    @MethodSource("goldenDigests")
    void twoHundredProblemsAreTheOnesOfTheTrainingCode(List<String> golden) {
        var problems = load(golden.getFirst(), Map.of("seed", golden.get(1), "size", "200"));

        assertThat(problems).hasSize(200);
        assertThat(digest(problems)).isEqualTo(golden.get(2));
    }

    @ParameterizedTest
    @MethodSource("goldenProblems")
    void firstProblemsAreTheOnesOfTheTrainingCode(List<String> golden) {
        var problem = load(golden.getFirst(), Map.of("seed", golden.get(1), "size", golden.get(2)))
                .getLast();

        assertThat(problem.question().text()).isEqualTo(golden.get(3));
        assertThat(problem.reference()).hasValue(golden.get(4));
    }

    @ParameterizedTest
    @MethodSource("families")
    void aSmallerSetIsTheBeginningOfALargerOne(String family) {
        var texts = texts(load(family, Map.of()));

        assertThat(texts).hasSize(256).doesNotHaveDuplicates().allMatch(HeldOut::isHeldOut);
        assertThat(texts(load(family, Map.of("size", "20")))).isEqualTo(texts.subList(0, 20));
        assertThat(texts(loader(family)
                        .load(new DatasetRequest(Map.of(), 7, Path.of(".")))
                        .problems()))
                .isEqualTo(texts.subList(0, 7));
        assertThat(texts(load(family, Map.of("seed", "100", "size", "20"))))
                .doesNotContainAnyElementsOf(texts.subList(0, 5));
    }

    @Test
    void heldOutTextsAreThoseWhoseChecksumIsDivisibleByForty() {
        // CRC-32 of "123456789" is the algorithm's published check value, cbf43926 = 3421780262 = 22 mod 40
        assertThat(HeldOut.isHeldOut("123456789")).isFalse();
        assertThat(HeldOut.isHeldOut("")).isTrue(); // the checksum of nothing is 0
        assertThat(HeldOut.isHeldOut("Use 15, 2, 16 to make 33.")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
    void answersOfArithmeticAreWholeNumbersBelowAThousand(int level) {
        for (var problem : load("arith-" + level, Map.of())) {
            assertThat(problem.reference().orElseThrow()).matches("0|[1-9][0-9]{0,2}");
            assertThat(problem.question().text().length()).isLessThanOrEqualTo(330);
        }
    }

    @Test
    void arithmeticIsAnsweredInTheFormatThatItIsGiven() {
        var format = new TextAnswers();

        var dataset = new ArithmeticProblems(2, format).load(new DatasetRequest(Map.of(), 3, Path.of(".")));

        assertThat(dataset.name()).isEqualTo("arith-2");
        assertThat(dataset.problems()).hasSize(3).allMatch(p -> p.question().format() == format);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void referencesOfCountdownAreSolutions(int numbers) {
        for (var problem : load("countdown-" + numbers, Map.of())) {
            var format = (CountdownFormat) problem.question().format();
            assertThat(format.numbers()).hasSize(numbers).doesNotContain(format.target());
            assertThat(format.target()).isBetween(10, 100);
            assertThat(problem.question().text())
                    .isEqualTo("Use " + format.numbers().toString().replaceAll("[\\[\\]]", "") + " to make "
                            + format.target() + ".");
            var reference = format.read(problem.reference().orElseThrow());
            assertThat(format.holds(reference)).as(problem.toString()).hasValue(true);
        }
    }

    @Test
    void idsNameTheSeedUnlessItIsTheUsualOne() {
        assertThat(load("countdown-4", Map.of("size", "2")))
                .extracting(Problem::id)
                .containsExactly("countdown-4/1", "countdown-4/2");
        assertThat(load("arith-5", Map.of("seed", "7", "size", "2")))
                .extracting(Problem::id)
                .containsExactly("arith-5/s7/1", "arith-5/s7/2");
        assertThat(load("arith-5", Map.of("seed", "99", "size", "1")))
                .extracting(Problem::id)
                .containsExactly("arith-5/1");
    }

    @Test
    void refusesSettingsThatItCannotMeet() {
        assertThatThrownBy(() -> load("arith-1", Map.of("sise", "3")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unknown setting 'sise'; known are size, seed");
        assertThatThrownBy(() -> load("arith-1", Map.of("size", "0"))).hasMessage("size must be 1 to 10000, got 0");
        assertThatThrownBy(() -> load("arith-1", Map.of("size", "many")))
                .hasMessage("size must be a whole number, got 'many'");
        assertThatThrownBy(() -> load("arith-1", Map.of("seed", "-1"))).hasMessage("seed must not be negative, got -1");
        assertThatThrownBy(() -> new ArithmeticProblems(10, new TextAnswers()))
                .hasMessage("the level must be 1 to 9, got 10");
        assertThatThrownBy(() -> new CountdownProblems(5)).hasMessage("a game gives 3 or 4 numbers, got 5");
    }

    private static List<Problem> load(String family, Map<String, String> settings) {
        return loader(family)
                .load(new DatasetRequest(settings, Integer.MAX_VALUE, Path.of(".")))
                .problems();
    }

    private static DatasetLoader loader(String family) {
        int number = Integer.parseInt(family.substring(family.indexOf('-') + 1));
        return family.startsWith("countdown")
                ? new CountdownProblems(number)
                : new ArithmeticProblems(number, new TextAnswers());
    }

    private static List<String> texts(List<Problem> problems) {
        return problems.stream().map(p -> p.question().text()).toList();
    }

    private static String digest(List<Problem> problems) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            for (var problem : problems) {
                var line =
                        problem.question().text() + "\t" + problem.reference().orElseThrow() + "\n";
                sha.update(line.getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static Stream<List<String>> golden() {
        try (var in = GeneratedProblemsTest.class.getResourceAsStream("golden.tsv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().map(line -> List.of(line.split("\t")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
