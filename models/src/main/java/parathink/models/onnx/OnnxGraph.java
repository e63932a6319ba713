package parathink.models.onnx;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import parathink.models.ModelException;

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

    private final Protobuf body = new Protobuf();
    private final List<Constant> constants = new ArrayList<>();
    private final Set<String> constantNames = new HashSet<>();

    private record Constant(Protobuf head, MemorySegment data) {
        long size() {
            return head.size() + data.byteSize();
        }
    }

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
        head.number(2, type.code).text(8, name).head(9, data.byteSize());
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

    /** The whole model as the bytes of an ONNX file. */
    MemorySegment write(Arena arena) {
        body.text(2, "decoder");
        var heads = new ArrayList<byte[]>();
        long graphSize = body.size();
        for (var constant : constants) {
            var head = new Protobuf().head(5, constant.size()).toBytes();
            heads.add(head);
            graphSize += head.length + constant.size();
        }
        var prefix = new Protobuf()
                .number(1, IR_VERSION)
                .text(2, "parathink")
                .message(8, new Protobuf().text(1, "").number(2, OPERATOR_SET))
                .message(8, new Protobuf().text(1, MICROSOFT).number(2, 1))
                .head(7, graphSize);
        if (prefix.size() + graphSize > LARGEST) {
            throw new ModelException(
                    ModelException.Kind.UNUSABLE,
                    "the graph would have %d bytes, one file may have at most %d".formatted(graphSize, LARGEST));
        }
        var model = arena.allocate(prefix.size() + graphSize);
        long at = put(model, 0, MemorySegment.ofArray(prefix.toBytes()));
        at = put(model, at, MemorySegment.ofArray(body.toBytes()));
        for (int i = 0; i < heads.size(); i++) {
            at = put(model, at, MemorySegment.ofArray(heads.get(i)));
            at = put(model, at, MemorySegment.ofArray(constants.get(i).head().toBytes()));
            at = put(model, at, constants.get(i).data());
        }
        return model;
    }

    private static long put(MemorySegment model, long at, MemorySegment part) {
        MemorySegment.copy(part, 0, model, at, part.byteSize());
        return at + part.byteSize();
    }
}
