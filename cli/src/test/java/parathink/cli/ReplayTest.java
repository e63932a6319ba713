package parathink.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code run --model replay:} and {@code sweep}. */
final class ReplayTest {
    private static final String RUN = "run --model replay:pool.jsonl --strategy self-consistency -n 4 --out out";
    private static final List<String> FILES = List.of("problems.jsonl", "completions.jsonl");

    private TestingShell shell;

    @BeforeEach
    void open(@TempDir Path temporary) throws IOException {
        shell = new TestingShell(temporary);
        var lines = new ArrayList<String>();
        // the answers of p0 are 1 1 1 2 and it is right; those of p1 are 5 5 5 4, and 4 would be right
        for (int draw = 0; draw < 4; draw++) {
            lines.add(line("p0", "1", draw < 3 ? "1" : "2", draw, 10 + draw));
            lines.add(line("p1", "4", draw < 3 ? "5" : "4", draw, 20 + draw));
        }
        shell.write("pool.jsonl", String.join("\n", lines) + "\n");
    }

    private static String line(String problem, String reference, String answer, int draw, int tokens) {
        return ("{\"problem\": \"%s\", \"reference\": \"%s\", \"format\": \"integer\", \"answer\": \"%s\", \"draw\": %d,"
                        + " \"tokens\": %d}")
                .formatted(problem, reference, answer, draw, tokens);
    }

    private TestingShell.Ended run(String line) {
        return shell.checkedRun(line.split(" ", -1));
    }

    @Test
    void votesOverRecordedAnswersAndPaysTheirTokens() throws IOException {
        var ended = run(RUN + " --json");

        assertThat(ended.status()).as(ended.err()).isZero();
        var figures = ended.json().getFirst();
        assertThat(figures.path("accuracy").path("value").asDouble()).isEqualTo(0.5);
        assertThat(figures.path("usage").path("work").asLong()).isEqualTo(10 + 11 + 12 + 13 + 20 + 21 + 22 + 23);
        assertThat(figures.path("usage").path("span").asLong()).isEqualTo(13 + 23);
        assertThat(figures.path("completions").asInt()).isEqualTo(8);
        assertThat(shell.read("out/run.json")).contains("\"device\" : \"replay\"", "\"dataset\" : \"replay:pool.jsonl\"");
    }

    @Test
    void marksTokensThatAreEstimated() throws IOException {
        shell.write("pool.jsonl", "{\"problem\": \"p\", \"reference\": \"4\", \"text\": \"so it is 4\"}\n");

        var ended = run(RUN.replace("-n 4", "-n 1"));

        assertThat(ended.status()).as(ended.err()).isZero();
        assertThat(ended.err()).contains("tokens of 1 of 1 completions are not recorded and are estimated");
        assertThat(shell.read("out/run.json")).contains("\"device\" : \"replay, tokens estimated\"");
        assertThat(shell.read("out/report.html")).contains("replay, tokens estimated");
    }

    @Test
    void sameBytesAtAnyConcurrencyAndAfterAnInterruption() throws IOException {
        run(RUN + " --repeats 30 --concurrency 1");
        run(RUN.replace("--out out", "--out other") + " --repeats 30 --concurrency 16");
        for (var file : FILES) {
            assertThat(shell.read("other/" + file)).isEqualTo(shell.read("out/" + file));
        }
        // as a kill leaves it: half of the problems are missing, and a line is torn
        var problems = shell.read("out/problems.jsonl").lines().toList();
        shell.write("other/problems.jsonl", String.join("\n", problems.subList(0, 30)) + "\n{\"problem\": \"p1");
        shell.write(
                "other/run.json", shell.read("other/run.json").replace("\"complete\"", "\"running\""));

        run(RUN.replace("--out out", "--out other") + " --repeats 30");

        for (var file : FILES) {
            assertThat(shell.read("other/" + file)).isEqualTo(shell.read("out/" + file));
        }
    }

