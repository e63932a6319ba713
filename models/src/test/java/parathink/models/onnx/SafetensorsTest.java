package parathink.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parathink.models.ModelException;

final class SafetensorsTest {
    @Test
    void readsHalfBrainAndSingleFloats() {
        var data = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        data.putShort(Float.floatToFloat16(1.5f)).putShort(Float.floatToFloat16(-2f));
        data.putShort((short) (Float.floatToRawIntBits(3f) >>> 16)).putShort((short) 0x8000);
        data.putFloat(0.1f).putFloat(Float.MIN_VALUE);
        var weights = weights("""
                {"__metadata__":{"format":"pt"},
                 "half":{"dtype":"F16","shape":[2],"data_offsets":[0,4]},
                 "brain":{"dtype":"BF16","shape":[1,2],"data_offsets":[4,8]},
                 "single":{"dtype":"F32","shape":[2,1],"data_offsets":[8,16]}}""", data.array());

        assertThat(weights.tensor("half", 2)).containsExactly(1.5f, -2f);
        assertThat(weights.tensor("brain", 1, 2)).containsExactly(3f, -0f);
        assertThat(weights.tensor("single", 2, 1)).containsExactly(0.1f, Float.MIN_VALUE);
        assertThatThrownBy(() -> weights.tensor("half", 1, 2))
                .isInstanceOf(ModelException.class)
                .hasMessage("w.safetensors: half has shape [2], config.json asks for [1, 2]");
        assertThatThrownBy(() -> weights.tensor("other", 2))
                .isInstanceOf(ModelException.class)
                .hasMessage("w.safetensors: the weights have no tensor other");
    }

    /** Each header is for 8 bytes of data. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]|the header is no JSON object",
                "{{{|the header is no JSON",
                "{\"a\":1}|a needs two data_offsets",
                "{\"a\":{\"dtype\":\"F16\",\"shape\":[4],\"data_offsets\":[0,16]}}|a lies at [0,16], outside of the 8 bytes of data",
                "{\"a\":{\"dtype\":\"F16\",\"shape\":[4],\"data_offsets\":[-8,0]}}|a lies at [-8,0], outside of the 8 bytes of data",
                "{\"a\":{\"dtype\":\"F16\",\"shape\":[4],\"data_offsets\":[8,0]}}|a lies at [8,0], outside of the 8 bytes of data",
                "{\"a\":{\"dtype\":\"F16\",\"shape\":[4],\"data_offsets\":[0,18446744073709551624]}}|a lies at [0,18446744073709551624], outside of the 8 bytes of data",
                "{\"a\":{\"dtype\":\"F16\",\"shape\":[4],\"data_offsets\":[0.5,8]}}|a needs two data_offsets",
                "{\"a\":{\"dtype\":\"F16\",\"shape\":[5],\"data_offsets\":[0,8]}}|a of shape [5] and type F16 cannot fill 8 bytes",
                "{\"a\":{\"dtype\":\"F16\",\"shape\":[-4],\"data_offsets\":[0,8]}}|a has shape [-4]",
                "{\"a\":{\"dtype\":\"F16\",\"shape\":[65536,65536,1073741824],\"data_offsets\":[0,8]}}|a of shape [65536,65536,1073741824] and type F16 cannot fill 8 bytes",
                "{\"a\":{\"dtype\":\"F4\",\"shape\":[16],\"data_offsets\":[0,8]}}|a has type F4, known are [F16, BF16, F32, BOOL, U8, I8, F8_E4M3, F8_E5M2, I16, U16, I32, U32, F64, I64, U64]",
                "{\"a\":{\"dtype\":\"F16\",\"shape\":[4],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[4,8]}}|b does not begin where the tensor before it ends",
                "{\"a\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,4]}}|8 bytes of data, the header speaks of 4",
                "{\"a\":{\"dtype\":\"F16\",\"shape\":[1],\"data_offsets\":[0,2]},\"b\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[4,8]}}|b does not begin where the tensor before it ends",
                "{\"a\":{\"dtype\":\"F16\",\"shape\":[4],\"data_offsets\":[0,8]},\"a\":{\"dtype\":\"F16\",\"shape\":[4],\"data_offsets\":[0,8]}}|the header is no JSON",
            })
    void refusesAHeaderThatLies(String header, String message) {
        assertThatThrownBy(() -> weights(header, new byte[8]))
                .isInstanceOfSatisfying(
                        ModelException.class, e -> assertThat(e.kind()).isEqualTo(ModelException.Kind.UNUSABLE))
                .hasMessage("w.safetensors: " + message);
    }

    @Test
    void aTensorOfWholeNumbersMayBeThereButIsNotRead() {
        var weights = weights("{\"ids\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]}}", new byte[8]);

        assertThatThrownBy(() -> weights.require("ids", 1))
                .isInstanceOf(ModelException.class)
                .hasMessage("w.safetensors: ids has type I64, read are [F16, BF16, F32]");
    }

    @Test
    void readsRowsOfAMatrix() {
        var data = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : new float[] {1, 2, 3, 4, 5, 6}) {
            data.putShort(Float.floatToFloat16(value));
        }
        var weights = weights("{\"m\":{\"dtype\":\"F16\",\"shape\":[3,2],\"data_offsets\":[0,12]}}", data.array());

        assertThat(weights.rows("m", 3, 2).read(1, 2)).containsExactly(3, 4, 5, 6);
        assertThat(weights.type("m")).isEqualTo(ElementType.FLOAT16);
    }

    @Test
    void refusesAFileThatIsCutShort() {
        var whole = file("{\"a\":{\"dtype\":\"F16\",\"shape\":[4],\"data_offsets\":[0,8]}}", new byte[8]);
        for (int size = 0; size < whole.length; size++) {
            var cut = MemorySegment.ofArray(Arrays.copyOf(whole, size));
            assertThatThrownBy(() -> new Safetensors(Map.of("w.safetensors", cut)))
                    .isInstanceOf(ModelException.class)
                    .hasMessageStartingWith("w.safetensors: ");
        }
        var huge = whole.clone();
        Arrays.fill(huge, 0, 8, (byte) 0x7f);
        assertThatThrownBy(() -> new Safetensors(Map.of("w.safetensors", MemorySegment.ofArray(huge))))
                .hasMessage("w.safetensors: no safetensors file, or cut short");
    }

    private static Safetensors weights(String header, byte[] data) {
        return new Safetensors(Map.of("w.safetensors", MemorySegment.ofArray(file(header, data))));
    }

    private static byte[] file(String header, byte[] data) {
        var text = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + text.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .put(data)
                .array();
    }
}
