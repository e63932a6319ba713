package parathink.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsTest {
    private static final String PROJECT = "parathink.yaml";
    private static final String USER = ".config/parathink/config.yaml";

    private TestingShell shell;

    @BeforeEach
    void open(@TempDir Path temporary) throws IOException {
        shell = new TestingShell(temporary);
    }

    private String originOfJson(String... more) {
        var ended = shell.checkedRun(more);
        assertThat(ended.status()).as(ended.err()).isZero();
        return ended.out()
                .lines()
                .filter(line -> line.startsWith("json "))
                .map(line -> line.replaceAll(" +", " "))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void takesTheUsersFileBeforeTheBuiltInDefault() throws IOException {
        assertThat(originOfJson("strategies", "--show-config")).isEqualTo("json false default");

        var file = shell.writeAtHome(USER, "# mine\nstacktrace: true\n");
        var shown = shell.checkedRun("strategies", "--show-config").out().replaceAll(" +", " ");

        assertThat(shown).contains("stacktrace true " + file + ":2");
    }

    @Test
    void takesTheProjectsFileBeforeTheUsers() throws IOException {
        shell.writeAtHome(USER, "stacktrace: true\n");
        var file = shell.write(PROJECT, "stacktrace: false\n");

        assertThat(shell.checkedRun("strategies", "--show-config").out().replaceAll(" +", " "))
                .contains("stacktrace false " + file + ":1");
    }

    @Test
    void takesTheEnvironmentBeforeFiles() throws IOException {
        shell.write(PROJECT, "json: false\n");
        shell.set("PARATHINK_JSON", "true");

        assertThat(shell.checkedRun("strategies", "greedy").out()).startsWith("{");
        shell.set("PARATHINK_STACKTRACE", "true");
        assertThat(shell.checkedRun("strategies", "--show-config").out())
                .contains("{\"name\":\"stacktrace\",\"value\":\"true\",\"origin\":\"PARATHINK_STACKTRACE\"}");
    }

    @Test
    void takesAFlagBeforeEverything() throws IOException {
        shell.write(PROJECT, "stacktrace: false\n");

        assertThat(shell.checkedRun("strategies", "--show-config", "--stacktrace")
                        .out()
                        .replaceAll(" +", " "))
                .contains("stacktrace true --stacktrace");
    }

    @Test
    void takesACommandsOwnSectionBeforeWhatHoldsForAll() throws IOException {
        shell.write(PROJECT, "json: false\nstrategies:\n  json: true\n");

        assertThat(shell.checkedRun("strategies", "greedy").out()).startsWith("{");
    }

    @Test
    void refusesAnUnknownSettingWithFileAndLine() throws IOException {
        var file = shell.write(PROJECT, "json: true\nstacktrce: true\n");

        var ended = shell.checkedRun("strategies");

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.errLines())
                .containsExactly(
                        "parathink: " + file + ":2: there is no setting 'stacktrce'; did you mean 'stacktrace'?");
    }

    @Test
    void refusesWhatIsNotYamlWithFileAndLine() throws IOException {
        var file = shell.write(PROJECT, "json: true\nstacktrace: [\n");

        var ended = shell.checkedRun("strategies");

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.errLines()).hasSize(1);
        assertThat(ended.err()).startsWith("parathink: " + file + ":").contains("is not YAML");
    }

    @Test
    void refusesAliasesAnchorsAndTags() throws IOException {
        for (var harmful : new String[] {"json: *a\n", "json: &a [true]\n", "json: !!javax.script.Engine x\n"}) {
            var file = shell.write(PROJECT, harmful);

            var ended = shell.checkedRun("strategies");

            assertThat(ended.status()).isEqualTo(2);
            assertThat(ended.errLines())
                    .containsExactly(
                            "parathink: " + file + ":1: expected plain values, without anchors, aliases and tags");
        }
    }

    @Test
    void refusesANameThatStandsTwice() throws IOException {
        var file = shell.write(PROJECT, "json: true\njson: false\n");

        var ended = shell.checkedRun("strategies");

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err()).startsWith("parathink: " + file + ":2").contains("json");
    }

    @Test
    void namesFileAndLineOfABadValue() throws IOException {
        var file = shell.write(PROJECT, "# ours\njson: perhaps\n");

        var ended = shell.checkedRun("strategies");

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.errLines().getFirst())
                .startsWith("parathink strategies: " + file + ":2: ")
                .contains("perhaps");
    }

    @Test
    void acceptsAnEmptyFile() throws IOException {
        shell.write(PROJECT, "# nothing yet\n");

        assertThat(shell.checkedRun("strategies").status()).isZero();
    }

    @Test
    void whatHelpsToFindAWrongSettingWorksInSpiteOfIt() throws IOException {
        var file = shell.write(PROJECT, "jsn: true\n");
        var fault = "parathink: " + file + ":1: there is no setting 'jsn'; did you mean 'json'?";

        for (var asked : List.of(
                List.of("--help"),
                List.of("--version"),
                List.of("strategies", "--help"),
                List.of("strategies", "--show-config"))) {
            var ended = shell.checkedRun(asked.toArray(String[]::new));

            assertThat(ended.status()).as("%s", asked).isZero();
            assertThat(ended.out()).isNotBlank();
            assertThat(ended.errLines()).containsExactly(fault);
        }
        var doctor = shell.checkedRun("doctor");
        assertThat(doctor.out()).contains("wrong   settings", "did you mean 'json'?", "datasets");
        assertThat(doctor.errLines()).contains(fault);
        assertThat(doctor.status()).isEqualTo(4);
    }

    @Test
    void saysWholeSentencesOfWhatIsNotYaml() throws IOException {
        var file = shell.write(PROJECT, "json: [true\nstacktrace: false\n");

        assertThat(shell.checkedRun("strategies").errLines())
                .containsExactly("parathink: " + file
                        + ":2: is not YAML: while parsing a flow sequence: expected ',' or ']', but got :");
    }
}
