package parathink.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.CommandSpec;

final class HelpPageTest {
    private static final Pattern WORD = Pattern.compile("\"[^\"]*\"|\\S+"); // as a shell splits them

    private TestingShell shell;

    @BeforeEach
    void open(@TempDir Path temporary) throws IOException {
        shell = new TestingShell(temporary);
    }

    private List<CommandSpec> commands() {
        var top = Commands.whole(shell.environment());
        var all = new ArrayList<CommandSpec>();
        all.add(top.getCommandSpec());
        top.getSubcommands().values().forEach(command -> all.add(command.getCommandSpec()));
        return all;
    }

    private String help(CommandSpec command) {
        var ended = command.parent() == null ? shell.checkedRun("--help") : shell.checkedRun(command.name(), "--help");
        assertThat(ended.status()).as(command.name()).isZero();
        assertThat(ended.err()).as(command.name()).isEmpty();
        return ended.out();
    }

    @Test
    void everyPageListsExitCodesAndAnExample() {
        for (var command : commands()) {
            assertThat(help(command))
                    .as(command.name())
                    .contains("Exit codes:", "130", "interrupted", "Examples:", "  parathink ");
        }
    }

    @Test
    void everyOptionIsOnItsPageOnce() {
        for (var command : commands()) {
            var page = help(command);
            for (var option : command.options()) {
                assertThat(page.lines().filter(line -> line.matches("^ .*" + option.longestName() + "([ =,].*|$)")))
                        .as("%s %s", command.name(), option.longestName())
                        .isNotEmpty();
                assertThat(option.description())
                        .as("%s %s", command.name(), option.longestName())
                        .isNotEmpty();
            }
        }
    }

    @Test
    void everyExampleParses() {
        for (var command : commands()) {
            for (var line : command.usageMessage().footer()) {
                var words = WORD.matcher(line.replaceFirst("[;>|].*|   \\(.*", ""))
                        .results()
                        .map(word -> word.group().replace("\"", ""))
                        .toArray(String[]::new);
                assertThat(words[0]).as(line).isEqualTo("parathink");
                if (!line.contains("@")) {
                    Commands.whole(shell.environment()).parseArgs(Arrays.copyOfRange(words, 1, words.length));
                }
            }
        }
    }

    @Test
    void everyCommandSpeaksJson() {
        for (var command : commands()) {
            assertThat(command.optionsMap()).as(command.name()).containsKeys("--json", "--show-config", "--stacktrace");
        }
    }
}
