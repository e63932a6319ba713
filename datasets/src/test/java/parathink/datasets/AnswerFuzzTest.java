package parathink.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import parathink.datasets.math.Meaning;

/** Any text at all as an answer or a completion; {@code scripts/checks/fuzz} looks for ones that break a law. */
final class AnswerFuzzTest {
    private static final List<AnswerFormat> FORMATS = List.of(
            new MathFormat(),
            new IntegerFormat(),
            new ChoiceFormat(List.of("one half", "2", "\\frac{1}{3}", "all of these")),
            new TextFormat(),
            new CountdownFormat(List.of(3, 7, 8, 8), 24));

    /** The first line is a reference, the rest an answer to it. */
    @FuzzTest
    void comparesAnyTwoAnswersTheSameBothWays(byte[] input) {
        var text = new String(input, StandardCharsets.UTF_8);
        int end = text.indexOf('\n');
        var first = end < 0 ? text : text.substring(0, end);
        var second = end < 0 ? "" : text.substring(end + 1);
        for (var format : FORMATS) {
            var a = format.read(first);
            var b = format.read(second);
            assertThat(format.same(a, a)).as("reflexive").isTrue();
            assertThat(format.same(a, format.read(first))).as("read again").isTrue();
            assertThat(format.same(a, b)).as("symmetric").isEqualTo(format.same(b, a));
            assertThat(a.canonical().length()).as("of a bounded size").isLessThan(10_000 + 4 * first.length());
        }
        assertThat(Meaning.of(first).same(Meaning.of(second)))
                .isEqualTo(Meaning.of(second).same(Meaning.of(first)));
    }

    @FuzzTest
    void findsNoAnswerInsideAThoughtAndTheLastOneAfterIt(byte[] input) {
        var text = new String(input, StandardCharsets.UTF_8);
        for (var format : FORMATS) {
            format.find(text).ifPresent(answer -> {
                assertThat(format.same(answer, answer)).isTrue();
                assertThat(format.find(text)).contains(answer);
                format.holds(answer);
            });
            assertThat(format.find(text + "\n<think>")).as(format.name()).isEmpty();
        }
        assertThat(new MathFormat().find(text + "</think>\\boxed{17}").map(Answer::canonical))
                .contains("17");
        assertThat(new IntegerFormat().find(text + "</think>\\boxed{17}").map(Answer::canonical))
                .contains("17");
    }
}
