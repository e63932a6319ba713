package parathink.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parathink.models.endpoint.ScriptedServer;

/**
 * Runs that are killed at random moments and resumed end in the bytes of runs that were not. Few kills here; many with {@code
 * scripts/checks/kills}, which sets {@code parathink.kills} and {@code parathink.seed}.
 */
final class KillTest {
    private static final int ALL = Integer.getInteger("parathink.kills", 10);
    private static final int EACH = 3; // kills of one run
    private static final long SEED = Long.getLong("parathink.seed", 1);
    private static final long START = 700; // milliseconds in which a run has hardly begun

    @TempDir
    private Path folder;

    private final Random random = new Random(SEED);

    /** Runs by name; with few kills only the first ones. */
    private static Map<String, List<String>> local() {
        var runs = new LinkedHashMap<String, List<String>>();
        runs.put("checkpoints", local("arith-6", "self-consistency", "-n", "6", "--checkpoint-tokens", "16"));
        runs.put("parathinker", local("arith-5", "parathinker", "-n", "4", "--checkpoint-tokens", "16"));
        runs.put("plain", local("countdown-4", "self-consistency", "-n", "8"));
        runs.put("pdr", local("countdown-4", "pdr", "--checkpoint-tokens", "32"));
        runs.put("deepprune", local("countdown-4", "deepprune", "-n", "8", "-S", "judge=own", "-S", "cut=tokens=24"));
        return runs;
    }

    private static List<String> local(String dataset, String strategy, String... more) {
        var arguments = new ArrayList<>(
                List.of("run", "--dataset", dataset, "--strategy", strategy, "--limit", "4", "--concurrency", "3"));
        arguments.addAll(List.of(more));
        return arguments;
    }

    @Test
    void localRunsEndInTheBytesOfRunsThatWereNotKilled() throws Exception {
        int kills = ALL / 2;
        int done = 0;
        var runs = new ArrayList<>(local().entrySet());
        for (int i = 0; done < kills; i++) {
            var run = runs.get(i % runs.size());
            done += survives(run.getKey() + i, run.getValue(), Math.min(EACH, kills - done))
                    .kills();
        }
    }

    @Test
    void aReplayEndsInTheBytesOfOneThatWasNotKilled() throws Exception {
        var pool = folder.resolve("pool");
        new KilledRun(pool, local("countdown-3", "self-consistency", "-n", "4"), random).undisturbed();
        var replay = List.of(
                "run",
                "--model",
                "replay:" + pool,
                "--strategy",
                "esc",
                "-n",
                "4",
                "-S",
                "window=2",
                "--repeats",
                "300");
        int kills = ALL / 5;
        for (int done = 0, i = 0; done < kills; i++) {
            done += survives("replay" + i, replay, Math.min(EACH, kills - done)).kills();
        }
    }

    @Test
    void aServerIsAskedAgainOnlyForWhatWasInFlight() throws Exception {
        var problems = folder.resolve("problems.jsonl");
        var lines = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            lines.append("{\"problem\": \"What is %d+1?\", \"answer\": \"2\"}\n".formatted(i));
        }
        Files.writeString(problems, lines);
        var scripts = new String[200_000];
        Arrays.fill(scripts, "It is \\boxed{2}.");
        int kills = ALL - ALL / 2 - ALL / 5;
        for (int done = 0, i = 0; done < kills; i++) {
            try (var server = new ScriptedServer(scripts)) {
                var arguments = List.of(
                        "run",
                        "--model",
                        server.address().toString(),
                        "--dataset",
                        problems.toString(),
                        "--strategy",
                        "self-consistency",
                        "-n",
                        "3");
                done += survivesOnServer("server" + i, arguments, server, Math.min(EACH, kills - done));
            }
        }
    }

    /** Kills a run some times and lets it end; it must end as one that was not killed. */
    private KilledRun survives(String name, List<String> arguments, int kills) throws Exception {
        var whole = new KilledRun(folder.resolve(name + "-whole"), arguments, random);
        long took = whole.undisturbed();
        var killed = new KilledRun(folder.resolve(name), arguments, random);
        boolean running = true;
        while (running && killed.kills() < kills) {
            running = killed.killWithin(START, Math.max(took, START + 1));
        }
        killed.undisturbed();
        for (var file : List.of("problems.jsonl", "completions.jsonl")) {
            assertThat(folder.resolve(name).resolve(file))
                    .hasSameBinaryContentAs(folder.resolve(name + "-whole").resolve(file));
        }
        assertThat(folder.resolve(name).resolve("journal.jsonl")).doesNotExist();
        report(name, killed);
        return killed;
    }

    private int survivesOnServer(String name, List<String> arguments, ScriptedServer server, int kills)
            throws Exception {
        var killed = new KilledRun(folder.resolve(name), arguments, random);
        boolean running = true;
        while (running) {
            var known = killed.seedsOnDisk();
            int before = server.requests().size();
            if (killed.kills() < kills) {
                running = killed.killWithin(START, START + 3000);
            } else {
                killed.undisturbed();
                running = false;
            }
            var asked = server.requests();
            for (var request : asked.subList(before, asked.size())) {
                assertThat(known).doesNotContain(request.path("seed").asLong());
            }
        }
        var problems = folder.resolve(name).resolve("problems.jsonl");
        assertThat(problems).content().hasLineCount(300).doesNotContain("\"error\":\"");
        assertThat(folder.resolve(name).resolve("completions.jsonl")).content().hasLineCount(900);
        report(name, killed);
        return killed.kills();
    }

    /** A line a run, for the log. */
    private static void report(String name, KilledRun run) {
        System.out.printf(
                "%s: %d kills; on disk by then %d completions, %d checkpoints; resumed to the end%n",
                name, run.kills(), run.lines(), run.saved());
    }
}
