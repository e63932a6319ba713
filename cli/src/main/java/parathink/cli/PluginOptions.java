package parathink.cli;

import java.nio.file.Path;
import java.util.Optional;
import parathink.strategies.Plugins;
import picocli.CommandLine.Option;

/** Where further strategies come from. */
final class PluginOptions {
    @Option(
            names = "--plugins",
            paramLabel = "DIR",
            description = "A folder of jars with further strategies (docs/adding-a-strategy.md).")
    private Optional<Path> folder = Optional.empty();

    /** Loads them; the caller closes what it gets. */
    Plugins open(Environment environment) {
        return folder.map(given -> Plugins.of(environment.folder().resolve(given)))
                .orElseGet(Plugins::none);
    }
}
