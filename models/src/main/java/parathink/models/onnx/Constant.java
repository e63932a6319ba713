package parathink.models.onnx;

import java.util.Arrays;
import java.util.List;

/**
 * A constant of a graph, without its data.
 *
 * @param shape positive
 */
record Constant(String name, ElementType type, List<Long> shape) {
    Constant {
        shape = List.copyOf(shape);
    }

    Constant(String name, ElementType type, long... shape) {
        this(name, type, Arrays.stream(shape).boxed().toList());
    }

    long bytes() {
        return shape.stream().reduce((long) type.bytes, Math::multiplyExact);
    }
}
