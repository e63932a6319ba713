package parathink.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JudgeCommandTest {
    @TempDir
    private Path temporary;

    private TestingShell shell;

    /** Of each problem, two texts come to 4 and two to 5, and the numbers they begin with tell which. */
    @BeforeEach
    void write() throws IOException {
        shell = new TestingShell(temporary);
        var lines = new StringBuilder();
        for (int problem = 0; problem < 4; problem++) {
            for (int draw = 0; draw < 4; draw++) {
                int value = 4 + draw % 2;
                lines.append(
                        ("{\"problem\": \"p%d\", \"question\": \"how many?\", \"reference\": \"4\", \"draw\": %d, \"tokens\": 40,"
                                        + " \"chunks\": [{\"chars\": 20}, {\"chars\": 24}],"
                                        + " \"text\": \"first 30+%d = %d, so wait \\\\n and then comes \\\\\\\\boxed{%d}\"}\n")
                                .formatted(problem, draw, value, 30 + value, value));
            }
        }
        shell.write("pool.jsonl", lines.toString());
    }

    @Test
    void aJudgeFittedOnNumbersThatTellIsPerfectOnProblemsItHasNotSeen() throws IOException {
        var ended = run("judge pool.jsonl --cut tokens=20 --fit c.tsv --folds 2 --ridge 0.01 --json");

        assertThat(ended.status()).as(ended.err()).isZero();
        var figures = ended.json().getFirst();
        assertThat(figures.get("cut").asText()).isEqualTo("tokens=20");
        assertThat(figures.get("pairs").asInt()).isEqualTo(4 * 6);
        assertThat(figures.get("same").asDouble()).isEqualTo(2 / 6.0);
        assertThat(figures.get("auroc_within").get("value").asDouble()).isEqualTo(1);
        assertThat(figures.get("problems_with_both").asInt()).isEqualTo(4);
        assertThat(figures.get("judge_prefill_a_pair").asDouble()).isZero();
        assertThat(shell.read("c.tsv")).startsWith("intercept\t");
    }

    @Test
    void furtherNumbersAreCutsOfTheSameKind() throws IOException {
        var ended = run("judge pool.jsonl --cut tokens=10,20,chunks=1 --pairs 3 --json");
        assertThat(ended.json())
                .extracting(line -> line.get("cut").asText())
                .containsExactly("tokens=10", "tokens=20", "chunks=1");
        assertThat(ended.json()).allMatch(line -> line.get("pairs").asInt() == 4 * 3);
    }

    @Test
    void aPrunedReplayHasPlainMajorityOfThePoolBesideIt() throws IOException {
        var ended = run("run --model replay:pool.jsonl --strategy deepprune -n 4 -S cut=tokens=20 -S k2=1 -S k3=1"
                + " -S judge=oracle --out r");

        assertThat(ended.status()).as(ended.err()).isZero();
        // every subset of one: half are right; of all four it is a tie, shared
        assertThat(ended.out()).contains("of 1, as many as finish here", "50.0 %", "of all 4");
        assertThat(shell.read("r/majority.jsonl"))
                .startsWith("{\"problem\":\"p0\",\"finished\":1,\"tokens\":40.0,\"accuracy\":[0.5,");
        assertThat(shell.read("r/run.json")).contains("\"diagnostic\" : true");
        // 4 to the cut, one to its end
        assertThat(shell.read("r/problems.jsonl")).contains("\"work\":100,");
    }

    @Test
    void theMajorityIsOfAsManyAsTheRunMayBegin() throws IOException {
        var ended = run("run --model replay:pool.jsonl --strategy deepprune -n 2 -S cut=tokens=20 -S k2=1 -S k3=1"
                + " -S judge=oracle --out r");

        // two of 40 tokens, one of them to its end: 60 of 80
        assertThat(ended.out()).contains("of all 2 ", "decodes 25.0 % less than all of them; its judge reads 0 tokens");
        assertThat(shell.read("r/majority.jsonl").lines())
                .allMatch(line -> line.split("accuracy", 2)[1].split(",", -1).length == 2);
    }

    @Test
    void aRunDoesNotGoOnWithOtherCoefficients() throws IOException {
        run("judge pool.jsonl --cut tokens=20 --fit c.tsv --folds 2 --ridge 0.01 --json");
        var line = "run --model replay:pool.jsonl --strategy deepprune -n 4 -S cut=tokens=20"
                + " --out r -S coefficients=" + shell.folder().resolve("c.tsv").toAbsolutePath();
        var first = run(line);
        assertThat(first.status()).as(first.err()).isZero();
        assertThat(shell.read("r/run.json")).contains("\"setting.coefficients\" : \"");

        shell.write("c.tsv", shell.read("c.tsv").replaceFirst("intercept\t.*", "intercept\t0.125"));

        var other = run(line);
        assertThat(other.status()).isNotZero();
        assertThat(other.err()).contains("holds another run: hashes.setting.coefficients is");
    }

    @Test
    void blanksAroundAValueMeanNothing() throws IOException {
        var ended = shell.checkedRun(
                "run",
                "--model",
                "replay:pool.jsonl",
                "--strategy",
                "deepprune",
                "-n",
                "4",
                "-S",
                "k2= 1",
                "-S",
                "judge= oracle",
                "-S",
                "cut= tokens=20",
                "--out",
                "r");
        assertThat(ended.status()).as(ended.err()).isZero();
        assertThat(ended.out()).contains("of 1, as many as finish here");
        assertThat(shell.read("r/run.json")).contains("\"k2\" : \"1\"", "\"judge\" : \"oracle\"");
        refusedSettings("judge= model", "give it with --judge MODEL");
    }

    private void refusedSettings(String setting, String reason) {
        var ended = shell.checkedRun(
                "run", "--dataset", "arith-1", "--strategy", "deepprune", "-S", setting, "--out", "other");
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err()).contains(reason);
    }

    @Test
    void whatCannotBeIsOneLineAndNothingIsWritten() {
        refused(
                "run --dataset arith-1 --strategy deepprune -S judge=oracle --out r",
                "judge=oracle knows how recorded");
        refused("run --dataset arith-1 --strategy deepprune -S cut=chunks=1 --out r", "only a pool has chunks");
        refused("run --dataset arith-1 --strategy deepprune -S judge=model --out r", "give it with --judge MODEL");
        refused("run --dataset arith-1 --strategy greedy --judge mini12 --out r", "nothing would ask it");
        refused("run --dataset arith-1 --strategy deepprune -S cut=words=x --out r", "'words=x' is no cut");
        refused("judge pool.jsonl --judge mini13", "there is no model 'mini13'");
        refused("judge pool.jsonl --cut share=2", "--cut: cut at share=2.0: a share must be above 0 and below 1");
        refused("judge pool.jsonl --cut words=0.5", "the number of words must be a whole number from 1");
        refused("judge pool.jsonl --folds 9", "--folds must be between 2 and 4");
        refused("judge pool.jsonl --judge mini12 --fit c.tsv", "are for --judge lexical");
        refused("judge pool.jsonl --coefficients none.tsv", "none.tsv: cannot be read");
    }

    @Test
    void aFitThatCannotBeIsRefusedBeforeAFileIsWritten() {
        refused(
                "judge pool.jsonl --cut words=25 --fit c.tsv",
                "cut words=25 leaves 0 problems with unfinished completions");
        refused("judge pool.jsonl --cut tokens=20 --fit c.tsv --folds 9", "--folds must be between 2 and 4");
        assertThat(shell.folder().resolve("c.tsv")).doesNotExist();
    }

    private void refused(String line, String reason) {
        var ended = run(line);
        assertThat(ended.status()).as(line + ended.err()).isEqualTo(2);
        assertThat(ended.err()).contains(reason);
        assertThat(Files.exists(shell.folder().resolve("r"))).isFalse();
    }

    private TestingShell.Ended run(String line) {
        return shell.checkedRun(line.split(" ", -1));
    }

    @Test
    void aPoolWithoutChunksCannotBeCutAtOneAndSaysWhatCan() throws IOException {
        shell.write("plain.jsonl", shell.read("pool.jsonl").replaceAll("\"chunks\": \\[[^]]*\\],", ""));

        refused(
                "judge plain.jsonl --cut chunks=1",
                "the pool has no 'chunks' of this completion to cut it at; cut at words, tokens or a share");
    }
}
