package parathink.models.onnx;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.TreeSet;
import parathink.models.ModelException;

/**
 * What must be known of an ONNX file before it is loaded: that it is whole, which operators it has, and where its
 * external data lie.
 *
 * @param operators names of the operators in the graph
 * @param externalData files beside this one that hold weights, as the file names them
 */
record OnnxFile(Set<String> operators, Set<String> externalData) {
    private static final int MODEL_GRAPH = 7;
    private static final int MODEL_FUNCTION = 25;
    private static final int GRAPH_NODE = 1;
    private static final int GRAPH_INITIALIZER = 5;
    private static final int FUNCTION_NODE = 7;
    private static final int NODE_OPERATOR = 4;
    private static final int TENSOR_EXTERNAL = 13;
    private static final int ENTRY_KEY = 1;
    private static final int ENTRY_VALUE = 2;

    OnnxFile {
        operators = Set.copyOf(operators);
        externalData = Set.copyOf(externalData);
    }

    /**
     * Operators that choose one scale for a whole tensor at run time, so that a row's numbers depend on the other rows.
     */
    boolean mixesRows() {
        return operators.contains("DynamicQuantizeLinear") || operators.contains("DynamicQuantizeMatMul");
    }

    static OnnxFile read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new ModelException(ModelException.Kind.MISSING, "no such model file: " + file);
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.READ);
                var arena = Arena.ofConfined()) {
            var operators = new TreeSet<String>();
            var external = new TreeSet<String>();
            var content = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            if (!readModel(new Message(content), operators, external)) {
                throw unusable(file, "not an ONNX model: it has no graph");
            }
            var read = new OnnxFile(operators, external);
            read.checkExternalData(file);
            return read;
        } catch (Malformed e) {
            throw unusable(file, "not an ONNX model, or cut short");
        } catch (IOException e) {
            throw new ModelException(ModelException.Kind.UNUSABLE, file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private void checkExternalData(Path file) {
        var folder = file.toAbsolutePath().getParent();
        for (var name : externalData) {
            if (!liesIn(folder, name)) {
                throw unusable(file, "its weights are said to lie outside of its folder, in " + shown(name));
            }
            if (!Files.isRegularFile(folder.resolve(name))) {
                throw new ModelException(
                        ModelException.Kind.MISSING,
                        "%s: its weights are missing: no %s"
                                .formatted(file, folder.resolve(name).toString().replaceAll("\\s+", " ")));
            }
        }
    }

    private static boolean liesIn(Path folder, String name) {
        try {
            return !Path.of(name).isAbsolute()
                    && folder.resolve(name).normalize().startsWith(folder.normalize());
        } catch (InvalidPathException e) {
            return false; // no name of a file at all
        }
    }

    private static String shown(String name) {
        return TextNode.valueOf(name.length() > 200 ? name.substring(0, 200) : name)
                .toString();
    }

    private static boolean readModel(Message model, Set<String> operators, Set<String> external) throws Malformed {
        boolean graph = false;
        while (model.next()) {
            if (model.isMessage(MODEL_GRAPH)) {
                graph = true;
                readNodes(model.message(), GRAPH_NODE, operators, external);
            } else if (model.isMessage(MODEL_FUNCTION)) {
                readNodes(model.message(), FUNCTION_NODE, operators, external);
            }
        }
        return graph;
    }

    private static void readNodes(Message graph, int nodeField, Set<String> operators, Set<String> external)
            throws Malformed {
        while (graph.next()) {
            if (graph.isMessage(nodeField)) {
                var node = graph.message();
                while (node.next()) {
                    if (node.isMessage(NODE_OPERATOR)) {
                        operators.add(node.text());
                    }
                }
            } else if (nodeField == GRAPH_NODE && graph.isMessage(GRAPH_INITIALIZER)) {
                readTensor(graph.message(), external);
            }
        }
    }

    private static void readTensor(Message tensor, Set<String> external) throws Malformed {
        while (tensor.next()) {
            if (tensor.isMessage(TENSOR_EXTERNAL)) {
                var entry = tensor.message();
                var key = "";
                var value = "";
                while (entry.next()) {
                    if (entry.isMessage(ENTRY_KEY)) {
                        key = entry.text();
                    } else if (entry.isMessage(ENTRY_VALUE)) {
                        value = entry.text();
                    }
                }
                if (key.equals("location")) {
                    external.add(value);
                }
            }
        }
    }

    private static ModelException unusable(Path file, String what) {
        return new ModelException(ModelException.Kind.UNUSABLE, file + ": " + what);
    }

    private static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** Steps through the fields of one message in the protobuf wire format. */
    private static final class Message {
        private final MemorySegment bytes;
        private long at;
        private int field;
        private MemorySegment value = MemorySegment.NULL; // of a field that is a message or a text
        private boolean nested;

        Message(MemorySegment bytes) {
            this.bytes = bytes;
        }

        boolean next() throws Malformed {
            if (at == bytes.byteSize()) {
                return false;
            }
            long tag = varint();
            field = (int) (tag >>> 3);
            nested = false;
            switch ((int) tag & 7) {
                case 0 -> varint();
                case 1 -> skip(Long.BYTES);
                case 2 -> {
                    long length = varint();
                    long start = at;
                    skip(length);
                    value = bytes.asSlice(start, length);
                    nested = true;
                }
                case 5 -> skip(Integer.BYTES);
                default -> throw new Malformed();
            }
            if (field == 0) {
                throw new Malformed();
            }
            return true;
        }

        boolean isMessage(int wanted) {
            return nested && field == wanted;
        }

        Message message() {
            return new Message(value);
        }

        String text() {
            return new String(value.toArray(JAVA_BYTE), StandardCharsets.UTF_8);
        }

        private void skip(long count) throws Malformed {
            if (count < 0 || count > bytes.byteSize() - at) {
                throw new Malformed();
            }
            at += count;
        }

        private long varint() throws Malformed {
            long result = 0;
            for (int shift = 0; shift < Long.SIZE; shift += 7) {
                if (at == bytes.byteSize()) {
                    throw new Malformed();
                }
                byte next = bytes.get(JAVA_BYTE, at++);
                result |= (long) (next & 0x7f) << shift;
                if (next >= 0) {
                    return result;
                }
            }
            throw new Malformed();
        }
    }
}
