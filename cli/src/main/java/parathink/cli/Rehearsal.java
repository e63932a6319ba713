package parathink.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Runs what is run most, once, in one process: what the JVM learns from it goes into the start-up cache that the launcher makes. */
public final class Rehearsal {
    private static final List<String> COMMANDS = List.of(
            "--help",
            "--version",
            "run --help",
            "strategies --json",
            "generate --prompt x --max-tokens 8",
            "run --dataset countdown-3 --strategy self-consistency -n 2 --limit 2 --max-tokens 24 --out run",
            "run --dataset countdown-3 --strategy self-consistency -n 2 --limit 2 --max-tokens 24 --out run --json");

    private Rehearsal() {}

    /** Ends with 0 when every command did. */
    public static void main(String[] args) throws IOException {
        var folder = Files.createTempDirectory("parathink");
        var silence = new PrintWriter(Writer.nullWriter());
        var process = Environment.ofProcess();
        var environment = new Environment(
                Map.of("PARATHINK_CACHE", process.cache().toString()), // no other settings: they would change what runs
                process.home(),
                folder,
                silence,
                silence,
                Environment.Terminal.none());
        int worst = 0;
        for (var command : COMMANDS) {
            worst = Math.max(worst, Main.execute(environment, command.split(" ", -1)));
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        System.exit(worst);
    }
}
