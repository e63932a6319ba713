package parathink.models.onnx;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Native memory that nobody clears: a page that is never written costs nothing, so a cache may have room for the
 * longest sequence. Thread-safe.
 */
final class RawMemory {
    private static final int ALIGNMENT = 64; // a line of the processor's cache

    private final MethodHandle allocate;
    private final MethodHandle release;

    RawMemory() {
        var linker = Linker.nativeLinker();
        var library = linker.defaultLookup();
        allocate = linker.downcallHandle(library.findOrThrow("malloc"), FunctionDescriptor.of(ADDRESS, JAVA_LONG));
        release = linker.downcallHandle(library.findOrThrow("free"), FunctionDescriptor.ofVoid(ADDRESS));
    }

    /**
     * Memory with unknown content that its owner frees.
     *
     * @throws OutOfMemoryError when there is none, as for memory of the heap
     */
    MemorySegment allocate(long bytes, NativeOwner owner) {
        try {
            var whole = (MemorySegment) allocate.invokeExact(bytes + ALIGNMENT);
            if (whole.address() == 0) {
                throw new OutOfMemoryError("no memory for %d more bytes".formatted(bytes));
            }
            long skip = Math.floorMod(-whole.address(), (long) ALIGNMENT);
            owner.add(() -> free(whole));
            return whole.reinterpret(bytes + ALIGNMENT).asSlice(skip, bytes);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("malloc throws nothing", e);
        }
    }

    private void free(MemorySegment whole) {
        try {
            release.invokeExact(whole);
        } catch (Throwable e) {
            throw new AssertionError("free throws nothing", e);
        }
    }
}
