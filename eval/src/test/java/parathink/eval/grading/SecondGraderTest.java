package parathink.eval.grading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import parathink.eval.directory.ResultsException;

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
        return SecondGrader.of(command, Duration.ofSeconds(60))
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
        assertThatThrownBy(() -> SecondGrader.of(" ", Duration.ofSeconds(1)))
                .hasMessageContaining("'normalised' or a command");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aCommandThatDoesNotEndIsStoppedWithAllThatItStarted(@TempDir Path folder) throws IOException {
        var number = folder.resolve("number");
        var command = "(sleep 300 & echo $! > '%s'; wait) & sleep 300".formatted(number);

        assertThatThrownBy(() ->
                        SecondGrader.of(command, Duration.ofSeconds(1)).grade(List.of(new SecondGrader.Pair("1", "1"))))
                .isInstanceOf(ResultsException.class)
                .hasMessageContaining("had not ended after 1 s and was stopped; give it more with --grader-timeout");

        var grandchild =
                ProcessHandle.of(Long.parseLong(Files.readString(number).strip()));
        assertThat(grandchild.map(
                        child -> child.onExit().orTimeout(30, TimeUnit.SECONDS).join()))
                .satisfiesAnyOf(
                        gone -> assertThat(gone).isEmpty(),
                        ended -> assertThat(ended.get().isAlive()).isFalse());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void whatACommandLeavesRunningDoesNotHoldItsAnswersForEver() {
        var grader = SecondGrader.of("cat > /dev/null; sleep 20 2> /dev/null & echo true", Duration.ofSeconds(1));
        // whether the output of a program that has ended is still open depends on who was first to read it
        try {
            assertThat(grader.grade(List.of(new SecondGrader.Pair("1", "1")))).containsExactly(true);
        } catch (ResultsException e) {
            assertThat(e).hasMessageContaining("had not ended after 1 s");
        }
    }
}
