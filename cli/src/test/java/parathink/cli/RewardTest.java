package parathink.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parathink.models.onnx.RewardFiles;

final class RewardTest {
    private static final String POOL = """
            {"problem": "p", "question": "two", "reference": "4", "format": "integer", "text": "is four. Answer: 4", "tokens": 5}
            {"problem": "p", "question": "two", "reference": "4", "format": "integer", "text": "so. Answer: 5", "tokens": 4}
            {"problem": "p", "question": "two", "reference": "4", "format": "integer", "text": "is. Answer: 4", "tokens": 4}
            """;

    private TestingShell shell;

    @BeforeEach
    void open(@TempDir Path temporary) throws IOException {
        shell = new TestingShell(temporary);
        RewardFiles.write(shell.folder().resolve("rm"), 512);
        shell.write("pool.jsonl", POOL);
    }

    @Test
    void scoresAPoolThatHasNoScoresAndSaysByWhat() throws IOException {
        assertThat(shell.checkedRun(scored("--out", "r")).status()).isZero();
        var problem = new JsonMapper().readTree(shell.read("r/problems.jsonl"));
        // the least said is the most liked: [SEP] alone is taken off
        assertThat(problem.path("answer").asText()).isEqualTo("5");
        assertThat(problem.at("/usage/judge_prefill").asLong()).isPositive();
        assertThat(problem.at("/usage/work").asLong()).isEqualTo(13);
        assertThat(shell.read("r/completions.jsonl")).contains("\"score\":");
        var run = new JsonMapper().readTree(shell.read("r/run.json"));
        assertThat(run.at("/versions/reward").asText()).startsWith("sha256:");
        assertThat(run.at("/versions/reward_format").asText()).isEqualTo("pair");
    }

    @Test
    void aRunOfTheEmbeddedModelIsScoredResumedAndVerified() throws IOException {
        String[] run = {
            "run",
            "--dataset",
            "arith-1",
            "--limit",
            "2",
            "--strategy",
            "weighted-vote",
            "-S",
            "verifier=score",
            "-n",
            "3",
            "--max-tokens",
            "80",
            "--reward",
            "rm/reward.onnx",
            "--out",
            "r"
        };
        assertThat(shell.checkedRun(run).status()).isZero();
        assertThat(shell.checkedRun(run).status()).isZero();
        assertThat(shell.checkedRun("verify", "r", "--sample", "2", "--reward", "rm/reward.onnx")
                        .status())
                .isZero();
        var other = run.clone();
        other[other.length - 3] = "rm/../rm/reward.onnx";
        assertThat(shell.checkedRun(other).status()).isZero(); // the same weights from another place
    }

    @Test
    void aModelThatNothingAsksIsRefused() {
        var ended = shell.checkedRun(
                "run", "--model", "replay:pool.jsonl", "--strategy", "greedy", "--reward", "rm/reward.onnx");

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.errLines()).singleElement().asString().contains("nothing would ask it", "verifier=score");
    }

    @Test
    void anotherFormatIsAnotherRun() {
        var run = scored("--out", "r", "--reward-format", "{question} {completion}");
        assertThat(shell.checkedRun(run).status()).isZero();
        run[run.length - 1] = "{completion} {question}";
        var ended = shell.checkedRun(run);
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err()).contains("versions.reward_format is");
    }

    @Test
    void whatIsMissingIsSaid() {
        var run = scored();
        run[run.length - 1] = "rm/none.onnx";
        var missing = shell.checkedRun(run);
        assertThat(missing.status()).isEqualTo(4);
        assertThat(missing.err()).contains("no such model file").hasLineCount(1);
        run[run.length - 1] = "rm/tokenizer.json";
        assertThat(shell.checkedRun(run).status()).isEqualTo(2);
        run[run.length - 2] = "--reward-format";
        run[run.length - 1] = "{question} {completion}";
        var alone = shell.checkedRun(run);
        assertThat(alone.status()).isEqualTo(2);
        assertThat(alone.err())
                .contains("there is no --reward MODEL that would read it")
                .hasLineCount(1);
    }

    /** The best of three of the pool by reward. */
    private static String[] scored(String... more) {
        return Stream.concat(
                        Stream.of(
                                "run --model replay:pool.jsonl --strategy best-of-n -S verifier=score -n 3 --reward rm/reward.onnx"
                                        .split(" ")),
                        Stream.of(more))
                .toArray(String[]::new);
    }
}
