package parathink.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parathink.strategies.Strategies;

final class StrategiesCommandTest {
    private TestingShell shell;

    @BeforeEach
    void open(@TempDir Path temporary) throws IOException {
        shell = new TestingShell(temporary);
    }

    @Test
    void listsTheWholeCatalogue() {
        var ended = shell.checkedRun("strategies");

        assertThat(ended.status()).isZero();
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out().lines().map(line -> line.split(" ", 2)[0]))
                .containsAll(
                        Strategies.all().stream().map(entry -> entry.name()).toList());
    }

    @Test
    void printsOneObjectALine() throws IOException {
        var lines = shell.checkedRun("strategies", "--json").out().lines().toList();

        assertThat(lines).hasSameSizeAs(Strategies.all());
        var vote = new JsonMapper().readTree(lines.get(2));
        assertThat(vote.path("name").asText()).isEqualTo("self-consistency");
        assertThat(vote.path("settings").get(0).path("name").asText()).isEqualTo("branches");
    }

    @Test
    void showsSettingsDefaultsAndPaperOfOne() {
        var ended = shell.checkedRun("strategies", "self-consistency");

        assertThat(ended.status()).isZero();
        assertThat(ended.out()).contains("-S branches=16", "-S abstain=0", "Wang et al., 2022");
    }

    @Test
    void suggestsTheNearestStrategy() {
        var ended = shell.checkedRun("strategies", "self-consistancy");

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err())
                .isEqualToIgnoringNewLines(
                        "parathink strategies: there is no strategy 'self-consistancy'; did you mean 'self-consistency'?");
    }
}
