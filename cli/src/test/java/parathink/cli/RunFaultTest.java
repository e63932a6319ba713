package parathink.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import parathink.eval.directory.Results;

/** What a run says, and leaves alone, where its folder is in use or damaged, or its disk is full. */
final class RunFaultTest {
    private static final String RUN =
            "run --dataset countdown-3 --strategy greedy --limit 2 --max-tokens 8 --out first";

    private TestingShell shell;

    @BeforeEach
    void open(@TempDir Path temporary) throws IOException {
        shell = new TestingShell(temporary);
    }

    private TestingShell.Ended run(String line) {
        return shell.checkedRun(line.split(" ", -1));
    }

    @Test
    void aFolderInUseIsRefusedNamingTheProcessThatHasIt() {
        try (var owner = Results.open(shell.folder().resolve("first"))) {
            var refused = run(RUN);

            assertThat(refused.status()).isEqualTo(2);
            assertThat(refused.errLines()).hasSize(1);
            assertThat(refused.err())
                    .contains(owner.directory() + ": in use by process "
                            + ProcessHandle.current().pid());
        }
        assertThat(run(RUN).status()).isZero();
    }

    @Test
    void aRunJsonThatIsCutIsOneLineAndNothingIsTouched() throws IOException {
        run(RUN);
        var whole = shell.read("first/run.json");
        var problems = shell.read("first/problems.jsonl");
        for (var damaged : List.of(whole.substring(0, whole.length() / 2), "", "[]", "{}", "  ")) {
            shell.write("first/run.json", damaged);

            for (var command : List.of(RUN, "report first", "show first", "verify first")) {
                var refused = run(command);
                assertThat(refused.status()).as(command + damaged).isEqualTo(2);
                assertThat(refused.errLines()).as(command + damaged).hasSize(1);
                assertThat(refused.err()).contains("first/run.json: ");
            }
            assertThat(shell.read("first/run.json")).isEqualTo(damaged);
            assertThat(shell.read("first/problems.jsonl")).isEqualTo(problems);
        }
        shell.write("first/run.json", whole);
        assertThat(run(RUN).status()).isZero();
    }

    @Test
    void checkpointsAreRefusedWhereACompletionCannotBeGoneOnWith() throws IOException {
        run(RUN);

        var replay = run("run --model replay:first --strategy greedy --checkpoint-tokens 64 --out second");
        var server = run(
                "run --model http://127.0.0.1:9/v1#m --dataset countdown-3 --strategy greedy --checkpoint-tokens 64");
        var one = run(RUN + " --checkpoint-tokens 1");
        var other = run(RUN + " --checkpoint-tokens 8");

        for (var refused : List.of(replay, server, one, other)) {
            assertThat(refused.status()).as(refused.err()).isEqualTo(2);
        }
        assertThat(replay.err()).contains("--checkpoint-tokens 64: a pool's completions are on disk already");
        assertThat(server.err())
                .contains("--checkpoint-tokens 64: a server cannot go on in the middle of a completion");
        assertThat(one.err()).contains("'1' is not a whole number of tokens, 2 or more");
        assertThat(other.err()).contains("settings.checkpoint_tokens is absent there, 8 here");
        assertThat(shell.folder().resolve("second")).doesNotExist();
    }

    @Test
    void aRunWithCheckpointsIsVerifiedInItsOwnPasses() throws IOException {
        run(
                "run --dataset countdown-3 --strategy self-consistency -n 2 --limit 2 --max-tokens 40 --checkpoint-tokens 8 --out saved");
        assertThat(shell.read("saved/run.json")).contains("\"checkpoint_tokens\" : 8");

        var verified = run("verify saved --sample 4 --json");

        assertThat(verified.status()).as(verified.err()).isZero();
        assertThat(verified.json().getFirst().path("checked").asInt()).isEqualTo(4);
    }

    /** A file that may not grow is what a full disk is to one that writes, and needs no rights. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aDiskThatIsFullIsOneLineAndTheRunGoesOnOnceThereIsRoom() throws Exception {
        var line = "run --dataset countdown-3 --strategy self-consistency -n 8 --limit 3 --max-tokens 60 --out ";
        var full = limited(8, line + shell.folder().resolve("full")); // of 512 bytes

        assertThat(full.status()).as(full.err()).isEqualTo(2);
        assertThat(full.err().lines().filter(said -> said.startsWith("parathink run: ")))
                .singleElement()
                .asString()
                .matches("parathink run: .*/full/(completions|journal)\\.jsonl: cannot be written"
                        + " \\(File too large\\); what was written before is kept");
        assertThat(shell.read("full/journal.jsonl")).isNotEmpty().endsWith("}\n");

        run(line + "full");
        run(line + "whole");
        for (var file : List.of("problems.jsonl", "completions.jsonl")) {
            assertThat(shell.read("full/" + file)).isEqualTo(shell.read("whole/" + file));
        }
    }

    private TestingShell.Ended limited(int blocks, String line) throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var command =
                "ulimit -f %d; exec '%s' -XX:-UsePerfData --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -cp '%s' %s %s"
                        .formatted(blocks, java, System.getProperty("java.class.path"), Main.class.getName(), line);
        var builder = new ProcessBuilder("/bin/sh", "-c", command).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment()
                .put(
                        "PARATHINK_CACHE",
                        Path.of("target", "cache").toAbsolutePath().toString());
        var process = builder.start();
        var err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new TestingShell.Ended(process.waitFor(), "", err);
    }

    @Test
    void checkpointsByDefaultApplyOnlyWhereTheyCan() throws IOException {
        run(RUN);
        shell.write("parathink.yaml", "checkpoint-tokens: 8\n");

        var replay = run("run --model replay:first --strategy greedy --out second");
        var sweep = run("sweep --dataset countdown-3 --strategy greedy --limit 2 --max-tokens 20 --out grid");
        var typed = run("sweep --model replay:first --strategy greedy --checkpoint-tokens 8 --out other");

        assertThat(replay.status()).as(replay.err()).isZero();
        assertThat(replay.err())
                .contains("the default checkpoint-tokens 8 is not used here: a pool's completions are on disk already");
        assertThat(shell.read("second/run.json")).doesNotContain("checkpoint_tokens");
        assertThat(sweep.status()).as(sweep.err()).isZero();
        assertThat(shell.read("grid/greedy/run.json")).contains("\"checkpoint_tokens\" : 8");
        assertThat(typed.status()).isEqualTo(2);
        assertThat(typed.err())
                .contains("--checkpoint-tokens 8: a pool's completions are on disk already; leave it out");
    }
}
