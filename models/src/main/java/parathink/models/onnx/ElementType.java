package parathink.models.onnx;

import java.util.Arrays;
import java.util.Optional;

/** Element types of the tensors that cross the boundary to ONNX Runtime. */
enum ElementType {
    FLOAT(1, 4),
    UINT8(2, 1),
    INT8(3, 1),
    INT32(6, 4),
    INT64(7, 8),
    FLOAT16(10, 2),
    BFLOAT16(16, 2);

    /** The number that the format and the library use for this type. */
    final int code;

    final int bytes;

    ElementType(int code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    /** Empty for a type that no decoder uses. */
    static Optional<ElementType> of(int code) {
        return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
    }
}
