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

    /** Some rows of a matrix, in row-major order. May be used by several threads at once. */
    interface Rows {
        float[] read(int from, int count);
    }

    /** Opens a matrix (rows, columns) to be read a few rows at a time. */
    default Rows rows(String name, int rows, int columns) {
        var whole = tensor(name, rows, columns);
        return (from, count) -> Arrays.copyOfRange(whole, from * columns, (from + count) * columns);
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
