package parathink.models.onnx;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import parathink.models.ModelException;

/**
 * An operator with one float output whose kernel is Java code: ONNX Runtime's table of callbacks, filled with upcalls. The
 * kernel computes on whichever thread runs the graph, several at once. Closed after the sessions that use it.
 */
final class OrtOperator implements AutoCloseable {
    /** Domain of the operators that are ours. */
    static final String DOMAIN = "parathink";

    /** Callbacks up to this version are all that is filled in. */
    private static final int VERSION = 12;

    private static final int CALLBACKS = 11;

    private final Arena arena = Arena.ofShared();
    private final List<ElementType> inputs;
    private final Kernel kernel;
    private final MemorySegment name;
    private final MemorySegment struct;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    /** Computes one node of one run. */
    interface Kernel {
        /** @param context ONNX Runtime's, for the inputs and outputs of this run */
        void compute(MemorySegment context);
    }

    OrtOperator(String name, List<ElementType> inputs, Kernel kernel) {
        this.inputs = List.copyOf(inputs);
        this.kernel = kernel;
        this.name = arena.allocateFrom(name);
        struct = arena.allocate((1 + CALLBACKS) * ADDRESS.byteSize(), ADDRESS.byteAlignment());
        struct.set(JAVA_INT, 0, VERSION);
        callback(1, "create", MemorySegment.class, MemorySegment.class, MemorySegment.class, MemorySegment.class);
        callback(2, "name", MemorySegment.class, MemorySegment.class);
        callback(3, "provider", MemorySegment.class, MemorySegment.class);
        callback(4, "inputType", int.class, MemorySegment.class, long.class);
        callback(5, "inputCount", long.class, MemorySegment.class);
        callback(6, "outputType", int.class, MemorySegment.class, long.class);
        callback(7, "outputCount", long.class, MemorySegment.class);
        callback(8, "compute", void.class, MemorySegment.class, MemorySegment.class);
        callback(9, "destroy", void.class, MemorySegment.class);
        callback(10, "required", int.class, MemorySegment.class, long.class);
        callback(11, "required", int.class, MemorySegment.class, long.class);
    }

    private void callback(int slot, String method, Class<?> result, Class<?>... arguments) {
        struct.setAtIndex(
                ADDRESS,
                slot,
                Linker.nativeLinker().upcallStub(handle(method, result, arguments), layout(result, arguments), arena));
    }

    private MethodHandle handle(String method, Class<?> result, Class<?>... arguments) {
        try {
            return MethodHandles.lookup().bind(this, method, MethodType.methodType(result, arguments));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("a method of this class", e);
        }
    }

    private static FunctionDescriptor layout(Class<?> result, Class<?>... arguments) {
        var layouts = new MemoryLayout[arguments.length];
        for (int i = 0; i < layouts.length; i++) {
            layouts[i] = layout(arguments[i]);
        }
        return result == void.class
                ? FunctionDescriptor.ofVoid(layouts)
                : FunctionDescriptor.of(layout(result), layouts);
    }

    private static MemoryLayout layout(Class<?> type) {
        if (type == MemorySegment.class) {
            return ADDRESS;
        }
        return type == int.class ? JAVA_INT : JAVA_LONG;
    }

    /** Makes it known to the graphs that are loaded with these options. */
    void register(OrtApi api, NativeOwner owner, MemorySegment options) {
        api.addOperator(owner, options, DOMAIN, struct);
    }

    /**
     * Throws what a kernel has thrown since this was last asked: an exception must not pass through native code, so it
     * waits here until the run has ended.
     */
    void check() {
        var thrown = failure.getAndSet(null);
        if (thrown instanceof Error fatal) {
            throw fatal;
        }
        if (thrown != null) {
            throw new ModelException(ModelException.Kind.FAILED, "attention to a shared prefix failed: " + thrown, thrown);
        }
    }

    // ---- the callbacks

    private MemorySegment create(MemorySegment operator, MemorySegment api, MemorySegment info) {
        return struct; // any address does: the kernel has no state of its own
    }

    private MemorySegment name(MemorySegment operator) {
        return name;
    }

    private MemorySegment provider(MemorySegment operator) {
        return MemorySegment.NULL; // the CPU
    }

    private int inputType(MemorySegment operator, long index) {
        return inputs.get((int) index).code;
    }

    private long inputCount(MemorySegment operator) {
        return inputs.size();
    }

    private int outputType(MemorySegment operator, long index) {
        return ElementType.FLOAT.code;
    }

    private long outputCount(MemorySegment operator) {
        return 1;
    }

    private void compute(MemorySegment made, MemorySegment context) {
        try {
            kernel.compute(context);
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
        }
    }

    private void destroy(MemorySegment made) {}

    private int required(MemorySegment operator, long index) {
        return 0;
    }

    @Override
    public void close() {
        arena.close();
    }
}
