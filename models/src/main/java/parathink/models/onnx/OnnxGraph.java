package parathink.models.onnx;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A graph in the making, written in the ONNX format. Values are known by their names; a node is added after the nodes
 * it reads from. Not thread-safe.
 */
final class OnnxGraph {
    /** Domain of the operators that ONNX Runtime adds to the standard ones. */
    static final String MICROSOFT = "com.microsoft";

    private static final int IR_VERSION = 10;
    private static final int OPERATOR_SET = 21;
    private static final long LARGEST = Integer.MAX_VALUE; // of any protobuf message
    private static final String OUTSIDE = "constants";
    private static final long LARGE = 1 << 16; // bytes of a constant that is kept outside where there are two files
    private static final long PAGE = 4096;
    private static final long PIECE = 1 << 24; // bytes written at once

    private final Protobuf body = new Protobuf();
    private final List<Constant> constants = new ArrayList<>();
    private final Set<String> constantNames = new HashSet<>();

    /**
     * A constant of the graph.
     *
     * @param tensor its shape, type and name
     */
    private record Constant(Protobuf tensor, MemorySegment data) {}

    /** An attribute of a node. */
    sealed interface Attribute {
        String name();

        record Whole(String name, long value) implements Attribute {}

        record Real(String name, float value) implements Attribute {}
    }

    static Attribute attribute(String name, long value) {
        return new Attribute.Whole(name, value);
    }

    static Attribute attribute(String name, float value) {
        return new Attribute.Real(name, value);
    }

    /** Adds a standard operator with one output, and gives the output's name. */
    String standard(String operator, List<String> inputs, String output, Attribute... attributes) {
        node("", operator, inputs, List.of(output), attributes);
        return output;
    }

    /** Adds one of ONNX Runtime's own operators with one output, and gives the output's name. */
    String microsoft(String operator, List<String> inputs, String output, Attribute... attributes) {
        node(MICROSOFT, operator, inputs, List.of(output), attributes);
        return output;
    }

    /** Adds a node; an empty name stands for an optional input or output that is left out. */
    void node(String domain, String operator, List<String> inputs, List<String> outputs, Attribute... attributes) {
        var node = new Protobuf();
        inputs.forEach(input -> node.text(1, input));
        outputs.forEach(output -> node.text(2, output));
        node.text(3, outputs.getFirst() + "/" + operator).text(4, operator);
        for (var attribute : attributes) {
            node.message(5, encoded(attribute));
        }
        body.message(1, node.text(7, domain));
    }

    private static Protobuf encoded(Attribute attribute) {
        var message = new Protobuf().text(1, attribute.name());
        return switch (attribute) {
            case Attribute.Real real -> message.real(2, real.value()).number(20, 1);
            case Attribute.Whole whole -> message.number(3, whole.value()).number(20, 2);
        };
    }

    String constant(String name, float[] values, long... shape) {
        return constant(name, ElementType.FLOAT, MemorySegment.ofArray(values), shape);
    }

    String constant(String name, long[] values, long... shape) {
        return constant(name, ElementType.INT64, MemorySegment.ofArray(values), shape);
    }

    /** A constant whose data are read when the graph is written; the second one of the same name is the first one. */
    String constant(String name, ElementType type, MemorySegment data, long... shape) {
        if (!constantNames.add(name)) {
            return name;
        }
        var head = new Protobuf();
        for (long dimension : shape) {
            head.number(1, dimension);
        }
        head.number(2, type.code).text(8, name);
        constants.add(new Constant(head, data));
        return name;
    }

    /** Declares an input; a dimension is a number or the name of one that differs from pass to pass. */
    void input(String name, ElementType type, Object... dimensions) {
        body.message(11, value(name, type, dimensions));
    }

    void output(String name, ElementType type, Object... dimensions) {
        body.message(12, value(name, type, dimensions));
    }

    /** Tells the shape of what a node of ours gives, which ONNX Runtime cannot know and plans with. */
    void shape(String name, ElementType type, Object... dimensions) {
        body.message(13, value(name, type, dimensions));
    }

