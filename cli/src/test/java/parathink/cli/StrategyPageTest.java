package parathink.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parathink.strategies.Strategies;
import parathink.strategies.StrategyEntry;

/** {@code docs/strategies.md} tells of every strategy there is, and what it tells is so. */
final class StrategyPageTest {
    private static final Path PAGE = Path.of("../docs/strategies.md");
    private static final Pattern COMMAND = Pattern.compile("^`(?:scripts/)?parathink (run [^`]+)`$", Pattern.MULTILINE);

    @TempDir
    private Path temporary;

    /** The text of each section by its heading. */
    private static Map<String, String> sections() throws IOException {
        var sections = new LinkedHashMap<String, String>();
        for (var section : Files.readString(PAGE).split("(?m)^## ", -1)) {
            int end = section.indexOf('\n');
            sections.put(section.substring(0, end).strip(), section.substring(end));
        }
        return sections;
    }

    static Stream<String> commands() throws IOException {
        return COMMAND.matcher(Files.readString(PAGE)).results().map(found -> found.group(1));
    }

    static List<StrategyEntry> strategies() {
        return Strategies.all();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void theCommandWorksAsPrinted(String command) throws IOException {
        var words = new ArrayList<>(
                Arrays.asList(command.replaceFirst("--limit \\d+", "--limit 1").split(" ", -1)));
        assertThat(words).as(command).containsSequence("--limit", "1");
        words.addAll(List.of("--max-tokens", "80", "--out", "out"));

        var ended = new TestingShell(temporary).checkedRun(words.toArray(String[]::new));

        assertThat(ended.status()).as("%s: %s", command, ended.err()).isZero();
        assertThat(ended.out()).contains("accuracy");
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void everyStrategyHasAPictureItsSettingsItsNeedsAndACommandOfItsOwn(StrategyEntry entry) throws IOException {
        var section = sections().getOrDefault(entry.name(), "");

        assertThat(section.toLowerCase(Locale.ROOT).replaceAll("\\s+", " "))
                .as("section '%s'", entry.name())
                .contains("```", "needs", "cost", "not help");
        assertThat(COMMAND.matcher(section).results().map(found -> found.group(1)))
                .anyMatch(command -> command.contains("--strategy " + entry.name() + " "));
        for (var setting : entry.settings()) {
            assertThat(section).as("setting of %s", entry.name()).contains("`" + setting.name() + "`");
            if (!setting.defaultValue().isEmpty()) {
                assertThat(section.lines()
                                .filter(line -> line.startsWith("|") && line.contains("`" + setting.name() + "`")))
                        .as("default of %s's %s", entry.name(), setting.name())
                        .anyMatch(line -> line.replace("\\|", "|").contains(setting.defaultValue()));
            }
        }
    }

    @Test
    void noSectionTellsOfASettingThatIsNotThere() throws IOException {
        var row = Pattern.compile("(?m)^\\| ((?:`[a-z0-9-]+`(?: \\(`-n`\\))?(?:, )?)+) \\|");
        var sections = sections();
        for (var entry : Strategies.all()) {
            var known = entry.settings().stream()
                    .map(setting -> "`" + setting.name() + "`")
                    .toList();
            var section = sections.getOrDefault(entry.name(), "");
            int table = section.indexOf("| setting |");
            row.matcher(section.substring(Math.max(0, table)))
                    .results()
                    .flatMap(found -> Pattern.compile("`[a-z0-9-]+`")
                            .matcher(found.group(1))
                            .results())
                    .map(found -> found.group())
                    .filter(name -> table >= 0 && !name.equals("`-n`"))
                    .forEach(name ->
                            assertThat(known).as("settings of %s", entry.name()).contains(name));
        }
    }
}
