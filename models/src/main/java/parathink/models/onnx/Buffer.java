package parathink.models.onnx;

import java.lang.foreign.MemorySegment;

/**
 * Native memory that is made anew when it is too small. Its content is lost then. Not thread-safe; closed by its
 * decoder.
 */
final class Buffer implements AutoCloseable {
    private final RawMemory memory;
    private final NativeOwner owner = new NativeOwner();
    private MemorySegment data = MemorySegment.NULL;

    Buffer(RawMemory memory) {
        this.memory = memory;
    }

    void reserve(long bytes) {
        if (data.byteSize() < bytes) {
            owner.close();
            data = MemorySegment.NULL; // for as long as there is nothing
            data = memory.allocate(2 * bytes, owner);
        }
    }

    MemorySegment data() {
        return data;
    }

    @Override
    public void close() {
        owner.close();
    }
}
