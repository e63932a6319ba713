package parathink.models.onnx;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes one message of the protobuf wire format, field by field. Not thread-safe. */
final class Protobuf {
    private static final int VARINT = 0;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private byte[] bytes = new byte[64];
    private int size;

    Protobuf number(int field, long value) {
        return tag(field, VARINT).varint(value);
    }

    Protobuf real(int field, float value) {
        tag(field, FIXED32);
        int bits = Float.floatToRawIntBits(value);
        for (int shift = 0; shift < 32; shift += 8) {
            add((byte) (bits >>> shift));
        }
        return this;
    }

    Protobuf text(int field, String value) {
        var utf8 = value.getBytes(StandardCharsets.UTF_8);
        return tag(field, BYTES).varint(utf8.length).add(utf8, utf8.length);
    }

    Protobuf message(int field, Protobuf value) {
        return tag(field, BYTES).varint(value.size).add(value.bytes, value.size);
    }

    /** The head of a field whose content the caller writes behind this message. */
    Protobuf head(int field, long length) {
        return tag(field, BYTES).varint(length);
    }

    int size() {
        return size;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    private Protobuf tag(int field, int wireType) {
        return varint(((long) field << 3) | wireType);
    }

    private Protobuf varint(long value) {
        for (; (value & ~0x7fL) != 0; value >>>= 7) {
            add((byte) ((value & 0x7f) | 0x80));
        }
        return add((byte) value);
    }

    private Protobuf add(byte value) {
        if (size == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * size);
        }
        bytes[size++] = value;
        return this;
    }

    private Protobuf add(byte[] values, int count) {
        if (size + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + count));
        }
        System.arraycopy(values, 0, bytes, size, count);
        size += count;
        return this;
    }
}
