package parathink.models.onnx;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import parathink.models.ModelException;

/** A graph that ONNX Runtime has loaded. Opened and closed by a decoder; used by one thread at a time. */
final class OnnxSession implements AutoCloseable {
    private final NativeOwner owner;
    private final OrtApi api;
    private final MemorySegment session;
    private final MemorySegment memory; // ONNX Runtime's description of where our tensors lie
    private final List<TensorSpec> inputs;
    private final List<TensorSpec> outputs;
    private final Map<String, MemorySegment> names = new HashMap<>(); // as C strings

    private OnnxSession(NativeOwner owner, OrtApi api, MemorySegment session, Device device) {
        this.owner = owner;
        this.api = api;
        this.session = session;
        memory = api.memoryInfo(owner, device.memory);
        inputs = api.inputs(session);
        outputs = api.outputs(session);
        var arena = Arena.ofAuto(); // as long as the names are known
        Stream.concat(inputs.stream(), outputs.stream())
                .forEach(tensor -> names.put(tensor.name(), arena.allocateFrom(tensor.name())));
    }

    private interface Loader {
        MemorySegment load(OrtApi api, NativeOwner owner, MemorySegment environment, MemorySegment options);
    }

    /**
     * Loads a graph from memory, which may be freed afterwards.
     *
     * @param origin the model's name, for messages
     */
    static OnnxSession of(MemorySegment graph, String origin, OrtSettings settings) {
        return open(
                (api, owner, environment, options) -> api.session(owner, environment, options, graph),
                origin,
                settings);
    }

    static OnnxSession of(Path file, OrtSettings settings) {
        return open(
                (api, owner, environment, options) -> api.session(owner, environment, options, file),
                file.toString(),
                settings);
    }

    private static OnnxSession open(Loader loader, String origin, OrtSettings settings) {
        var api = OrtApi.load(OrtLibrary.locate(settings));
        var owner = new NativeOwner();
        try {
            var environment = api.environment(owner);
            var options = api.sessionOptions(owner, settings.threads());
            var session = loader.load(api, owner, environment, options);
            return new OnnxSession(owner, api, session, settings.device());
        } catch (ModelException e) {
            owner.close();
            throw new ModelException(
                    ModelException.Kind.UNUSABLE, "%s: not a usable model: %s".formatted(origin, e.getMessage()), e);
        }
    }

    /** The version of ONNX Runtime. */
    String runtimeVersion() {
        return api.version();
    }

    List<TensorSpec> inputs() {
        return inputs;
    }

    List<TensorSpec> outputs() {
        return outputs;
    }

    /** A new set of bound tensors. The caller closes it, before the session. */
    Binding bind() {
        var bindingOwner = new NativeOwner();
        return new Binding(bindingOwner, api, session, api.binding(bindingOwner, session), memory, names);
    }

    @Override
    public void close() {
        owner.close();
    }
}
