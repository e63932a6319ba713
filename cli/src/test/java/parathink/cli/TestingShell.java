package parathink.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A stranger at a terminal: an empty home, an empty working folder, no environment but what a test sets. */
final class TestingShell {
    private final Path home;
    private final Path folder;
    private final Map<String, String> variables = new HashMap<>();

    TestingShell(Path temporary) throws IOException {
        home = Files.createDirectories(temporary.resolve("home"));
        folder = Files.createDirectories(temporary.resolve("work"));
        set("PARATHINK_CACHE", Path.of("target", "cache").toAbsolutePath().toString()); // unpacked once for all tests
    }

    /** How a command ended and what it printed. */
    record Ended(int status, String out, String err) {
        /** The lines of standard output as JSON. */
        List<JsonNode> json() throws IOException {
            var values = new ArrayList<JsonNode>();
            for (var line : out.lines().toList()) {
                values.add(new JsonMapper().readTree(line));
            }
            return values;
        }

        List<String> errLines() {
            return err.lines().toList();
        }
    }

    TestingShell set(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    Path folder() {
        return folder;
    }

    Path home() {
        return home;
    }

    /** Reads a file below the working folder. */
    String read(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    /** Writes a file below the working folder. */
    Path write(String name, String content) throws IOException {
        return write(folder.resolve(name), content);
    }

    /** Writes a file below the home folder. */
    Path writeAtHome(String name, String content) throws IOException {
        return write(home.resolve(name), content);
    }

    private static Path write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    /** What the shell starts a command in; what it prints is lost. */
    Environment environment() {
        return environment(new StringWriter(), new StringWriter());
    }

    private Environment environment(StringWriter out, StringWriter err) {
        return new Environment(
                variables, home, folder, new PrintWriter(out), new PrintWriter(err), Environment.Terminal.none());
    }

    Ended checkedRun(String... args) {
        var out = new StringWriter();
        var err = new StringWriter();
        int status = Main.execute(environment(out, err), args);
        return new Ended(status, out.toString(), err.toString());
    }
}
