package parathink.models.onnx;

import java.util.List;
import java.util.Optional;

/**
 * An input or output of a graph, as the graph declares it.
 *
 * @param type empty for an element type that no decoder uses
 * @param shape -1 for a dimension that is not fixed
 */
record TensorSpec(String name, Optional<ElementType> type, List<Long> shape) {
    TensorSpec {
        shape = List.copyOf(shape);
    }

    boolean is(ElementType wanted) {
        return type.isPresent() && type.get() == wanted;
    }
}
