package parathink.models.onnx;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The part of ONNX Runtime that a decoder needs. Every object made here is registered for release with the owner given.
 * Thread-safe.
 */
final class OrtApi {
    private static final int LOG_NOTHING_BUT_FATAL = 4;

    private final OrtTable table;
    private final MethodHandle createTensor;
    private final MethodHandle bindInput;
    private final MethodHandle bindOutput;
    private final MethodHandle runWithBinding;
    private final MethodHandle releaseValue;
    private final MethodHandle kernelInput;
    private final MethodHandle kernelOutput;
    private final MethodHandle tensorData;

    private OrtApi(OrtTable table) {
        this.table = table;
        createTensor = table.function(
                OrtFunction.CREATE_TENSOR_WITH_DATA_AS_ORT_VALUE,
                ADDRESS,
                ADDRESS,
                JAVA_LONG,
                ADDRESS,
                JAVA_LONG,
                JAVA_INT,
                ADDRESS);
        bindInput = table.function(OrtFunction.BIND_INPUT, ADDRESS, ADDRESS, ADDRESS);
        bindOutput = table.function(OrtFunction.BIND_OUTPUT, ADDRESS, ADDRESS, ADDRESS);
        runWithBinding = table.function(OrtFunction.RUN_WITH_BINDING, ADDRESS, ADDRESS, ADDRESS);
        releaseValue = table.releaser(OrtFunction.RELEASE_VALUE);
        kernelInput = table.function(OrtFunction.KERNEL_CONTEXT_GET_INPUT, ADDRESS, JAVA_LONG, ADDRESS);
        kernelOutput =
                table.function(OrtFunction.KERNEL_CONTEXT_GET_OUTPUT, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS);
        tensorData = table.function(OrtFunction.GET_TENSOR_MUTABLE_DATA, ADDRESS, ADDRESS);
    }

    /** Loads the library in this file. */
    static OrtApi load(Path file) {
        return new OrtApi(OrtTable.load(file));
    }

    String version() {
        return table.version();
    }

    MemorySegment environment(NativeOwner owner) {
        var create = table.function(OrtFunction.CREATE_ENV, JAVA_INT, ADDRESS, ADDRESS);
        return table.make(owner, OrtFunction.RELEASE_ENV, (arena, out) ->
                (MemorySegment) create.invokeExact(LOG_NOTHING_BUT_FATAL, arena.allocateFrom("parathink"), out));
    }

    MemorySegment sessionOptions(NativeOwner owner, OrtSettings settings) {
        var create = table.function(OrtFunction.CREATE_SESSION_OPTIONS, ADDRESS);
        var options = table.make(
                owner, OrtFunction.RELEASE_SESSION_OPTIONS, (arena, out) -> (MemorySegment) create.invokeExact(out));
        var allOptimizations = 99;
        set(OrtFunction.SET_SESSION_GRAPH_OPTIMIZATION_LEVEL, options, allOptimizations);
        set(OrtFunction.SET_INTRA_OP_NUM_THREADS, options, settings.threads());
        set(OrtFunction.SET_INTER_OP_NUM_THREADS, options, 1);
        // where something else wants a core, threads that wait awake take it from those that compute
        set(options, "session.intra_op.allow_spinning", settings.spinning() ? "1" : "0");
        set(options, "session.force_spinning_stop", "1"); // between two passes nobody waits
        return options;
    }

    /** Tells a session that is loaded from memory where the files of its constants lie. */
    void constantsIn(MemorySegment options, Path folder) {
        set(
                options,
                "session.model_external_initializers_file_folder_path",
                folder.toAbsolutePath().toString());
    }

    private void set(OrtFunction function, MemorySegment options, int value) {
        var setter = table.function(function, ADDRESS, JAVA_INT);
        table.call(() -> (MemorySegment) setter.invokeExact(options, value));
    }

    private void set(MemorySegment options, String key, String value) {
        var setter = table.function(OrtFunction.ADD_SESSION_CONFIG_ENTRY, ADDRESS, ADDRESS, ADDRESS);
        try (var arena = Arena.ofConfined()) {
            var name = arena.allocateFrom(key);
            var text = arena.allocateFrom(value);
            table.call(() -> (MemorySegment) setter.invokeExact(options, name, text));
        }
    }

