package parathink.models.onnx;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import parathink.models.ModelException;

/** A graph that ONNX Runtime has loaded. Opened and closed by a decoder; several threads may run it at once. */
final class OnnxSession implements AutoCloseable {
    private final NativeOwner owner;
    private final OrtApi api;
    private final MemorySegment session;
    private final MemorySegment memory; // ONNX Runtime's description of where our tensors lie

    private OnnxSession(NativeOwner owner, OrtApi api, MemorySegment session, Device device) {
        this.owner = owner;
        this.api = api;
        this.session = session;
        memory = api.memoryInfo(owner, device.memory);
    }

    private interface Loader {
        MemorySegment load(NativeOwner owner, MemorySegment environment, MemorySegment options);
    }

    /**
     * Loads a graph from memory, which may be freed afterwards.
     *
     * @param origin the model's name, for messages
     */
    static OnnxSession of(OrtApi library, MemorySegment graph, String origin, OrtSettings settings) {
        return of(library, graph, origin, settings, Optional.empty());
    }

    /** Loads a graph that may have a node of this operator, which must outlive the session. */
    static OnnxSession of(
            OrtApi library, MemorySegment graph, String origin, OrtSettings settings, Optional<OrtOperator> operator) {
        return open(
                library,
                (owner, environment, options) -> {
                    operator.ifPresent(ours -> ours.register(library, owner, options));
                    return library.session(owner, environment, options, graph);
                },
                origin,
                settings);
    }

    /**
     * Loads a graph from memory whose large constants lie in a file, which the session maps and must be able to open now.
     *
     * @param folder where that file lies
     * @param operator of which the graph may have nodes; must outlive the session
     */
    static OnnxSession of(
            OrtApi library,
            MemorySegment graph,
            Path folder,
            String origin,
            OrtSettings settings,
            Optional<OrtOperator> operator) {
        return open(
                library,
                (owner, environment, options) -> {
                    operator.ifPresent(ours -> ours.register(library, owner, options));
                    library.constantsIn(options, folder);
                    return library.session(owner, environment, options, graph);
                },
                origin,
                settings);
    }

    static OnnxSession of(Path file, OrtSettings settings) {
        var library = OrtApi.load(OrtLibrary.locate(settings));
        return open(
                library,
                (owner, environment, options) -> library.session(owner, environment, options, file),
                file.toString(),
                settings);
    }

    private static OnnxSession open(OrtApi api, Loader loader, String origin, OrtSettings settings) {
        var owner = new NativeOwner();
        try {
            var environment = api.environment(owner);
            var options = api.sessionOptions(owner, settings);
            var session = loader.load(owner, environment, options);
            return new OnnxSession(owner, api, session, settings.device());
        } catch (ModelException e) {
            owner.close();
            throw new ModelException(
                    ModelException.Kind.UNUSABLE, "%s: not a usable model: %s".formatted(origin, e.getMessage()), e);
        } catch (RuntimeException | Error e) {
            owner.close();
            throw e;
        }
    }

    /** The version of ONNX Runtime. */
    String runtimeVersion() {
        return api.version();
    }

    List<TensorSpec> inputs() {
        return api.inputs(session);
    }

    List<TensorSpec> outputs() {
        return api.outputs(session);
    }

    /** A new set of bound tensors. The caller closes it, before the session. */
    Binding bind() {
        var bindingOwner = new NativeOwner();
        return new Binding(bindingOwner, api, session, api.binding(bindingOwner, session), memory);
    }

    @Override
    public void close() {
        owner.close();
    }
}
