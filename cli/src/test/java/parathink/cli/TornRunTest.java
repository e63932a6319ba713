package parathink.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a finished run is worth to the commands that read it. */
final class TornRunTest {
    private static final String RUN = "run --dataset countdown-3 --limit 2 --max-tokens 8 --out first ";

    private TestingShell shell;

    @BeforeEach
    void open(@TempDir Path temporary) throws IOException {
        shell = new TestingShell(temporary);
    }

    private TestingShell.Ended run(String line) {
        return shell.checkedRun(line.split(" ", -1));
    }

    @Test
    void aFinishedRunWhoseFileWasCutIsRefused() throws IOException {
        run(RUN + "--strategy self-consistency -n 2");
        var lines = shell.read("first/completions.jsonl").lines().toList();
        assertThat(lines).hasSize(4);
        shell.write("first/completions.jsonl", lines.getFirst() + "\n");

        var report = run("report first");
        var replay = run("run --model replay:first --strategy sample --out again");
        for (var command : new String[] {"show first", "verify first", "plan first", "compare first other"}) {
            var refused = run(command);
            assertThat(refused.status()).as(command).isEqualTo(2);
            assertThat(refused.err()).as(command).contains("completions.jsonl: 3 of 4 completions are missing");
        }

        assertThat(report.status()).isEqualTo(2);
        assertThat(report.err()).contains("completions.jsonl: 3 of 4 completions are missing");
        assertThat(replay.status()).isEqualTo(2);
        assertThat(replay.err()).contains("3 of 4 completions are missing");
    }

    @Test
    void aGreedyRunIsRecordedAsGreedyAndReplaysAsSuch() throws IOException {
        run(RUN + "--strategy greedy");
        assertThat(shell.read("first/run.json")).contains("\"temperature\" : 0.0");

        var replay = run("run --model replay:first --strategy greedy --out again");

        assertThat(replay.status()).as(replay.err()).isZero();
        // the replay pays for prompt and tokens as the run did, and names what it replays
        assertThat(shell.read("again/problems.jsonl")).isEqualTo(shell.read("first/problems.jsonl"));
        assertThat(shell.read("again/run.json"))
                .contains("\"dataset\" : \"countdown-3\"", "\"recorded_model\" : \"mini12\"");
    }

    @Test
    void aLargerLimitIsNamedAsWhatKeepsARunFromGoingOn() {
        run(RUN + "--strategy greedy");

        var larger = run(RUN.replace("--limit 2", "--limit 3") + "--strategy greedy");

        assertThat(larger.status()).isEqualTo(2);
        assertThat(larger.err()).contains("it has 2 problems there, 3 here (--limit, --ids)");
    }

    @Test
    void anOptionThatIsTypedTwiceIsRefused() {
        var twice = run("run --dataset countdown-3 --dataset=arith-1 --strategy greedy --limit 1 --out first");

        assertThat(twice.status()).isEqualTo(2);
        assertThat(twice.err()).contains("--dataset is given twice, 'countdown-3' and 'arith-1'; give it once");
    }

    @Test
    void aCompletionLongerThanTheContextIsRefused() {
        var longer = run("run --dataset countdown-3 --strategy greedy --limit 1 --max-tokens 100000 --out first");

        assertThat(longer.status()).isEqualTo(2);
        assertThat(longer.err())
                .contains(
                        "--max-tokens 100000 is more than the model can take: its context is ", " tokens, the prompt");
    }

    @Test
    void filesAmongTheFoldersOfAReportAreLeftOut() throws IOException {
        run(RUN + "--strategy greedy");
        shell.write("sweep.json", "{}");

        var report = run("report sweep.json first");
        var alone = run("report sweep.json");

        assertThat(report.status()).as(report.err()).isZero();
        assertThat(report.err()).contains("left out, as it is no run: sweep.json");
        assertThat(alone.status()).isEqualTo(2);
        assertThat(alone.err()).contains("sweep.json: a file, not a run directory");
    }

    @Test
    void aFewShortLinesThatStandTwiceAreRemarkedOn() throws IOException {
        var half = """
                {"problem": "a", "reference": "1", "format": "integer", "answer": "1", "tokens": 3}
                {"problem": "b", "reference": "1", "format": "integer", "answer": "2", "tokens": 3}
                """;
        shell.write("pool.jsonl", half + half);

        var replay = run("run --model replay:pool.jsonl --strategy self-consistency -n 2 --out twice");

        assertThat(replay.status()).isZero();
        assertThat(replay.err()).contains("the second half of the lines repeats the first");
    }

    @Test
    void anEmptyFolderIsRefused() {
        var ended = shell.checkedRun("run", "--dataset", "countdown-3", "--strategy", "greedy", "--out", "");

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err()).contains("'' is not a file or folder");
    }

    @Test
    void aNumberThatIsTooLargeNamesTheMost() {
        var ended = run("run --dataset countdown-3 --strategy greedy --limit 99999999999");

        assertThat(ended.err()).contains("'99999999999' is too large; it may be 2147483647 at most");
    }

    @Test
    void aSweepAndARunDoNotOverwriteEachOthersPage() throws IOException {
        assertThat(run(RUN + "--strategy self-consistency -n 2").status()).isZero();
        var page = shell.read("first/report.html");
        var sweep = "sweep --model replay:first --strategy self-consistency -n 2 --out ";
        var overRun = run(sweep + "first");
        assertThat(overRun.status()).isEqualTo(2);
        assertThat(overRun.err()).contains("holds a run; give --out a folder of its own");
        assertThat(shell.read("first/report.html")).isEqualTo(page);

        assertThat(run(sweep + "grid").status()).isZero();
        assertThat(run(sweep + "grid").status()).isZero(); // it goes on where it was
        var overSweep = run("run --model replay:first --strategy sample --out grid");
        assertThat(overSweep.status()).isEqualTo(2);
        assertThat(overSweep.err()).contains("holds a sweep; give --out a folder of its own");
    }
}
