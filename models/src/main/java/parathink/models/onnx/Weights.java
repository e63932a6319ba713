package parathink.models.onnx;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** The tensors of a model by their Hugging Face names. May be read by several threads at once. */
interface Weights {
    /**
     * The values of a tensor in row-major order.
     *
     * @throws parathink.models.ModelException when there is none of this name and shape
     */
    float[] tensor(String name, int... shape);

    /**
     * Looks whether there is such a tensor, without reading it.
     *
     * @throws parathink.models.ModelException when there is none of this name and shape
     */
    default void require(String name, int... shape) {
        tensor(name, shape);
    }

    /** Some rows of a matrix (rows, columns), in row-major order. */
    default float[] rows(String name, int rows, int columns, int from, int count) {
        return Arrays.copyOfRange(tensor(name, rows, columns), from * columns, (from + count) * columns);
    }

    /** The type in which a tensor is stored; its values as single floats have the same values. */
    default ElementType type(String name) {
        return ElementType.FLOAT;
    }

    /** Copies a tensor as it is stored. */
    default void copy(String name, MemorySegment to, int... shape) {
        MemorySegment.copy(MemorySegment.ofArray(tensor(name, shape)), 0, to, 0, to.byteSize());
    }
}
