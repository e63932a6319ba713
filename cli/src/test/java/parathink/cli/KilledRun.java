package parathink.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * One {@code parathink run} in processes of its own that are killed ({@code kill -9}) at random moments and started again, and what must hold
 * after every kill: lines that were on disk are still there, and nothing that they tell of is decoded again.
 */
final class KilledRun {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int HEAP = 512; // MiB

    private final Path folder;
    private final List<String> arguments;
    private final Random random;
    private byte[] completions = new byte[0];
    private byte[] journal = new byte[0];
    private Set<String> ended = Set.of(); // places of completions that ended by themselves
    private Set<String> blocks = Set.of(); // places of saved blocks
    private int kills;
    private int lines; // completions on disk at a kill, all kills together
    private int saved; // blocks on disk at a kill

    KilledRun(Path folder, List<String> arguments, Random random) {
        this.folder = folder;
        this.arguments = List.copyOf(arguments);
        this.random = random;
    }

    int kills() {
        return kills;
    }

    /** Completions that were on disk at the kills, of each kill those that the one before had not. */
    int lines() {
        return lines;
    }

    /** Saved blocks, counted likewise. */
    int saved() {
        return saved;
    }

    /** Seeds, as a server is sent them, of completions that need not be asked for again. */
    Set<Long> seedsOnDisk() throws IOException {
        var seeds = new HashSet<Long>();
        for (var line : whole(bytes("completions.jsonl"))) {
            seeds.add(line.path("seed").asLong() & 0x7fffffff);
        }
        return seeds;
    }

    /** Runs without a kill; gives the milliseconds that it took. */
    long undisturbed() throws IOException, InterruptedException {
        long begun = System.nanoTime();
        assertThat(start().waitFor()).as(this::told).isZero();
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    }

    /** Starts the run and kills it after some milliseconds; false when it had ended by then. */
    boolean killWithin(long least, long most) throws IOException, InterruptedException {
        var process = start();
        return kill(process, random.nextLong(least, most));
    }

    /** Starts the run and kills it some milliseconds after a completion was on disk; false when it had ended by then. */
    boolean killOnceWritten(long most) throws IOException, InterruptedException {
        var process = start();
        boolean runs = true;
        while (runs && end(bytes("completions.jsonl")) == 0) {
            runs = !process.waitFor(2, TimeUnit.MILLISECONDS);
        }
        return kill(process, random.nextLong(most));
    }

    private boolean kill(Process process, long milliseconds) throws IOException, InterruptedException {
        boolean ran = !process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
        process.destroyForcibly(); // SIGKILL
        int exit = process.waitFor();
        if (!ran) {
            assertThat(exit).as(this::told).isZero();
            return false;
        }
        kills++;
        check();
        return true;
    }

    private Process start() throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP + "m",
                "-XX:TieredStopAtLevel=1", // most of a short run is start-up
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(arguments);
        command.addAll(List.of("--out", folder.toString()));
        var builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(log().toFile());
        builder.environment()
                .put(
                        "PARATHINK_CACHE",
                        Path.of("target", "cache").toAbsolutePath().toString());
        return builder.start();
    }

    private Path log() {
        return folder.resolveSibling(folder.getFileName() + ".err");
    }

    private String told() {
        try {
            return Files.readString(log());
        } catch (IOException e) {
            return e.toString();
        }
    }

    private void check() throws IOException {
        var nowCompletions = bytes("completions.jsonl");
        var nowJournal = bytes("journal.jsonl");
        boolean finished = isSolved(); // killed while it put the files in order, or after that
        if (!finished) {
            assertGrown(completions, nowCompletions);
            assertGrown(journal, nowJournal);
        }
        var nowEnded = new HashSet<String>();
        var nowBlocks = new HashSet<String>();
        for (var line : whole(nowCompletions)) {
            if (line.path("finish").asText().matches("stop|length")) {
                nowEnded.add(place(line));
            }
        }
        assertThat(nowEnded).as("completions that were on disk").containsAll(ended);
        var all = whole(nowJournal);
        for (var line : all) {
            if (!line.path("ended").asBoolean()) {
                assertThat(nowBlocks.add(
                                place(line) + " from " + line.path("from").asInt()))
                        .as("%s was saved before, and decoded again", line)
                        .isTrue();
            }
        }
        for (var line :
                finished ? List.<JsonNode>of() : all.subList(whole(journal).size(), all.size())) {
            assertThat(ended).as("%s was on disk, and decoded again", line).doesNotContain(place(line));
        }
        lines += nowEnded.size() - ended.size();
        saved += Math.max(0, nowBlocks.size() - blocks.size());
        completions = nowCompletions;
        journal = nowJournal;
        ended = nowEnded;
        blocks = nowBlocks;
    }

    private boolean isSolved() throws IOException {
        var run = bytes("run.json");
        if (run.length == 0) {
            return false;
        }
        var record = JSON.readTree(run);
        return whole(bytes("problems.jsonl")).size()
                >= record.path("problems").asInt() * record.path("repeats").asInt();
    }

    /** What was there up to the last whole line is there still. */
    private static void assertGrown(byte[] before, byte[] now) {
        int kept = end(before);
        assertThat(now.length).isGreaterThanOrEqualTo(kept);
        assertThat(Arrays.equals(before, 0, kept, now, 0, kept)).isTrue();
    }

    private static int end(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    private static String place(JsonNode line) {
        return "%s/%d/%s"
                .formatted(
                        line.path("problem").asText(),
                        line.path("repeat").asInt(),
                        line.path("path").asText());
    }

    private static List<JsonNode> whole(byte[] bytes) throws IOException {
        var lines = new ArrayList<JsonNode>();
        for (var line :
                new String(bytes, 0, end(bytes), StandardCharsets.UTF_8).lines().toList()) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    private byte[] bytes(String name) throws IOException {
        var file = folder.resolve(name);
        return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    }
}
