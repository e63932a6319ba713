package parathink.models.onnx;

import static parathink.models.onnx.OnnxGraph.attribute;

import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Writes matrix products into a graph in one numeric mode. Used for one graph; not thread-safe. */
final class Linear {
    private static final int BLOCK = 32;
    private static final int INT8_ACTIVATIONS = 4; // accuracy level of MatMulNBits
    private static final int TILE = 64;
    private static final float UNIT = 1f / 127;

    private final OnnxGraph graph;
    private final NumericMode mode;
    private final int largest; // of an 8-bit weight in fast mode
    private final Map<String, Row> rows = new HashMap<>();

    /** A value in 8 bits, and the factor of each of its rows. */
    private record Row(String bytes, String factor) {}

    Linear(OnnxGraph graph, NumericMode mode, Processor processor) {
        this.graph = graph;
        this.mode = mode;
        this.largest = processor.wideInt8() ? 127 : 63;
    }

    /**
     * Adds {@code output = input x weights^T}.
     *
     * @param weights (outputs, inputs)
     */
    String multiply(String input, float[] weights, int outputs, String output) {
        int inputs = weights.length / outputs;
        return switch (mode) {
            case EXACT ->
                graph.microsoft(
                        "FusedMatMul",
                        List.of(input, graph.constant(output + ".weight", weights, outputs, inputs)),
                        output,
                        attribute("transB", 1));
            case FAITHFUL -> blocks(input, weights, outputs, inputs, output);
            case FAST -> rows(input, weights, outputs, inputs, output);
        };
    }

    private String blocks(String input, float[] weights, int outputs, int inputs, String output) {
        int blocks = (inputs + BLOCK - 1) / BLOCK;
        var bytes = new byte[outputs * blocks * BLOCK];
        var scales = new float[outputs * blocks];
        IntStream.range(0, outputs).parallel().forEach(row -> {
            for (int block = 0; block < blocks; block++) {
                int from = row * inputs + block * BLOCK;
                int count = Math.min(BLOCK, inputs - block * BLOCK);
                int unit = row * blocks + block;
                // the operator reads a byte as unsigned and takes 128 for zero
                scales[unit] = round(weights, from, count, 127, 128, bytes, unit * BLOCK);
            }
        });
        var weight = graph.constant(
                output + ".weight", ElementType.UINT8, MemorySegment.ofArray(bytes), outputs, blocks, BLOCK);
        return graph.microsoft(
                "MatMulNBits",
                List.of(input, weight, graph.constant(output + ".scale", scales, scales.length)),
                output,
                attribute("K", inputs),
                attribute("N", outputs),
                attribute("bits", 8),
                attribute("block_size", BLOCK),
                attribute("accuracy_level", INT8_ACTIVATIONS));
    }

    private String rows(String input, float[] weights, int outputs, int inputs, String output) {
        var columns = new byte[inputs * outputs];
        var scales = new float[outputs];
        IntStream.range(0, (outputs + TILE - 1) / TILE)
                .parallel()
                .forEach(tile -> roundTile(weights, outputs, inputs, tile * TILE, columns, scales));
        var row = rows.computeIfAbsent(input, this::quantized);
        var product = graph.microsoft(
                "MatMulIntegerToFloat",
                List.of(
                        row.bytes(),
                        graph.constant(
                                output + ".weight", ElementType.INT8, MemorySegment.ofArray(columns), inputs, outputs),
                        graph.constant("unit", new float[] {UNIT}),
                        graph.constant(output + ".scale", scales, outputs),
                        zero()),
                output + ".unit");
        return graph.standard("Mul", List.of(product, row.factor()), output);
    }

    /**
     * Divides each row by its largest magnitude and rounds it to 8 bits. A row of zeros gives 0/0, which rounds to any
     * byte; its factor 0 then makes the product 0 again.
     */
    private Row quantized(String input) {
        var axis = graph.constant("last", new long[] {-1}, 1);
        var size = graph.standard("Abs", List.of(input), input + ".abs");
        var factor = graph.standard("ReduceMax", List.of(size, axis), input + ".max", attribute("keepdims", 1));
        var unit = graph.standard("Div", List.of(input, factor), input + ".unit");
        var scale = graph.constant("unit", new float[] {UNIT});
        return new Row(graph.standard("QuantizeLinear", List.of(unit, scale, zero()), input + ".u8"), factor);
    }

    private String zero() {
        return graph.constant("zero", ElementType.UINT8, MemorySegment.ofArray(new byte[] {(byte) 128}));
    }

    /** Rounds weights to whole multiples, at most {@code top} of them, of the scale that is returned. */
    private static float round(float[] weights, int from, int count, int top, int zero, byte[] bytes, int to) {
        float size = 1e-8f;
        for (int i = 0; i < count; i++) {
            size = Math.max(size, Math.abs(weights[from + i]));
        }
        float scale = size / top;
        for (int i = 0; i < count; i++) {
            bytes[to + i] = (byte) ((int) Math.rint(weights[from + i] / scale) + zero);
        }
        return scale;
    }

    /** Rounds some rows and writes them as columns; a few at a time, so that neighbours are written together. */
    private void roundTile(float[] weights, int outputs, int inputs, int first, byte[] columns, float[] scales) {
        int rows = Math.min(TILE, outputs - first);
        var rounded = new byte[rows * inputs];
        for (int row = 0; row < rows; row++) {
            scales[first + row] = round(weights, (first + row) * inputs, inputs, largest, 0, rounded, row * inputs);
        }
        for (int column = 0; column < inputs; column++) {
            for (int row = 0; row < rows; row++) {
                columns[column * outputs + first + row] = rounded[row * inputs + column];
            }
        }
    }
}
