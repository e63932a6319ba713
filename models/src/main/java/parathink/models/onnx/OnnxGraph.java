package parathink.models.onnx;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

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
    private static final long LARGE = 1 << 16; // bytes of a constant that is left in its file where it has one

    private final Protobuf body = new Protobuf();
    private final List<Small> small = new ArrayList<>();
    private final List<Computation> computations = new ArrayList<>();
    private final Set<String> constantNames = new HashSet<>();

    /** A constant whose data are at hand. */
    private record Small(Constant constant, MemorySegment data) {}

    /** Works out constants, into memory of their sizes and of any alignment. */
    interface Filler {
        void fill(List<MemorySegment> constants);
    }

    /** Constants that are worked out together, and not before they are needed. */
    record Computation(List<Constant> constants, Filler filler) {
        Computation {
            constants = List.copyOf(constants);
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

    /** A small constant, the same for all models; the second one of the same name is the first one. */
    String constant(String name, ElementType type, MemorySegment data, long... shape) {
        if (constantNames.add(name)) {
            small.add(new Small(new Constant(name, type, shape), data));
        }
        return name;
    }

    /** A constant that is worked out when the graph is written, or was at an earlier start. */
    String computed(Constant constant, Supplier<float[]> values) {
        computed(List.of(constant), places -> {
            var array = values.get();
            MemorySegment.copy(array, 0, places.getFirst(), ValueLayout.JAVA_FLOAT_UNALIGNED, 0, array.length);
        });
        return constant.name();
    }

    /** Constants that are worked out together. */
    void computed(List<Constant> constants, Filler filler) {
        for (var constant : constants) {
            if (!constantNames.add(constant.name())) {
                throw new IllegalArgumentException("there are two constants " + constant.name());
            }
        }
        computations.add(new Computation(constants, filler));
    }

    /** What is worked out when the graph is written. */
    List<Computation> computations() {
        return List.copyOf(computations);
    }

    /** The constants of all computations, in their order. */
    List<Constant> constants() {
        return computations.stream().flatMap(one -> one.constants().stream()).toList();
    }

    /** Bytes of all constants that are worked out. */
    long bytes() {
        return constants().stream().mapToLong(Constant::bytes).sum();
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
        return size(parts(Optional.empty())) <= LARGEST;
    }

    /** The whole model as the bytes of an ONNX file, with all constants worked out. */
    MemorySegment write(Arena arena) {
        return write(arena, Optional.empty());
    }

    /** The model with its constants from a file, in which the large ones are left. */
    MemorySegment write(Arena arena, ConstantsFile file) {
        return write(arena, Optional.of(file));
    }

    private MemorySegment write(Arena arena, Optional<ConstantsFile> file) {
        var parts = parts(file);
        long size = size(parts);
        if (size > LARGEST) {
            throw new IllegalStateException("the graph has %d bytes, one file may have %d".formatted(size, LARGEST));
        }
        var model = arena.allocate(size);
        var places = new HashMap<Constant, MemorySegment>();
        long at = 0;
        for (var part : parts) {
            var place = model.asSlice(at, part.size);
            part.data.ifPresent(place::copyFrom);
            part.computed.ifPresent(constant -> places.put(constant, place));
            at += part.size;
        }
        if (!places.isEmpty() && file.isEmpty()) {
            for (var computation : computations) {
                computation.filler.fill(
                        computation.constants.stream().map(places::get).toList());
            }
        }
        return model;
    }

    /** A piece of the model: bytes, or room for a constant that is still to be worked out. */
    private record Part(long size, Optional<MemorySegment> data, Optional<Constant> computed) {
        static Part of(MemorySegment data) {
            return new Part(data.byteSize(), Optional.of(data), Optional.empty());
        }

        static Part of(Protobuf message) {
            return of(MemorySegment.ofArray(message.toBytes()));
        }
    }

    /** The model as pieces one after the other. */
    private List<Part> parts(Optional<ConstantsFile> file) {
        var tensors = new ArrayList<Part>();
        for (var one : small) {
            inside(tensors, one.constant, Part.of(one.data));
        }
        for (var constant : constants()) {
            if (file.isEmpty()) {
                inside(tensors, constant, new Part(constant.bytes(), Optional.empty(), Optional.of(constant)));
            } else if (constant.bytes() < LARGE) {
                inside(tensors, constant, Part.of(file.get().data(constant.name())));
            } else {
                outside(tensors, constant, file.get());
            }
        }
        var named = new Protobuf().text(2, "decoder");
        var prefix = new Protobuf()
                .number(1, IR_VERSION)
                .text(2, "parathink")
                .message(8, new Protobuf().text(1, "").number(2, OPERATOR_SET))
                .message(8, new Protobuf().text(1, MICROSOFT).number(2, 1))
                .message(8, new Protobuf().text(1, OrtOperator.DOMAIN).number(2, 1))
                .head(7, body.size() + named.size() + size(tensors));
        var parts = new ArrayList<>(List.of(Part.of(prefix), Part.of(body), Part.of(named)));
        parts.addAll(tensors);
        return parts;
    }

    private static void inside(List<Part> parts, Constant constant, Part data) {
        var tensor = head(constant);
        var tail = new Protobuf().head(9, data.size);
        parts.add(Part.of(new Protobuf().head(5, tensor.size() + tail.size() + data.size)));
        parts.add(Part.of(tensor));
        parts.add(Part.of(tail));
        parts.add(data);
    }

    private static void outside(List<Part> parts, Constant constant, ConstantsFile file) {
        var tensor = head(constant);
        entry(tensor, "location", file.path().getFileName().toString());
        entry(tensor, "offset", Long.toString(file.offset(constant.name())));
        entry(tensor, "length", Long.toString(constant.bytes()));
        tensor.number(14, 1);
        parts.add(Part.of(new Protobuf().message(5, tensor)));
    }

    private static Protobuf head(Constant constant) {
        var tensor = new Protobuf();
        constant.shape().forEach(dimension -> tensor.number(1, dimension));
        return tensor.number(2, constant.type().code).text(8, constant.name());
    }

    private static void entry(Protobuf tensor, String key, String value) {
        tensor.message(13, new Protobuf().text(1, key).text(2, value));
    }

    private static long size(List<Part> parts) {
        return parts.stream().mapToLong(Part::size).sum();
    }
}
