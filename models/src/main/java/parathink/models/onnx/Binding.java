package parathink.models.onnx;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;

/**
 * Memory of ours tied to a graph's inputs and outputs, so that a pass copies and allocates nothing. The memory must
 * outlive the binding or be bound anew. Made by {@link OnnxSession#bind}, closed by whoever asked for it; not
 * thread-safe.
 */
final class Binding implements AutoCloseable {
    private static final int MAX_RANK = 8;

    private final NativeOwner owner;
    private final OrtApi api;
    private final MemorySegment session;
    private final MemorySegment binding;
    private final MemorySegment memory;
    private final Arena arena = Arena.ofAuto(); // as long as this object
    private final Map<String, MemorySegment> names = new HashMap<>(); // as C strings
    private final MemorySegment shape;
    private final MemorySegment out;

    Binding(NativeOwner owner, OrtApi api, MemorySegment session, MemorySegment binding, MemorySegment memory) {
        this.owner = owner;
        this.api = api;
        this.session = session;
        this.binding = binding;
        this.memory = memory;
        shape = arena.allocate(JAVA_LONG, MAX_RANK);
        out = arena.allocate(ADDRESS);
    }

    Binding input(String name, MemorySegment data, ElementType type, long... dimensions) {
        var value = tensor(data, type, dimensions);
        try {
            api.bindInput(binding, name(name), value);
        } finally {
            api.releaseValue(value); // the binding holds its own reference
        }
        return this;
    }

    Binding output(String name, MemorySegment data, ElementType type, long... dimensions) {
        var value = tensor(data, type, dimensions);
        try {
            api.bindOutput(binding, name(name), value);
        } finally {
            api.releaseValue(value);
        }
        return this;
    }

    private MemorySegment name(String name) {
        return names.computeIfAbsent(name, arena::allocateFrom);
    }

    private MemorySegment tensor(MemorySegment data, ElementType type, long... dimensions) {
        long elements = 1;
        for (int d = 0; d < dimensions.length; d++) {
            elements *= dimensions[d];
            shape.setAtIndex(JAVA_LONG, d, dimensions[d]);
        }
        return api.tensor(memory, data.asSlice(0, elements * type.bytes), type, shape, dimensions.length, out);
    }

    /** Runs the graph on what is bound. */
    void run() {
        api.run(session, binding);
    }

    @Override
    public void close() {
        owner.close();
    }
}
