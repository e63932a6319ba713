package parathink.datasets.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parathink.datasets.CountdownFormat;
import parathink.datasets.Dataset;
import parathink.datasets.DatasetRequest;
import parathink.datasets.Datasets;
import parathink.datasets.Fingerprint;

/** Published datasets as they are; skipped where the optional local data is missing. */
final class PublishedSetsTest {
    @TempDir
    private Path data;

    @Test
    void loadsBothLayoutsOfAime2024WithTheSameFingerprints() {
        var prompts = load("aime24.jsonl");
        var columns = load("aime24-hub-columns.jsonl");

        assertThat(prompts.problems()).hasSize(30);
        assertThat(fingerprints(prompts)).doesNotHaveDuplicates().isEqualTo(fingerprints(columns));
        assertThat(references(prompts)).isEqualTo(references(columns)).startsWith("204", "113");
        assertThat(references(columns)).contains("25", "73").noneMatch(gold -> gold.startsWith("0"));
        assertThat(columns.problems().getFirst().id()).isEqualTo("60");
        assertThat(prompts.problems().getFirst().question().text()).doesNotContain("\\boxed");
    }

    @Test
    void loadsAime2025() {
        var set = load("aime25.jsonl");

        assertThat(references(set)).hasSize(30).startsWith("70", "588");
    }

    @Test
    void loadsAmc2023WithItsDecimalsAsIntegers() {
        var set = load("amc23.jsonl");

        assertThat(references(set))
                .hasSize(40)
                .startsWith("27", "36")
                .contains("-1", "3159")
                .noneMatch(gold -> gold.contains("."));
    }

    @Test
    void loadsMath500() {
        var set = load("math500.jsonl");

        assertThat(references(set))
                .hasSize(500)
                .startsWith("\\left( 3, \\frac{\\pi}{2} \\right)", "p - q")
                .contains("\\$18.90");
        assertThat(fingerprints(set)).doesNotHaveDuplicates();
    }

    @Test
    void loadsGsm8kWithTheNumberAfterTheMark() {
        var set = load("gsm8k.jsonl");

        assertThat(references(set))
                .hasSize(1319)
                .startsWith("18", "3", "70000")
                .allMatch(gold -> gold.matches("-?\\d+"));
    }

    @Test
    void loadsCountdownFromParquet() {
        var set = load("countdown.parquet");

        assertThat(set.problems()).hasSize(1000);
        assertThat(set.problems().getFirst().question().format())
                .isEqualTo(new CountdownFormat(List.of(84, 9, 14, 28), 73));
        assertThat(set.problems().getFirst().question().text()).isEqualTo("Use 84, 9, 14, 28 to make 73.");
    }

    @Test
    void importsEverySetWithTheSameProblems() {
        for (var file : List.of(
                "aime24.jsonl", "aime25.jsonl", "amc23.jsonl", "math500.jsonl", "gsm8k.jsonl", "countdown.parquet")) {
            var name = file.substring(0, file.indexOf('.'));
            var raw = load(file);
            new DatasetImport(Datasets.importable(name), data).load(published(file), Map.of(), false);
            var imported = Datasets.load(name, new DatasetRequest(Map.of(), Integer.MAX_VALUE, data));

            assertThat(fingerprints(imported)).isEqualTo(fingerprints(raw));
            assertThat(references(imported)).isEqualTo(references(raw));
        }
    }

    private static List<String> fingerprints(Dataset set) {
        return set.problems().stream()
                .map(problem -> Fingerprint.of(problem.question()))
                .toList();
    }

    private static List<String> references(Dataset set) {
        return set.problems().stream()
                .map(problem -> problem.reference().orElseThrow())
                .toList();
    }

    private Dataset load(String file) {
        return Datasets.load(published(file).toString(), new DatasetRequest(Map.of(), Integer.MAX_VALUE, data));
    }

    private static Path published(String file) {
        var folder = Optional.ofNullable(System.getenv("PARATHINK_SHARED"))
                .map(Path::of)
                .orElse(Path.of("../../shared"));
        var set = folder.resolve("data/sets").resolve(file);
        assumeTrue(Files.exists(set), "the optional local data is missing: " + set);
        return set;
    }
}
