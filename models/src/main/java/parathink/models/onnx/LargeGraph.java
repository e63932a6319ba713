package parathink.models.onnx;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.util.Optional;
import parathink.models.ModelException;

/**
 * Loads a graph that is larger than one message of its format may be, where its constants cannot be kept: by way of a file,
 * which is deleted again as soon as ONNX Runtime has it.
 */
final class LargeGraph {
    private LargeGraph() {}

    /**
     * Loads a graph through a folder of its own in the cache.
     *
     * @param origin the model's name, for messages
     * @param operator of which the graph may have nodes; must outlive the session
     */
    static OnnxSession open(
            OrtApi api, OnnxGraph graph, String origin, OrtSettings settings, Optional<OrtOperator> operator) {
        try (var arena = Arena.ofShared()) {
            Files.createDirectories(settings.cacheFolder());
            var folder = Files.createTempDirectory(settings.cacheFolder(), "graph");
            var file = Files.createFile(folder.resolve("constants"));
            try {
                ConstantsFile.write(file, graph, new ConstantsFile.About("", origin, ""));
                var constants = ConstantsFile.open(file, "", graph.constants());
                return OnnxSession.of(api, graph.write(arena, constants), folder, origin, settings, operator);
            } finally {
                Files.delete(file);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new ModelException(
                    ModelException.Kind.UNUSABLE,
                    "%s: its graph cannot be written to %s: %s"
                            .formatted(origin, settings.cacheFolder(), e.getMessage()),
                    e);
        }
    }
}
