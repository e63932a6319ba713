package parathink.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ManPagesTest {
    @Test
    void everyOptionExitCodeAndExampleHasItsPlace(@TempDir Path temporary) throws IOException {
        var top = Commands.whole(new TestingShell(temporary).environment());
        for (var line : top.getSubcommands().values()) {
            var command = line.getCommandSpec();

            var page = ManPages.page(command);

            assertThat(page).startsWith(".TH \"parathink-" + command.name() + "\" 1");
            for (var option : command.options()) {
                assertThat(page)
                        .as(command.name())
                        .contains("\\fB" + option.longestName().replace("-", "\\-") + "\\fR");
            }
            assertThat(page).contains(".SH \"EXIT STATUS\"", ".B 130", ".SH \"EXAMPLES\"");
            assertThat(page).as("a default that is not filled in").doesNotContain("${");
        }
    }

    @Test
    void noLineIsTakenForARequestOfTroff(@TempDir Path temporary) throws IOException {
        var top = Commands.whole(new TestingShell(temporary).environment());

        assertThat(ManPages.page(top.getCommandSpec()).lines().filter(line -> line.startsWith(".")))
                .allMatch(line -> line.matches("\\.(TH|SH|TP|B|nf|fi)( .*)?"));
    }
}
