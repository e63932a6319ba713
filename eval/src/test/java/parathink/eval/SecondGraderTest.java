package parathink.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

final class SecondGraderTest {
    private static boolean same(String gold, String pred) {
        return new NormalisedGrader()
                .grade(List.of(new SecondGrader.Pair(gold, pred)))
                .getFirst();
    }

    @Test
    void plainSpellingForgivesDressAndNothingElse() {
        assertThat(same("33", "33.0")).isTrue();
        assertThat(same("033", "33")).isTrue();
        assertThat(same("10000", "10{,}000")).isTrue();
        assertThat(same("\\frac{1}{2}", "$\\dfrac{1}{2}$")).isTrue();
        assertThat(same("\\text{Evelyn}", "evelyn.")).isTrue();
        assertThat(same("90^\\circ", "90")).isTrue();
        assertThat(same("(1,2)", "\\left( 1, 2 \\right)")).isTrue();
        assertThat(same("1/2", "0.5")).isFalse();
        assertThat(same("100", "10")).isFalse();
        assertThat(same("0.5", "5")).isFalse();
        assertThat(same("1,2", "12")).isFalse();
    }

    private static List<Boolean> run(String command, int pairs) {
        return SecondGrader.of(command)
                .grade(java.util.stream.IntStream.range(0, pairs)
                        .mapToObj(i -> new SecondGrader.Pair("1", i % 2 == 0 ? "1" : "\"2\"\n"))
                        .toList());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aCommandReadsOneObjectALineAndAnswersTrueOrFalse() {
        var grades = run("sed 's/.*\"pred\":\"1\".*/true/; s/^{.*/false/'", 20_000); // more than a pipe holds

        assertThat(grades).hasSize(20_000);
        assertThat(grades.subList(0, 3)).containsExactly(true, false, true);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aCommandThatFailsIsToldWithWhatWouldBeRight() {
        assertThatThrownBy(() -> run("exit 3", 1))
                .isInstanceOf(ResultsException.class)
                .hasMessage("second grader 'exit 3': ended with 3");
        assertThatThrownBy(() -> run("cat > /dev/null; echo yes", 1))
                .hasMessageEndingWith("line 1 is 'yes'; it must be true or false");
        assertThatThrownBy(() -> run("cat > /dev/null; echo true", 2))
                .hasMessageEndingWith("gave 1 lines for 2 answers");
        assertThatThrownBy(() -> SecondGrader.of(" ")).hasMessageContaining("'normalised' or a command");
    }
}
