package parathink.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A run directory in which one file is any bytes at all: reported and shown, or refused in a few lines with exit code 2. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RunFilesFuzzTest {
    private static final String POOL =
            "{\"problem\": \"p\", \"question\": \"1+1?\", \"reference\": \"2\", \"text\": \"%s\"}\n";

    private TestingShell shell;
    private Path pristine;

    @BeforeAll
    void makeARun(@TempDir Path temporary) throws IOException {
        shell = new TestingShell(temporary);
        shell.write("pool.jsonl", POOL.formatted("so 2") + POOL.formatted("so 3"));
        var made =
                shell.checkedRun("run --model replay:pool.jsonl --strategy self-consistency -n 2 --out r".split(" "));
        assertThat(made.status()).as(made.err()).isZero();
        pristine = Files.move(shell.folder().resolve("r"), shell.folder().resolve("pristine"));
    }

    @FuzzTest
    void runJson(byte[] bytes) throws IOException {
        readsOrRefuses("run.json", bytes);
    }

    @FuzzTest
    void problems(byte[] bytes) throws IOException {
        readsOrRefuses("problems.jsonl", bytes);
    }

    @FuzzTest
    void completions(byte[] bytes) throws IOException {
        readsOrRefuses("completions.jsonl", bytes);
    }

    @FuzzTest
    void timing(byte[] bytes) throws IOException {
        readsOrRefuses("timing.jsonl", bytes);
    }

    private void readsOrRefuses(String name, byte[] bytes) throws IOException {
        var run = Files.createDirectories(shell.folder().resolve("r"));
        for (var file : Set.of("run.json", "problems.jsonl", "completions.jsonl", "timing.jsonl")) {
            Files.write(run.resolve(file), file.equals(name) ? bytes : Files.readAllBytes(pristine.resolve(file)));
        }
        check(shell.checkedRun("report", "r", "--json"));
        check(shell.checkedRun("report", "r"));
        check(shell.checkedRun("show", "r", "p"));
    }

    private static void check(TestingShell.Ended ended) {
        assertThat(ended.status()).as(ended.err()).isIn(0, 2);
        assertThat(ended.errLines()).hasSizeLessThanOrEqualTo(6);
        assertThat(ended.out() + ended.err()).matches("[^\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f]*");
    }
}