    @Test
    void everyRepeatDrawsInAnotherOrder() throws IOException {
        run(RUN.replace("-n 4", "-n 1") + " --repeats 200");

        long right = 0;
        for (var line : shell.read("out/problems.jsonl").lines().toList()) {
            right += line.contains("\"correct\":true") ? 1 : 0;
        }
        // one draw is right with 3/4 for p0 and 1/4 for p1: 200 of 400, standard deviation sqrt(2 · 200 · 3/16) = 8.7
        assertThat(right).isBetween(200L - 52, 200L + 52);
    }

    @Test
    void aRunDirectoryIsAPoolWithTheProblemsOfItsDataset() throws IOException {
        run("run --dataset countdown-3 --strategy self-consistency -n 4 --limit 2 --max-tokens 40 --out live");

        var ended = run("run --model replay:live --strategy self-consistency -n 4 --max-tokens 40 --out again --json");

        assertThat(ended.status()).as(ended.err()).isZero();
        var live = run("report live --json").json().getFirst();
        var again = ended.json().getFirst();
        assertThat(again.path("accuracy")).isEqualTo(live.path("accuracy"));
        assertThat(again.path("usage").path("work")).isEqualTo(live.path("usage").path("work"));
        assertThat(again.path("usage").path("span")).isEqualTo(live.path("usage").path("span"));
        assertThat(votes("again")).isEqualTo(votes("live"));
    }

    private List<List<Integer>> votes(String folder) throws IOException {
        var all = new ArrayList<List<Integer>>();
        var mapper = new JsonMapper();
        for (var line : shell.read(folder + "/problems.jsonl").lines().toList()) {
            var counts = new ArrayList<Integer>();
            for (JsonNode vote : mapper.readTree(line).path("votes")) {
                counts.add(vote.path("count").asInt());
            }
            all.add(counts);
        }
        return all;
    }

    @Test
    void verifiesAReplayByReplayingIt() throws IOException {
        run(RUN);
        assertThat(run("verify out --model replay:pool.jsonl").out()).contains("every token the same");

        shell.write("pool.jsonl", shell.read("pool.jsonl").replace("\"answer\": \"2\"", "\"answer\": \"3\""));
        var ended = run("verify out --model replay:pool.jsonl --sample 100");
        assertThat(ended.status()).isEqualTo(3);
        assertThat(ended.out()).contains("\\boxed{2}", "\\boxed{3}");
    }

    @Test
    void limitsAndChoosesProblems() throws IOException {
        assertThat(run(RUN + " --limit 1 --json").json().getFirst().path("problems").asInt())
                .isEqualTo(1);
        var chosen = run("run --model replay:pool.jsonl --strategy sample --ids p1 --out one --json");
        assertThat(chosen.json().getFirst().path("problems").asInt()).isEqualTo(1);
    }

    @Test
    void usesWhatThereIsOfAShortProblemAndNotesIt() throws IOException {
        shell.write("pool.jsonl", shell.read("pool.jsonl") + line("p2", "7", "7", 0, 5) + "\n");

        var ended = run(RUN);

        assertThat(ended.status()).as(ended.err()).isZero();
        assertThat(ended.err()).contains("1 of 3 problems have fewer than 4 completions in the pool");
        assertThat(shell.read("out/problems.jsonl")).contains("\"pool\":\"4 completions asked for, 1 recorded\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--model replay:pool.jsonl --strategy self-consistency -n 5 | no problem of the pool has more than 4; give -n 4",
                "--model replay:pool.jsonl --strategy greedy | draws at temperature 0",
                "--model replay:pool.jsonl --strategy sample --temperature 0.5 | other sampling settings",
                "--model replay:pool.jsonl --strategy best-of-n -n 4 -S verifier=score | needs the score of every completion",
                "--model replay:pool.jsonl --strategy borda -n 4 | needs the self-certainty",
                "--model replay:pool.jsonl --strategy sample --mode exact | --mode",
                "--model replay:pool.jsonl --strategy sample -D size=3 | no settings",
                "--model replay:pool.jsonl --strategy sample --ids p9 | no problem 'p9'",
                "--model replay:pool.jsonl --strategy sample --dataset countdown-3 | are not in the pool",
                "--model replay:none.jsonl --strategy sample | there is no such file",
                "--model replay:. --strategy sample | no run directory",
                "--model replay:bad.jsonl --strategy sample | bad.jsonl: line 2: neither 'text' nor 'answer'",
                "--model replay:format.jsonl --strategy sample | line 1: problem 'p': there is no answer format 'maths'",
                "--model replay:game.jsonl --strategy sample | format countdown needs 'numbers'",
            })
    void refusesWithOneLineAndLeavesNothingBehind(String arguments, String reason) throws IOException {
        shell.write("bad.jsonl", "{\"problem\": \"p\", \"answer\": \"4\"}\n{\"problem\": \"p\"}\n");
        shell.write("format.jsonl", "{\"problem\": \"p\", \"answer\": \"4\", \"format\": \"maths\"}\n");
        shell.write("game.jsonl", "{\"problem\": \"p\", \"answer\": \"4\", \"format\": \"countdown\"}\n");

        var ended = run("run " + arguments + " --out out");

        assertThat(ended.status()).as(ended.err()).isEqualTo(2);
        assertThat(ended.err()).contains(reason);
        assertThat(ended.errLines()).hasSizeLessThanOrEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(shell.folder().resolve("out")).doesNotExist();
    }

