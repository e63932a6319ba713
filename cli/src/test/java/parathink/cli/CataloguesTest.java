package parathink.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parathink.datasets.Datasets;

/** Datasets, models, imports and doctor: what is here, and what is not. */
final class CataloguesTest {
    private TestingShell shell;

    @BeforeEach
    void open(@TempDir Path temporary) throws IOException {
        shell = new TestingShell(temporary);
    }

    @Test
    void importsADatasetAndThenKnowsIt() throws IOException {
        shell.write(
                "ours.jsonl",
                "{\"problem\": \"1+1?\", \"answer\": \"2\"}\n{\"problem\": \"1+1?\", \"answer\": \"3\"}\n");

        var imported = shell.checkedRun("import", "ours.jsonl", "--as", "ours", "--json");

        assertThat(imported.status()).as(imported.err()).isZero();
        var json = imported.json().getFirst();
        assertThat(json.path("problems").asInt()).isEqualTo(2);
        assertThat(json.path("duplicates").asInt()).isEqualTo(1);
        assertThat(json.path("conflicts").asInt()).isEqualTo(1);
        assertThat(Path.of(json.path("file").asText())).startsWith(shell.home());
        var run = shell.checkedRun(
                "run", "--dataset", "ours", "--strategy", "greedy", "--max-tokens", "2", "--out", "o", "--dry-run");
        assertThat(run.status()).as(run.err()).isZero();
    }

    @Test
    void doesNotOverwriteOtherDataUnasked() throws IOException {
        shell.write("a.jsonl", "{\"problem\": \"1+1?\", \"answer\": \"2\"}\n");
        shell.write("b.jsonl", "{\"problem\": \"1+2?\", \"answer\": \"3\"}\n");
        shell.checkedRun("import", "a.jsonl", "--as", "ours");

        assertThat(shell.checkedRun("import", "b.jsonl", "--as", "ours").status())
                .isEqualTo(2);
        assertThat(shell.checkedRun("import", "b.jsonl", "--as", "ours", "--replace")
                        .status())
                .isZero();
    }

    @Test
    void listsEveryDatasetAndWhetherItIsHere() throws IOException {
        var lines = shell.checkedRun("datasets", "--json").json();

        assertThat(lines).hasSameSizeAs(Datasets.all());
        assertThat(lines).anySatisfy(line -> {
            assertThat(line.path("name").asText()).isEqualTo("gpqa-diamond");
            assertThat(line.path("state").asText()).isEqualTo("to import");
            assertThat(line.path("problems").asInt()).isEqualTo(198);
        });
        assertThat(shell.checkedRun("datasets", "countdown-4").out()).contains("generated", "-D size=256");
        assertThat(shell.checkedRun("datasets", "countdwn-4").err()).contains("did you mean 'countdown-4'?");
    }

    @Test
    void showsTheEmbeddedModelWithoutAndWithLoadingIt() throws IOException {
        var listed = shell.checkedRun("models", "--json").json().getFirst();
        var loaded = shell.checkedRun("models", "mini12", "--json").json().getFirst();

        assertThat(listed.path("name").asText()).isEqualTo("mini12");
        assertThat(listed.path("bytes").asLong()).isBetween(20_000_000L, 30_000_000L);
        assertThat(loaded.path("weights").asText()).startsWith("sha256:");
        assertThat(shell.checkedRun("models", "mini13").err()).contains("did you mean 'mini12'?");
    }

    @Test
    void findsEverythingThatIsNeeded() throws IOException {
        var ended = shell.checkedRun("doctor", "--json");

        assertThat(ended.status()).as(ended.out()).isZero();
        var diagnosis = ended.json().getFirst();
        assertThat(diagnosis.path("healthy").asBoolean()).isTrue();
        assertThat(diagnosis.path("findings")).hasSize(11);
    }

    @Test
    void saysHowToMendWhatIsMissing() throws IOException {
        Files.createDirectory(shell.folder().resolve("empty"));

        var ended = shell.checkedRun("doctor", "--ort-dir", "empty");

        assertThat(ended.status()).isEqualTo(4);
        assertThat(ended.out())
                .containsPattern("missing +onnxruntime")
                .contains("-> name a folder that has the library: --ort-dir or PARATHINK_ORT_DIR");
    }

    @Test
    void refusesDataThatCannotBeWritten() throws IOException {
        shell.set("PARATHINK_DATA", shell.write("file", "").toString());

        assertThat(shell.checkedRun("doctor").out()).contains("-> set PARATHINK_DATA to a folder of yours");
    }

    @Test
    void completesCommandsAndOptionsInAShell() {
        assertThat(shell.checkedRun("generate-completion").out())
                .contains("complete", "self", "--concurrency")
                .startsWith("#!");
    }

    @Test
    void printsTheVersionOfEverythingItRunsOn() throws IOException {
        assertThat(shell.checkedRun("--version").out()).contains("parathink 0.1.0", "java 25", "onnxruntime 1.29.0");
        assertThat(shell.checkedRun("--version", "--json")
                        .json()
                        .getFirst()
                        .path("parathink")
                        .asText())
                .isEqualTo("0.1.0");
    }
}
