package parathink.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import parathink.models.ChatDialect;
import parathink.models.Templates;
import picocli.CommandLine.Option;

/** Instructions of the user's own for the steps of a strategy that makes several calls. */
final class PromptOptions {
    @Option(
            names = "--prompts",
            paramLabel = "FILE",
            description =
                    "Instructions for the steps of strategies of several calls, in YAML: distil, refine, revise, … (default:"
                            + " the built-in ones; docs/prompts.md).")
    private Optional<Path> prompts = Optional.empty();

    /**
     * The templates of the file; none where no file was given.
     *
     * @throws IllegalArgumentException when it is no such file; the message has file and line
     */
    Templates read(Environment environment) {
        return prompts.map(file -> read("--prompts", environment.folder().resolve(file)))
                .orElse(Templates.NONE);
    }

    /** The templates of the file that an option names. */
    static Templates read(String option, Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("%s %s: there is no such file".formatted(option, file));
        }
        var texts = new TreeMap<String, String>();
        SettingsFile.read(file, Set.of()).entries().forEach((name, entry) -> {
            try {
                var text = String.join("\n", entry.values());
                new ChatDialect(new Templates(Map.of(name, text), ""));
                texts.put(name, text);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("%s:%d: %s".formatted(file, entry.line(), e.getMessage()), e);
            }
        });
        if (texts.isEmpty()) {
            throw new IllegalArgumentException(file + ": has no template, such as 'distil: |'");
        }
        return Templates.of(texts);
    }
}
