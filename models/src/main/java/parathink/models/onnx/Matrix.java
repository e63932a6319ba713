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

    /** Opens all parts to be read together, a few rows at a time. */
    Weights.Rows open() {
        var open = parts.stream()
                .map(part -> weights.rows(part.name(), part.rows(), inputs))
                .toList();
        return (from, count) -> read(open, from, count);
    }

    private float[] read(List<Weights.Rows> open, int from, int count) {
        var rows = new float[Math.multiplyExact(count, inputs)];
        int first = 0; // row of the part at hand
        for (int i = 0; i < parts.size(); i++) {
            int begin = Math.max(from, first);
            int end = Math.min(from + count, first + parts.get(i).rows());
            if (begin < end) {
                var values = open.get(i).read(begin - first, end - begin);
                System.arraycopy(values, 0, rows, (begin - from) * inputs, values.length);
            }
            first += parts.get(i).rows();
        }
        return rows;
    }
}
