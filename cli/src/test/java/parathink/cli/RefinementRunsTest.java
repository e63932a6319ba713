package parathink.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs of the strategies of several calls on the embedded model, and what else reads them. */
final class RefinementRunsTest {
    @TempDir
    private Path temporary;

    private TestingShell shell;

    @BeforeEach
    void open() throws IOException {
        shell = new TestingShell(temporary);
    }

    static Stream<Path> recipes() throws IOException {
        try (var files = Files.list(Path.of("..", "scripts", "recipes"))) {
            return files
                    .filter(file -> file.getFileName().toString().matches("(pdr|sr)-.*\\.args"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void aRecipeIsARun(Path recipe) throws IOException {
        var text = Files.readString(recipe);
        var ended = run("run @%s --dry-run".formatted(recipe.toAbsolutePath()));
        if (text.contains("replay:")) {
            assertThat(ended.status()).isEqualTo(4); // the run that it replays has not been made here
            assertThat(ended.err()).contains("runs/");
        } else {
            assertThat(ended.status()).as(ended.err()).isZero();
            assertThat(ended.out()).contains("256").contains("runs/");
        }
    }

    @Test
    void theDraftsOfARunAreAPoolAndItsReportHasBothBudgets() throws IOException {
        checked("run --dataset arith-1 --limit 2 --strategy pdr -S rounds=2 -S end=greedy --out pdr");
        checked("run --model replay:pdr --strategy self-consistency -n 2 --out vote");

        var problem = new JsonMapper().readTree(lines("pdr/problems.jsonl").getFirst());
        var voted = new JsonMapper().readTree(lines("vote/problems.jsonl").getFirst());
        // the drafts are the same, and vote; a replay draws them in another order, which only ties depend on
        assertThat(voted.path("votes")).containsExactlyInAnyOrderElementsOf(problem.path("votes"));
        long work = lines("pdr/completions.jsonl").stream()
                .filter(line -> line.contains("\"role\":\"draft\"") && line.contains("\"problem\":\"arith-1/1\""))
                .mapToLong(line -> Long.parseLong(line.replaceFirst(".*\"tokens\":(\\d+),.*", "$1")))
                .sum();
        assertThat(voted.path("usage").path("work").asLong()).isEqualTo(work);
        assertThat(shell.read("pdr/tables/summary.csv")).contains("B_seq a problem").contains("B_total a problem");
        assertThat(shell.read("vote/tables/summary.csv")).doesNotContain("B_seq");
        assertThat(checked("compare pdr vote").out()).contains("pdr");
        assertThat(checked("verify pdr --sample 3").out()).contains("every token the same");
    }

    @Test
    void aDiagnosisIsMarkedAndNotCompared() throws IOException {
        checked("run --dataset arith-1 --limit 1 --strategy pdr -S rounds=2 -S workspace=oracle-right --out told");
        checked("run --dataset arith-1 --limit 1 --strategy greedy --out greedy");

        assertThat(new JsonMapper().readTree(shell.read("told/run.json")).path("settings").path("diagnostic").asBoolean())
                .isTrue();
        assertThat(checked("report told").out()).contains("pdr (diagnosis)");
        var refused = run("compare told greedy");
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.errLines()).hasSize(1);
        assertThat(refused.err()).contains("told").contains("no method to compare");
        assertThat(run("sweep --dataset arith-1 --limit 1 --strategy pdr -S workspace=normal,oracle-wrong --out s")
                        .status())
                .isEqualTo(2);
    }

    private List<String> lines(String file) throws IOException {
        return shell.read(file).lines().toList();
    }

    private TestingShell.Ended checked(String line) {
        var ended = run(line);
        assertThat(ended.status()).as(ended.err()).isZero();
        return ended;
    }

    private TestingShell.Ended run(String line) {
        return shell.checkedRun(line.split(" ", -1));
    }
}