    /** Makes an operator of ours known to the graphs that are loaded with these options. */
    void addOperator(NativeOwner owner, MemorySegment options, String domain, MemorySegment operator) {
        var create = table.function(OrtFunction.CREATE_CUSTOM_OP_DOMAIN, ADDRESS, ADDRESS);
        var add = table.function(OrtFunction.CUSTOM_OP_DOMAIN_ADD, ADDRESS, ADDRESS);
        var use = table.function(OrtFunction.ADD_CUSTOM_OP_DOMAIN, ADDRESS, ADDRESS);
        var made = table.make(owner, OrtFunction.RELEASE_CUSTOM_OP_DOMAIN, (arena, out) ->
                (MemorySegment) create.invokeExact(arena.allocateFrom(domain), out));
        table.call(() -> (MemorySegment) add.invokeExact(made, operator));
        table.call(() -> (MemorySegment) use.invokeExact(options, made));
    }

    MemorySegment memoryInfo(NativeOwner owner, String device) {
        var create = table.function(OrtFunction.CREATE_MEMORY_INFO, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);
        var plainAllocator = 0;
        return table.make(owner, OrtFunction.RELEASE_MEMORY_INFO, (arena, out) ->
                (MemorySegment) create.invokeExact(arena.allocateFrom(device), plainAllocator, 0, 0, out));
    }

    MemorySegment session(NativeOwner owner, MemorySegment environment, MemorySegment options, MemorySegment model) {
        var create =
                table.function(OrtFunction.CREATE_SESSION_FROM_ARRAY, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);
        return table.make(owner, OrtFunction.RELEASE_SESSION, (arena, out) ->
                (MemorySegment) create.invokeExact(environment, model, model.byteSize(), options, out));
    }

