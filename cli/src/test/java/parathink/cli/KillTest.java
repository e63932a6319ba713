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
 * Runs that are killed at random moments, the first time with something on disk, and resumed end in the bytes of runs that were not. Few kills here,
 * one or more for each kind of run; many with {@code
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

    /** A run of each kind, by name. */
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
        int kills = Math.max(1, ALL / 2 / local().size());
        for (var run : local().entrySet()) {
            survive(run.getKey(), run.getValue(), kills);
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
        survive("replay", replay, Math.max(1, ALL / 5));
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
        try (var server = new ScriptedServer(scripts)) {
            new KilledRun(folder.resolve("server-whole"), asking(server, problems), random).undisturbed();
        }
        int kills = Math.max(1, ALL - ALL / 2 - ALL / 5);
        int onDisk = 0;
        for (int done = 0, i = 0; done < kills; i++) {
            try (var server = new ScriptedServer(scripts)) {
                var killed = new KilledRun(folder.resolve("server" + i), asking(server, problems), random);
                surviveOnServer(killed, server, Math.min(EACH, kills - done));
                assertSameFiles(folder.resolve("server" + i), folder.resolve("server-whole"));
                report("server" + i, killed);
                done += killed.kills();
                onDisk += killed.lines();
            }
        }
        assertThat(onDisk).as("completions on disk at the kills").isPositive();
    }

    private static List<String> asking(ScriptedServer server, Path problems) {
        return List.of(
                "run",
                "--model",
                server.address().toString(),
                "--dataset",
                problems.toString(),
                "--strategy",
                "self-consistency",
                "-n",
                "3");
    }

    /** Kills runs of one kind, each some times, and lets them end; they must end as one that was not killed. */
    private void survive(String name, List<String> arguments, int kills) throws Exception {
        var whole = folder.resolve(name + "-whole");
        long took = new KilledRun(whole, arguments, random).undisturbed();
        int lines = 0;
        for (int done = 0, i = 0; done < kills; i++) {
            var killed = new KilledRun(folder.resolve(name + i), arguments, random);
            boolean running = killed.killOnceWritten(Math.max(1, took / 8));
            while (running && killed.kills() < Math.min(EACH, kills - done)) {
                running = killed.killWithin(START, Math.max(took, START + 1));
            }
            killed.undisturbed();
            assertSameFiles(folder.resolve(name + i), whole);
            report(name + i, killed);
            done += killed.kills();
            lines += killed.lines();
        }
        assertThat(lines).as("completions on disk at the kills of %s", name).isPositive();
    }

    private static void assertSameFiles(Path killed, Path whole) {
        for (var file : List.of("problems.jsonl", "completions.jsonl")) {
            assertThat(killed.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
        }
        assertThat(killed.resolve("journal.jsonl")).doesNotExist();
    }

    private static void surviveOnServer(KilledRun killed, ScriptedServer server, int kills) throws Exception {
        boolean running = true;
        while (running) {
            var known = killed.seedsOnDisk();
            int before = server.requests().size();
            if (killed.kills() == 0) {
                running = killed.killOnceWritten(START);
            } else if (killed.kills() < kills) {
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
    }

    /** A line a run, for the log. */
    private static void report(String name, KilledRun run) {
        System.out.printf(
                "%s: %d kills; on disk by then %d completions, %d checkpoints; resumed to the end%n",
                name, run.kills(), run.lines(), run.saved());
    }
}
