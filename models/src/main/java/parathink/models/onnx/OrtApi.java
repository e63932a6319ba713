package parathink.models.onnx;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import parathink.models.ModelException;

/**
 * ONNX Runtime's C functions. The library exports one table of them that only ever grows, so each is known by its place.
 * Every object made here is registered for release with the owner given. Thread-safe; the library stays loaded until the
 * process ends, because it cannot be unloaded safely.
 */
final class OrtApi {
    /** The oldest table with all operators of our graphs; also the one of the library that is shipped. */
    private static final int VERSION = 29;

    private static final int LOG_NOTHING_BUT_FATAL = 4;
    private static final int TABLE_SLOTS = 300;
    private static final long LONGEST_TEXT = 1 << 16;
    private static final Linker LINKER = Linker.nativeLinker();

    private final MemorySegment table;
    private final String version;
    private final MethodHandle statusText;
    private final MethodHandle releaseStatus;
    private final MethodHandle createTensor;
    private final MethodHandle bindInput;
    private final MethodHandle bindOutput;
    private final MethodHandle runWithBinding;
    private final MethodHandle releaseValue;

    private OrtApi(String version, MemorySegment table) {
        this.version = version;
        this.table = table;
        statusText =
                LINKER.downcallHandle(slot(OrtFunction.GET_ERROR_MESSAGE), FunctionDescriptor.of(ADDRESS, ADDRESS));
        releaseStatus = releaser(OrtFunction.RELEASE_STATUS);
        createTensor = function(
                OrtFunction.CREATE_TENSOR_WITH_DATA_AS_ORT_VALUE,
                ADDRESS,
                ADDRESS,
                JAVA_LONG,
                ADDRESS,
                JAVA_LONG,
                JAVA_INT,
                ADDRESS);
        bindInput = function(OrtFunction.BIND_INPUT, ADDRESS, ADDRESS, ADDRESS);
        bindOutput = function(OrtFunction.BIND_OUTPUT, ADDRESS, ADDRESS, ADDRESS);
        runWithBinding = function(OrtFunction.RUN_WITH_BINDING, ADDRESS, ADDRESS, ADDRESS);
        releaseValue = releaser(OrtFunction.RELEASE_VALUE);
    }

