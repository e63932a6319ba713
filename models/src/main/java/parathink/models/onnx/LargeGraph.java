package parathink.models.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import parathink.models.ModelException;

/**
 * Loads a graph that is larger than one message of its format may be: by way of files, which are deleted again as soon as
 * ONNX Runtime has them.
 */
final class LargeGraph {
    private LargeGraph() {}

    /**
     * Loads a graph through a folder of its own in the cache.
     *
     * @param origin the model's name, for messages
     * @param operator of which the graph may have nodes; must outlive the session
     */
    static OnnxSession open(OnnxGraph graph, String origin, OrtSettings settings, Optional<OrtOperator> operator) {
        try {
            Files.createDirectories(settings.cacheFolder());
            var folder = Files.createTempDirectory(settings.cacheFolder(), "graph");
            try {
                return OnnxSession.of(graph.writeTo(folder), settings, operator);
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new ModelException(
                    ModelException.Kind.UNUSABLE,
                    "%s: its graph cannot be written to %s: %s"
                            .formatted(origin, settings.cacheFolder(), e.getMessage()),
                    e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
