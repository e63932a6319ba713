package parathink.models.onnx;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import parathink.models.ModelException;

/**
 * Weights in safetensors files: the length of a header, the header in JSON, the data. A header is believed only where
 * it is consistent with itself and the file. Reads the memory it was given, which must outlive it; may be read by any
 * thread.
 */
final class Safetensors implements Weights {
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);
    private static final int LENGTH_BYTES = 8;
    private static final long LONGEST_HEADER = 100_000_000;
    private static final ValueLayout.OfLong LENGTH = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort HALF = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat SINGLE =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final List<String> files;
    private final Map<String, Entry> entries = new HashMap<>();

    private record Entry(String file, Type type, List<Integer> shape, MemorySegment data) {}

    /** Types of the format; the first three are read, the others may be there as long as nobody asks for them. */
    private enum Type {
        F16(2),
        BF16(2),
        F32(4),
        BOOL(1),
        U8(1),
        I8(1),
        F8_E4M3(1),
        F8_E5M2(1),
        I16(2),
        U16(2),
        I32(4),
        U32(4),
        F64(8),
        I64(8),
        U64(8);

        private static final Set<Type> READ = EnumSet.of(F16, BF16, F32);

        private final int bytes;

        Type(int bytes) {
            this.bytes = bytes;
        }
    }

    /** @param files content by file name; no tensor may be in two of them */
    Safetensors(Map<String, MemorySegment> files) {
        this.files = files.keySet().stream().sorted().toList();
        files.forEach(this::readHeader);
    }

    @Override
    public float[] tensor(String name, int... shape) {
        var entry = entry(name, shape);
        return values(entry.type, entry.data);
    }

    @Override
    public void require(String name, int... shape) {
        entry(name, shape);
    }

    @Override
    public Rows rows(String name, int rows, int columns) {
        var entry = entry(name, rows, columns);
        long row = (long) columns * entry.type.bytes;
        return (from, count) -> values(entry.type, entry.data.asSlice(from * row, count * row));
    }

    @Override
    public ElementType type(String name) {
        return switch (find(name).type) {
            case F16 -> ElementType.FLOAT16;
            case BF16 -> ElementType.BFLOAT16;
            case F32, BOOL, U8, I8, F8_E4M3, F8_E5M2, I16, U16, I32, U32, F64, I64, U64 -> ElementType.FLOAT;
        };
    }

    @Override
    public void copy(String name, MemorySegment to, int... shape) {
        to.copyFrom(entry(name, shape).data);
    }

    private Entry find(String name) {
        var entry = entries.get(name);
        if (entry == null) {
            throw bad(
                    files.size() == 1 ? files.getFirst() : files.getFirst() + " to " + files.getLast(),
                    "the weights have no tensor " + name);
        }
        return entry;
    }

    private Entry entry(String name, int... shape) {
        var entry = find(name);
        var wanted = Arrays.stream(shape).boxed().toList();
        if (!entry.shape.equals(wanted)) {
            throw bad(entry.file, "%s has shape %s, config.json asks for %s".formatted(name, entry.shape, wanted));
        }
        if (!Type.READ.contains(entry.type)) {
            throw bad(entry.file, "%s has type %s, read are %s".formatted(name, entry.type, Type.READ));
        }
        return entry;
    }

    private static float[] values(Type type, MemorySegment data) {
        return switch (type) {
            case F16 -> halves(data);
            case BF16 -> brains(data);
            case F32 -> data.toArray(SINGLE);
            case BOOL, U8, I8, F8_E4M3, F8_E5M2, I16, U16, I32, U32, F64, I64, U64 ->
                throw new IllegalStateException(type + " is refused before it is read");
        };
    }

    /** Rows of a matrix; empty when there is no tensor of this name. */
    OptionalInt rows(String name) {
        var entry = entries.get(name);
        return entry == null || entry.shape.isEmpty() ? OptionalInt.empty() : OptionalInt.of(entry.shape.getFirst());
    }

    // out of arrays, because loops over arrays are fast from the first tensor on

    private static float[] halves(MemorySegment data) {
        var bits = data.toArray(HALF);
        var values = new float[bits.length];
        for (int i = 0; i < bits.length; i++) {
            values[i] = Float.float16ToFloat(bits[i]);
        }
        return values;
    }

    private static float[] brains(MemorySegment data) {
        var bits = data.toArray(HALF);
        var values = new float[bits.length];
        for (int i = 0; i < bits.length; i++) {
            values[i] = Float.intBitsToFloat(bits[i] << 16);
        }
        return values;
    }

    private void readHeader(String file, MemorySegment content) {
        long length = content.byteSize() < LENGTH_BYTES ? -1 : content.get(LENGTH, 0);
        if (length < 2 || length > LONGEST_HEADER || length > content.byteSize() - LENGTH_BYTES) {
            throw bad(file, "no safetensors file, or cut short");
        }
        var data = content.asSlice(LENGTH_BYTES + length);
        var spans = new ArrayList<Span>();
        var fields = header(file, content.asSlice(LENGTH_BYTES, length).toArray(JAVA_BYTE))
                .properties();
        for (var field : fields) {
            if (field.getKey().equals("__metadata__")) {
                continue;
            }
            var span = span(file, field.getKey(), field.getValue(), data.byteSize());
            spans.add(span);
            var entry = entry(file, field.getKey(), field.getValue(), data.asSlice(span.begin, span.end - span.begin));
            if (entries.put(field.getKey(), entry) != null) {
                throw bad(file, field.getKey() + " is in another file too");
            }
        }
        checkCoverage(file, spans, data.byteSize());
    }

    private static JsonNode header(String file, byte[] text) {
        try {
            JsonNode header = JSON.readValue(text);
            if (!header.isObject()) {
                throw bad(file, "the header is no JSON object");
            }
            return header;
        } catch (IOException e) {
            throw new ModelException(ModelException.Kind.UNUSABLE, file + ": the header is no JSON", e);
        }
    }

    private record Span(String name, long begin, long end) {}

    private static Span span(String file, String name, JsonNode field, long size) {
        var offsets = field.path("data_offsets");
        if (offsets.size() != 2
                || !offsets.get(0).isIntegralNumber()
                || !offsets.get(1).isIntegralNumber()) {
            throw bad(file, name + " needs two data_offsets");
        }
        // a number beyond 64 bits is none of ours, whatever its low bits say
        long begin = offsets.get(0).canConvertToLong() ? offsets.get(0).longValue() : -1;
        long end = offsets.get(1).canConvertToLong() ? offsets.get(1).longValue() : -1;
        if (begin < 0 || end < begin || end > size) {
            throw bad(file, "%s lies at %s, outside of the %d bytes of data".formatted(name, offsets, size));
        }
        return new Span(name, begin, end);
    }

    private static Entry entry(String file, String name, JsonNode field, MemorySegment data) {
        var shape = new ArrayList<Integer>();
        long elements = 1;
        for (var dimension : field.path("shape")) {
            if (!dimension.isInt() || dimension.intValue() < 0) {
                throw bad(file, "%s has shape %s".formatted(name, field.path("shape")));
            }
            shape.add(dimension.intValue());
            // saturates far below overflow; a tensor of this size is refused below
            elements = Math.min(elements * dimension.intValue(), Integer.MAX_VALUE);
        }
        var type = type(file, name, field.path("dtype").asText());
        if (elements == Integer.MAX_VALUE || elements * type.bytes != data.byteSize()) {
            throw bad(
                    file,
                    "%s of shape %s and type %s cannot fill %d bytes"
                            .formatted(name, field.path("shape"), type, data.byteSize()));
        }
        return new Entry(file, type, List.copyOf(shape), data);
    }

    private static Type type(String file, String name, String word) {
        return Arrays.stream(Type.values())
                .filter(type -> type.name().equals(word))
                .findFirst()
                .orElseThrow(() -> bad(
                        file, "%s has type %s, known are %s".formatted(name, word, Arrays.toString(Type.values()))));
    }

    private static void checkCoverage(String file, List<Span> spans, long size) {
        spans.sort(Comparator.comparingLong(Span::begin).thenComparingLong(Span::end));
        long end = 0;
        for (var span : spans) {
            if (span.begin != end) {
                throw bad(file, "%s does not begin where the tensor before it ends".formatted(span.name));
            }
            end = span.end;
        }
        if (end != size) {
            throw bad(file, "%d bytes of data, the header speaks of %d".formatted(size, end));
        }
    }

    private static ModelException bad(String file, String what) {
        return new ModelException(ModelException.Kind.UNUSABLE, file + ": " + what);
    }
}
