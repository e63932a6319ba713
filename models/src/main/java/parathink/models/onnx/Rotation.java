package parathink.models.onnx;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * An orthogonal matrix that spreads a number evenly over a whole row: a sign for each place, then a Hadamard matrix for
 * the powers of two in the size and a Hartley matrix for what is left of it. A few channels of a decoder's stream are far
 * larger than the others, and 8 bits for a row that is rotated are spent on all of them alike (QuaRot: Ashkboos et al.,
 * 2024, section 4).
 *
 * @param size of a row
 */
record Rotation(int size) {
    private static final int MIXER = 0x9E3779B1; // odd, so that every bit of a place reaches the upper ones

    /** Every row of a matrix times this one, in place. */
    void rows(float[] matrix) {
        int evens = Integer.lowestOneBit(size);
        var hartley = hartley(size / evens);
        float scale = (float) (1 / Math.sqrt(evens));
        IntStream.range(0, matrix.length / size).parallel().forEach(row -> {
            var values = Arrays.copyOfRange(matrix, row * size, (row + 1) * size);
            for (int i = 0; i < size; i++) {
                values[i] *= sign(i) * scale;
            }
            for (int from = 0; from < size; from += evens) {
                hadamard(values, from, evens);
            }
            spread(values, evens, hartley, matrix, row * size);
        });
    }

    /** This matrix, turned over, times another one of as many rows. */
    float[] columns(float[] matrix) {
        int others = matrix.length / size;
        var turned = turned(matrix, size, others);
        rows(turned);
        return turned(turned, others, size);
    }

    private static float sign(int place) {
        return Integer.bitCount(place * MIXER) % 2 == 0 ? 1 : -1;
    }

    private static void hadamard(float[] values, int from, int count) {
        for (int half = 1; half < count; half *= 2) {
            for (int block = from; block < from + count; block += 2 * half) {
                for (int i = block; i < block + half; i++) {
                    float sum = values[i] + values[i + half];
                    values[i + half] = values[i] - values[i + half];
                    values[i] = sum;
                }
            }
        }
    }

    /** Mixes the places that lie a power of two apart. */
    private static void spread(float[] values, int evens, float[] hartley, float[] to, int at) {
        int odds = values.length / evens;
        for (int odd = 0; odd < odds; odd++) {
            for (int even = 0; even < evens; even++) {
                float sum = 0;
                for (int i = 0; i < odds; i++) {
                    sum += hartley[odd * odds + i] * values[i * evens + even];
                }
                to[at + odd * evens + even] = sum;
            }
        }
    }

    /** The symmetric orthogonal matrix of (cos + sin)(2 pi i j / n) / sqrt(n). */
    private static float[] hartley(int n) {
        var matrix = new float[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double angle = 2 * Math.PI * (i * j % n) / n;
                matrix[i * n + j] = (float) ((StrictMath.cos(angle) + StrictMath.sin(angle)) / Math.sqrt(n));
            }
        }
        return matrix;
    }

    private static float[] turned(float[] matrix, int rows, int columns) {
        var turned = new float[matrix.length];
        IntStream.range(0, columns).parallel().forEach(column -> {
            for (int row = 0; row < rows; row++) {
                turned[column * rows + row] = matrix[row * columns + column];
            }
        });
        return turned;
    }
}
