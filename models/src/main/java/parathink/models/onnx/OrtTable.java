package parathink.models.onnx;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

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
import java.util.Arrays;
import java.util.regex.Pattern;
import parathink.models.ModelException;

/**
 * ONNX Runtime's table of C functions, which only ever grows, so that each is known by its place; and the ways to call
 * them. Thread-safe; the library stays loaded until the process ends, because it cannot be unloaded safely.
 */
final class OrtTable {
    /** The oldest table with all operators of our graphs; also the one of the library that is shipped. */
    private static final int VERSION = 29;

    private static final int SLOTS = 300;
    private static final long LONGEST_TEXT = 1 << 16;
    private static final Pattern NO_MEMORY = Pattern.compile("Failed to allocate memory|bad_alloc|bad allocation");
    private static final Linker LINKER = Linker.nativeLinker();

    private final MemorySegment table;
    private final String version;
    private final MethodHandle statusText;
    private final MethodHandle releaseStatus;

    private OrtTable(String version, MemorySegment table) {
        this.version = version;
        this.table = table;
        statusText =
                LINKER.downcallHandle(slot(OrtFunction.GET_ERROR_MESSAGE), FunctionDescriptor.of(ADDRESS, ADDRESS));
        releaseStatus = releaser(OrtFunction.RELEASE_STATUS);
    }

    /** Loads the library in this file. */
    static OrtTable load(Path file) {
        checkSign(file);
        OrtTelemetry.disable();
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
            return new OrtTable(version, table.reinterpret(SLOTS * ADDRESS.byteSize()));
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

    /** A call that gives a status. */
    interface Call {
        MemorySegment status() throws Throwable;
    }

    /** A call that writes a pointer. */
    interface Getter {
        MemorySegment status(MemorySegment out) throws Throwable;
    }

    /** A call that makes an object, with scratch memory for its arguments. */
    interface Maker {
        MemorySegment status(Arena arena, MemorySegment out) throws Throwable;
    }

    /** Makes an object and registers its release in the same breath. */
    MemorySegment make(NativeOwner owner, OrtFunction release, Maker maker) {
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

    MemorySegment get(Arena arena, Getter getter) {
        var out = arena.allocate(ADDRESS);
        call(() -> getter.status(out));
        return out.get(ADDRESS, 0);
    }

    void call(Call call) {
        try {
            check(call.status());
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /**
     * Turns a status that is not fine into an exception with ONNX Runtime's own text.
     *
     * @throws OutOfMemoryError when the text is about memory, for which there is no status of its own
     */
    void check(MemorySegment status) throws Throwable {
        if (status.address() != 0) {
            var text = text((MemorySegment) statusText.invokeExact(status));
            releaseStatus.invokeExact(status);
            var line = text.replaceAll("\\s*\\R\\s*", " ").strip();
            if (NO_MEMORY.matcher(line).find()) {
                throw new OutOfMemoryError(line);
            }
            throw new ModelException(ModelException.Kind.FAILED, line);
        }
    }

    private MemorySegment slot(OrtFunction function) {
        return table.getAtIndex(ADDRESS, function.slot);
    }

    /** A function that gives a status. */
    MethodHandle function(OrtFunction function, MemoryLayout... arguments) {
        return LINKER.downcallHandle(slot(function), FunctionDescriptor.of(ADDRESS, arguments));
    }

    /** A function that releases an object. */
    MethodHandle releaser(OrtFunction function) {
        return LINKER.downcallHandle(slot(function), FunctionDescriptor.ofVoid(ADDRESS));
    }

    static String text(MemorySegment characters) {
        return characters.reinterpret(LONGEST_TEXT).getString(0);
    }

    private static String oneLine(Throwable e) {
        return String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " ");
    }

    private static ModelException missing(String message) {
        return new ModelException(ModelException.Kind.MISSING, message);
    }

    /** What to throw where a native call declares that it may throw anything. */
    static RuntimeException unexpected(Throwable e) {
        if (e instanceof Error fatal) {
            throw fatal;
        }
        if (e instanceof RuntimeException known) {
            return known;
        }
        throw new AssertionError("a native call throws nothing else", e);
    }
}
