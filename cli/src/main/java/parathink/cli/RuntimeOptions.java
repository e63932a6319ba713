package parathink.cli;

import java.nio.file.Path;
import java.util.Optional;
import parathink.models.onnx.Device;
import parathink.models.onnx.OrtSettings;
import picocli.CommandLine.Option;

/** How ONNX Runtime is found and run. */
final class RuntimeOptions {
    @Option(
            names = "--threads",
            paramLabel = "N",
            converter = Numbers.Positive.class,
            description = "Threads that share the work of one operator (default: one a physical core).")
    private Optional<Integer> threads = Optional.empty();

    @Option(
            names = "--ort-dir",
            paramLabel = "DIR",
            description = "A folder with another build of ONNX Runtime's library (default: the one that is shipped).")
    private Optional<Path> library = Optional.empty();

    /** Threads that compute at once. */
    int threads(Environment environment) {
        return settings(environment, Device.CPU).threads();
    }

    OrtSettings settings(Environment environment, Device device) {
        var usual = OrtSettings.cachedIn(environment.cache());
        return new OrtSettings(
                library.map(environment.folder()::resolve),
                usual.cacheFolder(),
                threads.orElse(usual.threads()),
                device);
    }
}
