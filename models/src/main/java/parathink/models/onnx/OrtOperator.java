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
import java.util.Collections;
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
    private static final int REQUIRED = 0; // of an input or output

    private final Arena arena = Arena.ofShared();
    private final List<ElementType> inputs;
    private final Kernel kernel;
    private final MemorySegment struct;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    /** Computes one node of one run. */
    interface Kernel {
        /**
         * Computes the outputs.
         *
         * @param context ONNX Runtime's, for the inputs and outputs of this run
         */
        void compute(MemorySegment context);
    }

    OrtOperator(String name, List<ElementType> inputs, Kernel kernel) {
        this.inputs = List.copyOf(inputs);
        this.kernel = kernel;
        struct = arena.allocate((1 + CALLBACKS) * ADDRESS.byteSize(), ADDRESS.byteAlignment());
        struct.set(JAVA_INT, 0, VERSION);
        callback(1, constant(struct, 3)); // any address does for a kernel: ours has no state of its own
        callback(2, constant(arena.allocateFrom(name), 1));
        callback(3, constant(MemorySegment.NULL, 1)); // the provider: the CPU
        callback(4, method("inputType", MethodType.methodType(int.class, long.class)));
        callback(5, dropped(MethodHandles.constant(long.class, (long) inputs.size()), 1));
        callback(6, indexed(ElementType.FLOAT.code));
        callback(7, dropped(MethodHandles.constant(long.class, 1L), 1));
        callback(8, method("compute", MethodType.methodType(void.class, MemorySegment.class)));
        callback(9, MethodHandles.empty(MethodType.methodType(void.class, MemorySegment.class)));
        callback(10, indexed(REQUIRED));
        callback(11, indexed(REQUIRED));
    }

    private void callback(int slot, MethodHandle handle) {
        struct.setAtIndex(ADDRESS, slot, Linker.nativeLinker().upcallStub(handle, descriptor(handle.type()), arena));
    }

    /** A method of ours behind the pointer that every callback gets first. */
    private MethodHandle method(String name, MethodType type) {
        try {
            return dropped(MethodHandles.lookup().bind(this, name, type), 1);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a method of this class", e);
        }
    }

    private static MethodHandle constant(MemorySegment address, int pointers) {
        return dropped(MethodHandles.constant(MemorySegment.class, address), pointers);
    }

    /** The same answer for each input or output. */
    private static MethodHandle indexed(int answer) {
        return MethodHandles.dropArguments(
                MethodHandles.constant(int.class, answer), 0, MemorySegment.class, long.class);
    }

    private static MethodHandle dropped(MethodHandle handle, int pointers) {
        return MethodHandles.dropArguments(handle, 0, Collections.nCopies(pointers, MemorySegment.class));
    }

    private static FunctionDescriptor descriptor(MethodType type) {
        var arguments = type.parameterList().stream().map(OrtOperator::layout).toArray(MemoryLayout[]::new);
        return type.returnType() == void.class
                ? FunctionDescriptor.ofVoid(arguments)
                : FunctionDescriptor.of(layout(type.returnType()), arguments);
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
            throw new ModelException(
                    ModelException.Kind.FAILED, "attention to a shared prefix failed: " + thrown, thrown);
        }
    }

    /** Called by ONNX Runtime: the element type of an input. */
    int inputType(long index) {
        return inputs.get((int) index).code;
    }

    /** Called by ONNX Runtime for each node of each run. */
    void compute(MemorySegment context) {
        try {
            kernel.compute(context);
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
