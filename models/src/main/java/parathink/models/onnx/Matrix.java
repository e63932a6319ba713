package parathink.models.onnx;

import java.util.List;

/**
 * Matrices of weights one below the other as one matrix (outputs, inputs), of which some rows are read at a time. May be read
 * by several threads at once.
 *
 * @param parts from above
 * @param inputs columns
 */
record Matrix(Weights weights, List<Part> parts, int inputs) {
    /** One tensor (rows, inputs). */
    record Part(String name, int rows) {}

    Matrix {
        parts = List.copyOf(parts);
        for (var part : parts) {
            weights.require(part.name(), part.rows(), inputs);
        }
    }

    /** The matrices of these parts, looked for at once. */
    static Matrix of(Weights weights, int inputs, Part... parts) {
        return new Matrix(weights, List.of(parts), inputs);
    }

    int outputs() {
        return parts.stream().mapToInt(Part::rows).sum();
    }

    /** Some rows, in row-major order. */
    float[] rows(int from, int count) {
        var rows = new float[Math.multiplyExact(count, inputs)];
        int first = 0; // row of the part at hand
        for (var part : parts) {
            int begin = Math.max(from, first);
            int end = Math.min(from + count, first + part.rows());
            if (begin < end) {
                var values = weights.rows(part.name(), part.rows(), inputs, begin - first, end - begin);
                if (values.length == rows.length) {
                    return values;
                }
                System.arraycopy(values, 0, rows, (begin - from) * inputs, values.length);
            }
            first += part.rows();
        }
        return rows;
    }
}
