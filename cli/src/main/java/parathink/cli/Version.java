package parathink.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * Which parathink this is.
 *
 * @param number the version of the build
 * @param commit the commit of the source tree that was built, with {@code -dirty} when it has changes; empty when unknown
 */
record Version(String number, Optional<String> commit) {

    /** Asks the build, and git about the source tree that the launcher belongs to. */
    static Version read() {
        return new Version(ofBuild(), commitOfTree());
    }

    /** The version of the build alone. */
    static String ofBuild() {
        var properties = new Properties();
        try (var file = Version.class.getResourceAsStream("version.properties")) {
            properties.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the jar of the command line is damaged", e);
        }
        return properties.getProperty("version");
    }

    /** What is shown, by name. */
    Map<String, String> parts() {
        var parts = new LinkedHashMap<String, String>();
        parts.put("parathink", number);
        parts.put("commit", commit.orElse("unknown"));
        parts.put("java", Runtime.version().toString());
        return parts;
    }

    /** What a run's record says of the program: versions by name, and the commit where it is known. */
    Map<String, String> program() {
        var program = new LinkedHashMap<>(parts());
        if (commit.isEmpty()) {
            program.remove("commit");
        }
        return program;
    }

    private static Optional<String> commitOfTree() {
        return Optional.ofNullable(System.getProperty("parathink.home"))
                .map(Path::of)
                .filter(home -> Files.exists(home.resolve(".git")))
                .flatMap(Version::describe);
    }

    // The launcher builds whenever a source is newer than its build, so the tree's state is the build's state.
    private static Optional<String> describe(Path tree) {
        try {
            var git = new ProcessBuilder("git", "-C", tree.toString(), "describe", "--always", "--dirty", "--abbrev=12")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var text = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            boolean ended = git.waitFor(5, TimeUnit.SECONDS) && git.exitValue() == 0;
            return ended && !text.isEmpty() ? Optional.of(text) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // there is no git here
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
