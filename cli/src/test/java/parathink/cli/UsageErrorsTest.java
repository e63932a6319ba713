package parathink.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UsageErrorsTest {
    private TestingShell shell;

    @BeforeEach
    void open(@TempDir Path temporary) throws IOException {
        shell = new TestingShell(temporary);
    }

    @Test
    void suggestsTheNearestCommand() {
        var ended = shell.checkedRun("stratgies");

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.errLines())
                .containsExactly(
                        "parathink: there is no command 'stratgies'; did you mean 'strategies'?",
                        "See 'parathink --help'.");
    }

    @Test
    void suggestsTheNearestOption() {
        var ended = shell.checkedRun("strategies", "--jsn");

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.errLines().getFirst())
                .isEqualTo("parathink strategies: unknown option '--jsn'; did you mean '--json'?");
    }

    @Test
    void refusesAnAbbreviatedOption() {
        assertThat(shell.checkedRun("strategies", "--js").status()).isEqualTo(2);
    }

    @Test
    void asksForACommandWhenThereIsNone() {
        var ended = shell.checkedRun();

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.errLines()).hasSizeLessThanOrEqualTo(6);
        assertThat(ended.err()).contains("name a command").contains("strategies");
    }

    @Test
    void refusesAnArgumentThatACommandHasNoPlaceFor() {
        var ended = shell.checkedRun("strategies", "greedy", "sample");

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.errLines().getFirst()).isEqualTo("parathink strategies: unexpected argument 'sample'");
    }
}