    /** Loads the library in this file. */
    static OrtApi load(Path file) {
        checkSign(file);
        try {
            var symbols = SymbolLookup.libraryLookup(file, Arena.global());
            var getBase = symbols.find("OrtGetApiBase")
                    .orElseThrow(() -> missing(file + ": not ONNX Runtime (it has no function OrtGetApiBase)"));
            var base = ((MemorySegment) LINKER.downcallHandle(getBase, FunctionDescriptor.of(ADDRESS))
                            .invokeExact())
                    .reinterpret(2 * ADDRESS.byteSize());
            var version = text(
                    (MemorySegment) LINKER.downcallHandle(base.getAtIndex(ADDRESS, 1), FunctionDescriptor.of(ADDRESS))
                            .invokeExact());
            checkVersion(file, version);
            var getTable = LINKER.downcallHandle(base.getAtIndex(ADDRESS, 0), FunctionDescriptor.of(ADDRESS, JAVA_INT));
            var table = (MemorySegment) getTable.invokeExact(VERSION);
            if (table.address() == 0) {
                throw missing("%s: ONNX Runtime %s does not offer API version %d".formatted(file, version, VERSION));
            }
            return new OrtApi(version, table.reinterpret(TABLE_SLOTS * ADDRESS.byteSize()));
        } catch (IllegalArgumentException e) {
            throw new ModelException(
                    ModelException.Kind.MISSING, file + ": cannot be loaded as a library: " + oneLine(e), e);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Looks at how the file begins, because the JVM prints warnings of its own about a file that is no library. */
    private static void checkSign(Path file) {
        try (var in = Files.newInputStream(file)) {
            int sign = ByteBuffer.wrap(Arrays.copyOf(in.readNBytes(Integer.BYTES), Integer.BYTES))
                    .getInt();
            boolean elf = sign == 0x7f454c46;
            boolean mach = sign == 0xcffaedfe || sign == 0xcafebabe;
            boolean windows = sign >>> 16 == 0x4d5a;
            if (!elf && !mach && !windows) {
                throw missing(file + ": not a shared library");
            }
        } catch (IOException e) {
            throw new ModelException(ModelException.Kind.MISSING, file + ": cannot be read: " + oneLine(e), e);
        }
    }

    private static void checkVersion(Path file, String version) {
        // asked before the table, because the library prints to standard error when it lacks one
        var numbers = Pattern.compile("1\\.(\\d{1,6})\\..*").matcher(version);
        if (numbers.matches() && Integer.parseInt(numbers.group(1)) < VERSION) {
            throw missing(
                    "%s: ONNX Runtime %s is too old, 1.%d.0 or newer is needed".formatted(file, version, VERSION));
        }
    }

    String version() {
        return version;
    }

    MemorySegment environment(NativeOwner owner) {
        var create = function(OrtFunction.CREATE_ENV, JAVA_INT, ADDRESS, ADDRESS);
        return make(owner, OrtFunction.RELEASE_ENV, (arena, out) ->
                (MemorySegment) create.invokeExact(LOG_NOTHING_BUT_FATAL, arena.allocateFrom("parathink"), out));
    }

    MemorySegment sessionOptions(NativeOwner owner, int threads) {
        var create = function(OrtFunction.CREATE_SESSION_OPTIONS, ADDRESS);
        var options = make(
                owner, OrtFunction.RELEASE_SESSION_OPTIONS, (arena, out) -> (MemorySegment) create.invokeExact(out));
        var allOptimizations = 99;
        set(OrtFunction.SET_SESSION_GRAPH_OPTIMIZATION_LEVEL, options, allOptimizations);
        set(OrtFunction.SET_INTRA_OP_NUM_THREADS, options, threads);
        set(OrtFunction.SET_INTER_OP_NUM_THREADS, options, 1);
        return options;
    }

    private void set(OrtFunction function, MemorySegment options, int value) {
        var setter = function(function, ADDRESS, JAVA_INT);
        call(() -> (MemorySegment) setter.invokeExact(options, value));
    }

    MemorySegment memoryInfo(NativeOwner owner, String device) {
        var create = function(OrtFunction.CREATE_MEMORY_INFO, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);
        var plainAllocator = 0;
        return make(owner, OrtFunction.RELEASE_MEMORY_INFO, (arena, out) ->
                (MemorySegment) create.invokeExact(arena.allocateFrom(device), plainAllocator, 0, 0, out));
    }

    MemorySegment session(NativeOwner owner, MemorySegment environment, MemorySegment options, MemorySegment model) {
        var create = function(OrtFunction.CREATE_SESSION_FROM_ARRAY, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);
        return make(owner, OrtFunction.RELEASE_SESSION, (arena, out) ->
                (MemorySegment) create.invokeExact(environment, model, model.byteSize(), options, out));
    }

    MemorySegment session(NativeOwner owner, MemorySegment environment, MemorySegment options, Path file) {
        var create = function(OrtFunction.CREATE_SESSION, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
        return make(owner, OrtFunction.RELEASE_SESSION, (arena, out) ->
                (MemorySegment) create.invokeExact(environment, NativeText.path(arena, file), options, out));
    }

    MemorySegment binding(NativeOwner owner, MemorySegment session) {
        var create = function(OrtFunction.CREATE_IO_BINDING, ADDRESS, ADDRESS);
        return make(owner, OrtFunction.RELEASE_IO_BINDING, (arena, out) ->
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
        var getName = function(name, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);
        var getType = function(type, ADDRESS, JAVA_LONG, ADDRESS);
        var getAllocator = function(OrtFunction.GET_ALLOCATOR_WITH_DEFAULT_OPTIONS, ADDRESS);
        var free = function(OrtFunction.ALLOCATOR_FREE, ADDRESS, ADDRESS);
        try (var arena = Arena.ofConfined();
                var owner = new NativeOwner()) {
            var allocator = get(arena, out -> (MemorySegment) getAllocator.invokeExact(out));
            var specs = new ArrayList<TensorSpec>();
            long tensors = getLong(count, session);
            for (long i = 0; i < tensors; i++) {
                long index = i;
                var text = get(arena, out -> (MemorySegment) getName.invokeExact(session, index, allocator, out));
                owner.add(() -> call(() -> (MemorySegment) free.invokeExact(allocator, text)));
                var info = make(owner, OrtFunction.RELEASE_TYPE_INFO, (scratch, out) ->
                        (MemorySegment) getType.invokeExact(session, index, out));
                specs.add(spec(arena, text(text), info));
            }
            return List.copyOf(specs);
        }
    }

    private TensorSpec spec(Arena arena, String name, MemorySegment typeInfo) {
        var cast = function(OrtFunction.CAST_TYPE_INFO_TO_TENSOR_INFO, ADDRESS, ADDRESS);
        var tensor = get(arena, out -> (MemorySegment) cast.invokeExact(typeInfo, out));
        if (tensor.address() == 0) {
            return new TensorSpec(name, Optional.empty(), List.of()); // a sequence or a map
        }
        var rank = getLong(OrtFunction.GET_DIMENSIONS_COUNT, tensor);
        var shape = arena.allocate(JAVA_LONG, Math.max(1, rank));
        var getShape = function(OrtFunction.GET_DIMENSIONS, ADDRESS, ADDRESS, JAVA_LONG);
        call(() -> (MemorySegment) getShape.invokeExact(tensor, shape, rank));
        var dimensions = new ArrayList<Long>();
        for (long d = 0; d < rank; d++) {
            dimensions.add(shape.getAtIndex(JAVA_LONG, d));
        }
        int code = (int) getLong(OrtFunction.GET_TENSOR_ELEMENT_TYPE, tensor);
        return new TensorSpec(name, ElementType.of(code), dimensions);
    }

    private long getLong(OrtFunction function, MemorySegment object) {
        var getter = function(function, ADDRESS, ADDRESS);
        try (var arena = Arena.ofConfined()) {
            var out = arena.allocate(JAVA_LONG); // cleared, so a 32-bit answer reads right too
            call(() -> (MemorySegment) getter.invokeExact(object, out));
            return out.get(JAVA_LONG, 0);
        }
    }

    /** A tensor over memory of ours. The caller releases it by {@link #releaseValue}; the memory must outlive its use. */
    MemorySegment tensor(
            MemorySegment memoryInfo,
            MemorySegment data,
            ElementType type,
            MemorySegment shape,
            long rank,
            MemorySegment out) {
        try {
            check((MemorySegment)
                    createTensor.invokeExact(memoryInfo, data, data.byteSize(), shape, rank, type.code, out));
        } catch (Throwable e) {
            throw unexpected(e);
        }
        return out.get(ADDRESS, 0);
    }

    void releaseValue(MemorySegment value) {
        try {
            releaseValue.invokeExact(value);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    void bindInput(MemorySegment binding, MemorySegment name, MemorySegment value) {
        try {
            check((MemorySegment) bindInput.invokeExact(binding, name, value));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    void bindOutput(MemorySegment binding, MemorySegment name, MemorySegment value) {
        try {
            check((MemorySegment) bindOutput.invokeExact(binding, name, value));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    void run(MemorySegment session, MemorySegment binding) {
        try {
            check((MemorySegment) runWithBinding.invokeExact(session, MemorySegment.NULL, binding));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private interface Call {
        MemorySegment status() throws Throwable;
    }

    private interface Getter {
        MemorySegment status(MemorySegment out) throws Throwable;
    }

    private interface Maker {
        MemorySegment status(Arena arena, MemorySegment out) throws Throwable;
    }

    /** Makes an object and registers its release in the same breath. */
    private MemorySegment make(NativeOwner owner, OrtFunction release, Maker maker) {
        try (var arena = Arena.ofConfined()) {
            var object = get(arena, out -> maker.status(arena, out));
            var handle = releaser(release);
            owner.add(() -> {
                try {
                    handle.invokeExact(object);
                } catch (Throwable e) {
                    throw unexpected(e);
                }
            });
            return object;
        }
    }

    private MemorySegment get(Arena arena, Getter getter) {
        var out = arena.allocate(ADDRESS);
        call(() -> getter.status(out));
        return out.get(ADDRESS, 0);
    }

    private void call(Call call) {
        try {
            check(call.status());
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private void check(MemorySegment status) throws Throwable {
        if (status.address() != 0) {
            var text = text((MemorySegment) statusText.invokeExact(status));
            releaseStatus.invokeExact(status);
            throw new ModelException(
                    ModelException.Kind.FAILED,
                    text.replaceAll("\\s*\\R\\s*", " ").strip());
        }
    }

    private MemorySegment slot(OrtFunction function) {
        return table.getAtIndex(ADDRESS, function.slot);
    }

    private MethodHandle function(OrtFunction function, MemoryLayout... arguments) {
        return LINKER.downcallHandle(slot(function), FunctionDescriptor.of(ADDRESS, arguments));
    }

    private MethodHandle releaser(OrtFunction function) {
        return LINKER.downcallHandle(slot(function), FunctionDescriptor.ofVoid(ADDRESS));
    }

    private static String text(MemorySegment characters) {
        return characters.reinterpret(LONGEST_TEXT).getString(0);
    }

    private static String oneLine(Throwable e) {
        return String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " ");
    }

    private static ModelException missing(String message) {
        return new ModelException(ModelException.Kind.MISSING, message);
    }

    private static RuntimeException unexpected(Throwable e) {
        if (e instanceof Error fatal) {
            throw fatal;
        }
        if (e instanceof RuntimeException known) {
            return known;
        }
        throw new AssertionError("a native call throws nothing else", e);
    }
}