    private static Protobuf value(String name, ElementType type, Object... dimensions) {
        var shape = new Protobuf();
        for (var dimension : dimensions) {
            shape.message(
                    1,
                    dimension instanceof Number number
                            ? new Protobuf().number(1, number.longValue())
                            : new Protobuf().text(2, dimension.toString()));
        }
        var tensor = new Protobuf().number(1, type.code).message(2, shape);
        return new Protobuf().text(1, name).message(2, new Protobuf().message(1, tensor));
    }

    /** Whether the whole model can be one message. */
    boolean fitsOneFile() {
        return size(parts(Map.of())) <= LARGEST;
    }

    /** The whole model as the bytes of an ONNX file. */
    MemorySegment write(Arena arena) {
        var parts = parts(Map.of());
        long size = size(parts);
        if (size > LARGEST) {
            throw new IllegalStateException("the graph has %d bytes, one file may have %d".formatted(size, LARGEST));
        }
        var model = arena.allocate(size);
        long at = 0;
        for (var part : parts) {
            MemorySegment.copy(part, 0, model, at, part.byteSize());
            at += part.byteSize();
        }
        return model;
    }

    /** Writes the model into an empty folder as two files, one of them with the large constants; gives the other one. */
    Path writeTo(Path folder) throws IOException {
        var outside = new IdentityHashMap<Constant, Long>();
        try (var file = FileChannel.open(folder.resolve(OUTSIDE), CREATE_NEW, WRITE)) {
            for (var constant : constants) {
                if (constant.data.byteSize() >= LARGE) {
                    long at = (file.position() + PAGE - 1) / PAGE * PAGE;
                    outside.put(constant, at);
                    file.position(at);
                    put(file, constant.data);
                }
            }
        }
        var model = folder.resolve("decoder.onnx");
        try (var file = FileChannel.open(model, CREATE_NEW, WRITE)) {
            for (var part : parts(outside)) {
                put(file, part);
            }
        }
        return model;
    }

    /** The model as pieces of memory one after the other; {@code outside} has the places of constants that are kept elsewhere. */
    private List<MemorySegment> parts(Map<Constant, Long> outside) {
        var tensors = new ArrayList<MemorySegment>();
        for (var constant : constants) {
            var data = new ArrayList<MemorySegment>();
            var tail = new Protobuf();
            if (outside.containsKey(constant)) {
                entry(tail, "location", OUTSIDE);
                entry(tail, "offset", Long.toString(outside.get(constant)));
                entry(tail, "length", Long.toString(constant.data.byteSize()));
                tail.number(14, 1);
            } else {
                tail.head(9, constant.data.byteSize());
                data.add(constant.data);
            }
            long size = (long) constant.tensor.size() + tail.size() + size(data);
            tensors.add(segment(new Protobuf().head(5, size)));
            tensors.add(segment(constant.tensor));
            tensors.add(segment(tail));
            tensors.addAll(data);
        }
        var named = segment(new Protobuf().text(2, "decoder"));
        var prefix = new Protobuf()
                .number(1, IR_VERSION)
                .text(2, "parathink")
                .message(8, new Protobuf().text(1, "").number(2, OPERATOR_SET))
                .message(8, new Protobuf().text(1, MICROSOFT).number(2, 1))
                .message(8, new Protobuf().text(1, OrtOperator.DOMAIN).number(2, 1))
                .head(7, body.size() + named.byteSize() + size(tensors));
        var parts = new ArrayList<>(List.of(segment(prefix), segment(body), named));
        parts.addAll(tensors);
        return parts;
    }

    private static void entry(Protobuf tensor, String key, String value) {
        tensor.message(13, new Protobuf().text(1, key).text(2, value));
    }

    private static MemorySegment segment(Protobuf message) {
        return MemorySegment.ofArray(message.toBytes());
    }

    private static long size(List<MemorySegment> parts) {
        return parts.stream().mapToLong(MemorySegment::byteSize).sum();
    }

    private static void put(FileChannel file, MemorySegment data) throws IOException {
        var piece = ByteBuffer.allocate((int) Math.min(PIECE, data.byteSize())); // constants are arrays of any type
        for (long at = 0; at < data.byteSize(); at += PIECE) {
            long size = Math.min(PIECE, data.byteSize() - at);
            MemorySegment.copy(data, at, MemorySegment.ofBuffer(piece.clear()), 0, size);
            piece.limit((int) size);
            while (piece.hasRemaining()) {
                file.write(piece);
            }
        }
    }
}
