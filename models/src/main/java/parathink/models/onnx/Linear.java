package parathink.models.onnx;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
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

    /** Adds {@code output = input x weights^T}. */
    String multiply(String input, Matrix weights, String output) {
        return switch (mode) {
            case EXACT -> single(input, weights, output);
            case FAITHFUL -> blocks(input, weights, output);
            case FAST -> rows(input, weights, output);
        };
    }

    private String single(String input, Matrix weights, String output) {
        int inputs = weights.inputs();
        var weight = new Constant(output + ".weight", ElementType.FLOAT, weights.outputs(), inputs);
        graph.computed(
                List.of(weight),
                places -> tiles(weights, (first, values) -> {
                    long at = (long) first * inputs * Float.BYTES;
                    MemorySegment.copy(values, 0, places.getFirst(), JAVA_FLOAT_UNALIGNED, at, values.length);
                }));
        return graph.microsoft("FusedMatMul", List.of(input, weight.name()), output, attribute("transB", 1));
    }

    private String blocks(String input, Matrix weights, String output) {
        int inputs = weights.inputs();
        int blocks = (inputs + BLOCK - 1) / BLOCK;
        var weight = new Constant(output + ".weight", ElementType.UINT8, weights.outputs(), blocks, BLOCK);
        var scale = new Constant(output + ".scale", ElementType.FLOAT, (long) weights.outputs() * blocks);
        graph.computed(
                List.of(weight, scale),
                places -> tiles(weights, (first, values) -> {
                    int rows = values.length / inputs;
                    var bytes = new byte[rows * blocks * BLOCK];
                    var scales = new float[rows * blocks];
                    for (int unit = 0; unit < scales.length; unit++) {
                        int column = unit % blocks * BLOCK;
                        int count = Math.min(BLOCK, inputs - column);
                        // the operator reads a byte as unsigned and takes 128 for zero
                        scales[unit] =
                                round(values, unit / blocks * inputs + column, count, 127, 128, bytes, unit * BLOCK);
                    }
                    long unit = (long) first * blocks;
                    MemorySegment.copy(bytes, 0, places.get(0), JAVA_BYTE, unit * BLOCK, bytes.length);
                    MemorySegment.copy(
                            scales, 0, places.get(1), JAVA_FLOAT_UNALIGNED, unit * Float.BYTES, scales.length);
                }));
        return graph.microsoft(
                "MatMulNBits",
                List.of(input, weight.name(), scale.name()),
                output,
                attribute("K", inputs),
                attribute("N", weights.outputs()),
                attribute("bits", 8),
                attribute("block_size", BLOCK),
                attribute("accuracy_level", INT8_ACTIVATIONS));
    }

    private String rows(String input, Matrix weights, String output) {
        int outputs = weights.outputs();
        var weight = new Constant(output + ".weight", ElementType.INT8, weights.inputs(), outputs);
        var scale = new Constant(output + ".scale", ElementType.FLOAT, outputs);
        graph.computed(
                List.of(weight, scale),
                places -> tiles(weights, (first, values) -> roundTile(values, weights, first, places)));
        var row = rows.computeIfAbsent(input, this::quantized);
        var product = graph.microsoft(
                "MatMulIntegerToFloat",
                List.of(row.bytes(), weight.name(), graph.constant("unit", new float[] {UNIT}), scale.name(), zero()),
                output + ".unit");
        return graph.standard("Mul", List.of(product, row.factor()), output);
    }

    /** Takes some rows of a matrix, the first of which is given by its number. */
    private interface Tile {
        void take(int first, float[] values);
    }

    /** Goes through a matrix a few rows at a time, several at once. */
    private static void tiles(Matrix weights, Tile tile) {
        var rows = weights.open();
        IntStream.range(0, (weights.outputs() + TILE - 1) / TILE).parallel().forEach(number -> {
            int first = number * TILE;
            tile.take(first, rows.read(first, Math.min(TILE, weights.outputs() - first)));
        });
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

    /** Rounds some rows and writes them as columns. */
    private void roundTile(float[] values, Matrix weights, int first, List<MemorySegment> places) {
        int inputs = weights.inputs();
        int rows = values.length / inputs;
        var scales = new float[rows];
        var rounded = new byte[rows * inputs];
        for (int row = 0; row < rows; row++) {
            scales[row] = round(values, row * inputs, inputs, largest, 0, rounded, row * inputs);
        }
        var column = new byte[rows];
        for (int input = 0; input < inputs; input++) {
            for (int row = 0; row < rows; row++) {
                column[row] = rounded[row * inputs + input];
            }
            long at = (long) input * weights.outputs() + first;
            MemorySegment.copy(column, 0, places.get(0), JAVA_BYTE, at, rows);
        }
        long at = (long) first * Float.BYTES;
        MemorySegment.copy(scales, 0, places.get(1), JAVA_FLOAT_UNALIGNED, at, rows);
    }
}