    MemorySegment session(NativeOwner owner, MemorySegment environment, MemorySegment options, Path file) {
        var create = table.function(OrtFunction.CREATE_SESSION, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
        return table.make(owner, OrtFunction.RELEASE_SESSION, (arena, out) ->
                (MemorySegment) create.invokeExact(environment, NativeText.path(arena, file), options, out));
    }

    MemorySegment binding(NativeOwner owner, MemorySegment session) {
        var create = table.function(OrtFunction.CREATE_IO_BINDING, ADDRESS, ADDRESS);
        return table.make(owner, OrtFunction.RELEASE_IO_BINDING, (arena, out) ->
                (MemorySegment) create.invokeExact(session, out));
    }

    List<TensorSpec> inputs(MemorySegment session) {
        return specs(
                session,
                OrtFunction.SESSION_GET_INPUT_COUNT,
                OrtFunction.SESSION_GET_INPUT_NAME,
                OrtFunction.SESSION_GET_INPUT_TYPE_INFO);
    }

    List<TensorSpec> outputs(MemorySegment session) {
        return specs(
                session,
                OrtFunction.SESSION_GET_OUTPUT_COUNT,
                OrtFunction.SESSION_GET_OUTPUT_NAME,
                OrtFunction.SESSION_GET_OUTPUT_TYPE_INFO);
    }

    private List<TensorSpec> specs(MemorySegment session, OrtFunction count, OrtFunction name, OrtFunction type) {
        var getName = table.function(name, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);
        var getType = table.function(type, ADDRESS, JAVA_LONG, ADDRESS);
        var getAllocator = table.function(OrtFunction.GET_ALLOCATOR_WITH_DEFAULT_OPTIONS, ADDRESS);
        var free = table.function(OrtFunction.ALLOCATOR_FREE, ADDRESS, ADDRESS);
        try (var arena = Arena.ofConfined();
                var owner = new NativeOwner()) {
            var allocator = table.get(arena, out -> (MemorySegment) getAllocator.invokeExact(out));
            var specs = new ArrayList<TensorSpec>();
            long tensors = getLong(count, session);
            for (long i = 0; i < tensors; i++) {
                long index = i;
                var text = table.get(arena, out -> (MemorySegment) getName.invokeExact(session, index, allocator, out));
                owner.add(() -> table.call(() -> (MemorySegment) free.invokeExact(allocator, text)));
                var info = table.make(owner, OrtFunction.RELEASE_TYPE_INFO, (scratch, out) ->
                        (MemorySegment) getType.invokeExact(session, index, out));
                specs.add(spec(arena, OrtTable.text(text), info));
            }
            return List.copyOf(specs);
        }
    }

    private TensorSpec spec(Arena arena, String name, MemorySegment typeInfo) {
        var cast = table.function(OrtFunction.CAST_TYPE_INFO_TO_TENSOR_INFO, ADDRESS, ADDRESS);
        var tensor = table.get(arena, out -> (MemorySegment) cast.invokeExact(typeInfo, out));
        if (tensor.address() == 0) {
            return new TensorSpec(name, Optional.empty(), List.of()); // a sequence or a map
        }
        var rank = getLong(OrtFunction.GET_DIMENSIONS_COUNT, tensor);
        var shape = arena.allocate(JAVA_LONG, Math.max(1, rank));
        var getShape = table.function(OrtFunction.GET_DIMENSIONS, ADDRESS, ADDRESS, JAVA_LONG);
        table.call(() -> (MemorySegment) getShape.invokeExact(tensor, shape, rank));
        var dimensions = new ArrayList<Long>();
        for (long d = 0; d < rank; d++) {
            dimensions.add(shape.getAtIndex(JAVA_LONG, d));
        }
        int code = (int) getLong(OrtFunction.GET_TENSOR_ELEMENT_TYPE, tensor);
        return new TensorSpec(name, ElementType.of(code), dimensions);
    }

    private long getLong(OrtFunction function, MemorySegment object) {
        var getter = table.function(function, ADDRESS, ADDRESS);
        try (var arena = Arena.ofConfined()) {
            var out = arena.allocate(JAVA_LONG); // cleared, so a 32-bit answer reads right too
            table.call(() -> (MemorySegment) getter.invokeExact(object, out));
            return out.get(JAVA_LONG, 0);
        }
    }

    /**
     * A tensor over memory of ours. The caller releases it by {@link #releaseValue}; the memory must outlive its use.
     */
    MemorySegment tensor(
            MemorySegment memoryInfo,
            MemorySegment data,
            ElementType type,
            MemorySegment shape,
            long rank,
            MemorySegment out) {
        try {
            table.check((MemorySegment)
                    createTensor.invokeExact(memoryInfo, data, data.byteSize(), shape, rank, type.code, out));
        } catch (Throwable e) {
            throw OrtTable.unexpected(e);
        }
        return out.get(ADDRESS, 0);
    }

    void releaseValue(MemorySegment value) {
        try {
            releaseValue.invokeExact(value);
        } catch (Throwable e) {
            throw OrtTable.unexpected(e);
        }
    }

    void bindInput(MemorySegment binding, MemorySegment name, MemorySegment value) {
        try {
            table.check((MemorySegment) bindInput.invokeExact(binding, name, value));
        } catch (Throwable e) {
            throw OrtTable.unexpected(e);
        }
    }

    void bindOutput(MemorySegment binding, MemorySegment name, MemorySegment value) {
        try {
            table.check((MemorySegment) bindOutput.invokeExact(binding, name, value));
        } catch (Throwable e) {
            throw OrtTable.unexpected(e);
        }
    }

    void run(MemorySegment session, MemorySegment binding) {
        try {
            table.check((MemorySegment) runWithBinding.invokeExact(session, MemorySegment.NULL, binding));
        } catch (Throwable e) {
            throw OrtTable.unexpected(e);
        }
    }

    /** Where the data of an input of an operator of ours lie, while it computes; {@code out} has room for an address. */
    MemorySegment kernelInput(MemorySegment context, long index, MemorySegment out) {
        try {
            table.check((MemorySegment) kernelInput.invokeExact(context, index, out));
            table.check((MemorySegment) tensorData.invokeExact(out.get(ADDRESS, 0), out));
            return out.get(ADDRESS, 0);
        } catch (Throwable e) {
            throw OrtTable.unexpected(e);
        }
    }

    /** Where the data of its first output go. */
    MemorySegment kernelOutput(MemorySegment context, MemorySegment shape, long rank, MemorySegment out) {
        try {
            table.check((MemorySegment) kernelOutput.invokeExact(context, 0L, shape, rank, out));
            table.check((MemorySegment) tensorData.invokeExact(out.get(ADDRESS, 0), out));
            return out.get(ADDRESS, 0);
        } catch (Throwable e) {
            throw OrtTable.unexpected(e);
        }
    }
}