    @Test
    void sweepsAGridAndMarksTheFront() throws IOException {
        var line = "sweep --model replay:pool.jsonl --strategy self-consistency,sample -n 2,4 --repeats 20 --out grid";
        var ended = run(line + " --json");

        assertThat(ended.status()).as(ended.err()).isZero();
        var cells = ended.json();
        assertThat(cells).extracting(cell -> Path.of(cell.path("directory").asText())
                        .getFileName()
                        .toString())
                .containsExactly("self-consistency-branches=2", "self-consistency-branches=4", "sample");
        var four = cells.get(1);
        assertThat(four.path("accuracy").asDouble()).isEqualTo(0.5); // whatever the order, 3 to 1
        assertThat(four.path("work").asDouble()).isEqualTo((46 + 86) / 2.0);
        assertThat(four.path("span").asDouble()).isEqualTo((13 + 23) / 2.0);
        assertThat(four.path("repeats").path("deviation").asDouble()).isZero();
        assertThat(cells.getLast().path("on_work_front").asBoolean()).isTrue(); // nothing costs less
        assertThat(shell.read("grid/tables/sweep.csv").lines()).hasSize(4);
        assertThat(shell.folder().resolve("grid/report.html")).isNotEmptyFile();

        var before = Files.getLastModifiedTime(shell.folder().resolve("grid/sample/problems.jsonl"));
        var larger = run(line.replace("-n 2,4", "-n 1,2,4"));
        assertThat(larger.status()).isZero();
        assertThat(larger.out()).contains("4 runs", "branches=1");
        assertThat(Files.getLastModifiedTime(shell.folder().resolve("grid/sample/problems.jsonl")))
                .isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--strategy self-consistency -n 2,9 | no problem of the pool has more than 4",
                "--strategy self-consistency -S abstain=0,,0.5 | a value is empty",
                "--strategy sample -n 4 | none of these strategies has a setting 'branches'",
                "--strategy self-consistency -n 2 -S branches=4 | contradict",
                "--strategy self-consistency,esx -n 2 | there is no strategy 'esx'",
                "-n 2 | --strategy is missing",
            })
    void refusesAGridBeforeAnythingIsWritten(String arguments, String reason) {
        var ended = run("sweep --model replay:pool.jsonl --out grid " + arguments);

        assertThat(ended.status()).as(ended.err()).isEqualTo(2);
        assertThat(ended.err()).contains(reason);
        assertThat(shell.folder().resolve("grid")).doesNotExist();
    }

    @Test
    void describesAPool() throws IOException {
        var pool = run("models replay:pool.jsonl --json").json().getFirst();
        assertThat(pool.path("problems").asInt()).isEqualTo(2);
        assertThat(pool.path("completions").asInt()).isEqualTo(8);
        assertThat(pool.path("most_a_problem").asInt()).isEqualTo(4);
        assertThat(pool.path("estimated").asInt()).isZero();
    }
}
