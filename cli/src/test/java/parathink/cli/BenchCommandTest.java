package parathink.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BenchCommandTest {
    private TestingShell shell;

    @BeforeEach
    void open(@TempDir Path temporary) throws IOException {
        shell = new TestingShell(temporary);
    }

    @Test
    void measuresTheEmbeddedModelByRowsAndContext() throws IOException {
        var ended = shell.checkedRun(
                "bench",
                "--rows",
                "1,3",
                "--context",
                "16,24",
                "--tokens",
                "4",
                "--rounds",
                "2",
                "--out",
                "b",
                "--json");

        assertThat(ended.status()).as(ended.err()).isZero();
        var json = ended.json().getFirst();
        assertThat(json.path("model").asText()).startsWith("mini12, cpu, fast");
        assertThat(json.path("results")).hasSize(4).allSatisfy(result -> {
            var decode = result.path("engines").path(0).path("decode");
            assertThat(decode.path("rounds")).hasSize(2);
            assertThat(decode.path("low").asDouble()).isPositive();
            assertThat(result.path("kv_bytes").asLong()).isPositive();
        });
        assertThat(json.path("results").path(3).path("rows").asInt()).isEqualTo(3);
        assertThat(json.path("results").path(3).path("context").asInt()).isEqualTo(24);
        assertThat(Files.readString(shell.folder().resolve("b/bench.html"))).contains("<svg");
        assertThat(shell.read("b/bench.json")).contains("\"kv_bytes\"");
    }

    @Test
    void refusesWhatCannotBeMeasuredInOneLine() {
        for (var args : new String[][] {
            {"bench", "--context", "100000", "--tokens", "4"},
            {"bench", "--model", "http://127.0.0.1:1/v1#x"},
            {"bench", "--model", "replay:x.jsonl"},
            {"bench", "--against", "llama.cpp"}, // the embedded model is no folder
            {"bench", "--against", "vllm"},
            {"bench", "--rows", "0"}
        }) {
            var ended = shell.checkedRun(args);

            assertThat(ended.status()).as(String.join(" ", args)).isEqualTo(2);
            assertThat(ended.out()).isEmpty();
            assertThat(ended.errLines()).as(ended.err()).hasSizeBetween(1, 2);
        }
    }

    @Test
    void optionsThatDecideNothingAreRefused() {
        for (var option : new String[][] {
            {"--thinking", "off"},
            {"--template-option", "date_string=today"},
            {"--max-requests", "3"},
            {"--tokens-per-minute", "1000"},
            {"--max-usd", "1"},
            {"--price-in", "1"},
            {"--price-out", "1"},
            {"--retries", "2"},
            {"--timeout", "9"},
            {"--python", "python3"},
            {"--baselines", "here"}
        }) {
            var ended = shell.checkedRun("bench", option[0], option[1]);

            assertThat(ended.status()).as(option[0]).isEqualTo(2);
            assertThat(ended.out()).isEmpty();
            assertThat(ended.errLines())
                    .singleElement()
                    .satisfies(line -> assertThat(line).startsWith("parathink bench: " + option[0] + " is for"));
        }
    }

    @Test
    void branchesAreNotComparedWithPromptsOfTheirOwn() throws IOException {
        Files.createDirectories(shell.folder().resolve("model"));

        var ended = shell.checkedRun("bench", "--model", "model", "--branches", "--against", "llama.cpp");

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.errLines()).singleElement().asString().contains("--branches", "--against");
    }

    @Test
    void aBaselineWhoseScriptIsNotThereIsNamed() throws IOException {
        Files.createDirectories(shell.folder().resolve("model"));

        var ended = shell.checkedRun("bench", "--model", "model", "--against", "transformers", "--baselines", "none");

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err()).contains("transformers_baseline.py", "--baselines");
    }
}
