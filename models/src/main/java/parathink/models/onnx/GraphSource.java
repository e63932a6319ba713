package parathink.models.onnx;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A graph from which sessions are opened, one or several: its constants are worked out or checked once. Used by the thread
 * that opens a model, as long as the arena is open.
 *
 * @param name of the model, for messages
 * @param message the graph as ONNX Runtime reads it; empty for one that is larger than a message may be
 * @param folder where the constants lie that the message names; empty where it has them itself
 */
record GraphSource(
        String name,
        OnnxGraph graph,
        Optional<MemorySegment> message,
        Optional<Path> folder,
        CompletableFuture<OrtApi> library) {
    /**
     * Works out what is not kept.
     *
     * @param kept the file with the graph's constants, where there is one
     * @param library while it is loaded, constants are worked out
     * @param arena holds the graph until the last session is open; shared, since several threads work constants out
     */
    static GraphSource of(
            String name,
            OnnxGraph graph,
            Optional<ConstantsFile> kept,
            CompletableFuture<OrtApi> library,
            Arena arena) {
        var folder = kept.map(file -> file.path().getParent());
        var message = kept.map(file -> graph.write(arena, file))
                .or(() -> graph.fitsOneFile() ? Optional.of(graph.write(arena)) : Optional.empty());
        return new GraphSource(name, graph, message, folder, library);
    }

    /** @param operator of which the graph has nodes */
    OnnxSession open(OrtSettings settings, Optional<OrtOperator> operator) {
        if (message.isEmpty()) {
            return LargeGraph.open(library.join(), graph, name, settings, operator);
        }
        return folder.isPresent()
                ? OnnxSession.of(library.join(), message.get(), folder.get(), name, settings, operator)
                : OnnxSession.of(library.join(), message.get(), name, settings, operator);
    }
}
