package parathink.datasets.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import parathink.datasets.Dataset;
import parathink.datasets.DatasetException;
import parathink.datasets.DatasetRequest;
import parathink.datasets.Problem;

/**
 * Any bytes at all as a file of problems: it is read, and what was read can be written and read again, or it is refused with
 * its name and one line. {@code scripts/checks/fuzz} looks for files that break this.
 */
final class DatasetFuzzTest {
    @TempDir
    private Path folder;

    @FuzzTest
    void jsonLines(byte[] bytes) throws IOException {
        readsOrRefuses("a.jsonl", bytes);
    }

    @FuzzTest
    void json(byte[] bytes) throws IOException {
        readsOrRefuses("a.json", bytes);
    }

    @FuzzTest
    void csv(byte[] bytes) throws IOException {
        readsOrRefuses("a.csv", bytes);
    }

    @FuzzTest
    void parquet(byte[] bytes) throws IOException {
        readsOrRefuses("a.parquet", bytes);
    }

    @FuzzTest
    void gzip(byte[] bytes) throws IOException {
        readsOrRefuses("a.jsonl.gz", bytes);
    }

    private void readsOrRefuses(String name, byte[] bytes) throws IOException {
        var file = Files.write(folder.resolve(name), bytes);
        Dataset dataset;
        try {
            dataset = load(file);
        } catch (DatasetException refusal) {
            assertThat(refusal.getMessage()).contains(file.toString()).hasLineCount(1);
            assertThat(refusal.isMissing()).isFalse();
            return;
        }
        assertThat(dataset.problems()).isNotEmpty();
        if (dataset.problems().stream().noneMatch(Problem::shuffled)) { // their letters are drawn by the file's name
            assertThat(written(dataset).problems()).isEqualTo(dataset.problems());
        }
    }

    private Dataset load(Path file) {
        return new DatasetFile(file).load(new DatasetRequest(Map.of(), Integer.MAX_VALUE, folder));
    }

    private Dataset written(Dataset dataset) throws IOException {
        var lines = new ArrayList<String>();
        dataset.problems().forEach(problem -> lines.add(ProblemWriter.line(problem)));
        var file = Files.write(folder.resolve("b.jsonl"), lines);
        var reader = new ProblemReader(Layout.OPEN, Reading.ofImported(Map.of(), List.of()));
        var loaded = new ProblemFiles("b", List.of(file), reader).load(0, Integer.MAX_VALUE);
        return new Dataset("b", loaded.problems(), loaded.remarks(), loaded.fingerprint());
    }
}
