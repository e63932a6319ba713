package parathink.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What the process was started in; tests give their own. The writers belong to the process and are flushed, never closed.
 *
 * @param variables environment variables
 * @param home the user's home folder
 * @param folder the working folder
 * @param out takes the result and nothing else
 * @param err takes progress and messages; what would steer a terminal is shown and not obeyed
 * @param terminal what is known about the terminal
 */
record Environment(
        Map<String, String> variables, Path home, Path folder, PrintWriter out, PrintWriter err, Terminal terminal) {

    /**
     * The terminal, as the launcher found it.
     *
     * @param showsOut whether standard output is shown on a terminal
     * @param showsErr whether standard error is
     * @param columns its width
     */
    record Terminal(boolean showsOut, boolean showsErr, int columns) {
        private static final int WIDTH_OF_FILES = 100;

        static Terminal none() {
            return new Terminal(false, false, WIDTH_OF_FILES);
        }

        /** Reads what the launcher passed on: {@code out} and {@code err} for streams on a terminal, and a width. */
        static Terminal parse(String description) {
            boolean out = false;
            boolean err = false;
            int columns = WIDTH_OF_FILES;
            for (var word : description.split(",", -1)) {
                switch (word) {
                    case "out" -> out = true;
                    case "err" -> err = true;
                    default -> columns = word.matches("[1-9][0-9]{1,3}") ? Integer.parseInt(word) : columns;
                }
            }
            return new Terminal(out, err, Math.clamp(columns, 60, 160));
        }
    }

    Environment {
        variables = Map.copyOf(variables);
        err = PrintableWriter.before(err);
    }

    static Environment ofProcess() {
        return ofProcess(new FileOutputStream(FileDescriptor.out));
    }

    /** As above, with results going to a stream that the caller watches. */
    static Environment ofProcess(OutputStream results) {
        return new Environment(
                System.getenv(),
                // not the folder of the user database, which containers often do not have
                Path.of(Optional.ofNullable(System.getenv("HOME"))
                        .filter(home -> !home.isEmpty())
                        .orElseGet(() -> System.getProperty("user.home"))),
                Path.of("").toAbsolutePath(),
                writer(results),
                writer(new FileOutputStream(FileDescriptor.err)),
                Terminal.parse(System.getProperty("parathink.terminal", "")));
    }

    // Results are UTF-8 whatever the locale says, so that a file written by way of a pipe reads the same everywhere.
    private static PrintWriter writer(OutputStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    /** A variable, unless it is unset or empty. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
    }

    /** Whether text on standard output may be coloured (no-color.org). */
    boolean colours() {
        return terminal.showsOut() && variable("NO_COLOR").isEmpty();
    }

    /** Where imported datasets lie. */
    Path data() {
        return variable("PARATHINK_DATA").map(Path::of).orElseGet(() -> home.resolve(".local/share/parathink"));
    }

    /** Where things lie that can be made again. */
    Path cache() {
        return variable("PARATHINK_CACHE").map(Path::of).orElseGet(() -> home.resolve(".cache/parathink"));
    }
}
