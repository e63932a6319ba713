package parathink.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parathink.models.ModelException;

final class DecoderConfigTest {
    private static final String GOOD = """
            {"model_type":"llama","vocab_size":100,"hidden_size":64,"intermediate_size":96,"num_hidden_layers":2,
             "num_attention_heads":4,"max_position_embeddings":512,"rms_norm_eps":1e-5,"rope_theta":5000}""";

    @Test
    void readsWhatIsThereAndFillsInTheRest() throws JsonProcessingException {
        assertThat(read(GOOD))
                .isEqualTo(new DecoderConfig(100, 64, 96, 2, 4, 4, 16, 1e-5f, 5000, 512, false, false, 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"model_type\":\"llama\"|\"model_type\":\"gpt2\"|model_type must be one of llama, mistral, qwen2, qwen3, got gpt2",
                "\"vocab_size\":100|\"vocab_size\":-1|vocab_size must be a positive whole number, got -1",
                "\"vocab_size\":100|\"vocab\":1|vocab_size must be a positive whole number, got nothing",
                "\"rope_theta\":5000|\"rope_scaling\":{\"factor\":8}|rope_scaling.rope_type must be default, linear, llama3 or yarn, got nothing",
                "\"rope_theta\":5000|\"rope_scaling\":{\"type\":\"longrope\"}|rope_scaling.rope_type must be default, linear, llama3 or yarn, got longrope",
                "\"rope_theta\":5000|\"rope_scaling\":{\"rope_type\":\"dynamic\",\"factor\":2}|rope_scaling.rope_type must be default, linear, llama3 or yarn, got dynamic",
                "\"rope_theta\":5000|\"rope_parameters\":{\"rope_type\":\"su\"}|rope_parameters.rope_type must be default, linear, llama3 or yarn, got su",
                "\"rope_theta\":5000|\"rope_scaling\":{\"type\":\"linear\"}|rope_scaling.factor must be a positive number, got nothing",
                "\"rope_theta\":5000|\"rope_scaling\":{\"rope_type\":\"llama3\",\"factor\":8,\"low_freq_factor\":4,\"high_freq_factor\":4}|high_freq_factor must be above low_freq_factor, got 4.0 and 4.0",
                "\"rope_theta\":5000|\"partial_rotary_factor\":0.5|partial_rotary_factor must be 1, got 0.5",
                "\"rope_theta\":5000|\"rope_theta\":1|rope_theta must be a number above 1, got 1.0",
                "\"rope_theta\":5000|\"mlp_bias\":true|mlp_bias must be false, got true",
                "\"rope_theta\":5000|\"attention_bias\":1|attention_bias must be true or false, got 1",
                "\"model_type\":\"llama\"|\"model_type\":\"mixtral\"|model_type must be one of llama, mistral, qwen2, qwen3, got mixtral",
                "\"model_type\":\"llama\"|\"model_type\":\"qwen3_moe\"|model_type must be one of llama, mistral, qwen2, qwen3, got qwen3_moe",
                "\"model_type\":\"llama\"|\"model_type\":\"llama\",\"num_local_experts\":8|num_local_experts: models with experts are not read",
                "\"model_type\":\"llama\"|\"model_type\":\"qwen2\"|num_key_value_heads must be a positive whole number, got nothing",
                "\"model_type\":\"llama\"|\"model_type\":\"qwen3\",\"num_key_value_heads\":4|head_dim must be a positive whole number, got nothing",
                "\"model_type\":\"llama\"|\"model_type\":\"mistral\",\"num_key_value_heads\":4,\"attention_bias\":true|attention_bias must be false, got true",
                "\"model_type\":\"llama\"|\"model_type\":\"mistral\",\"num_key_value_heads\":4,\"sliding_window\":0|sliding_window must be a positive whole number, got 0",
                "\"model_type\":\"llama\"|\"model_type\":\"qwen2\",\"num_key_value_heads\":4,\"layer_types\":[\"full_attention\"]|layer_types must be full_attention or sliding_attention for each of 2 layers, got [\"full_attention\"]",
                "\"rope_theta\":5000|\"num_key_value_heads\":3|4 heads cannot share 3 key heads",
                "\"hidden_size\":64|\"hidden_size\":36|the head size must be a multiple of 16, got 9"
            })
    void saysWhichFieldItCannotUse(String good, String bad, String message) {
        assertThatThrownBy(() -> read(GOOD.replace(good, bad)))
                .isInstanceOfSatisfying(
                        ModelException.class, e -> assertThat(e.kind()).isEqualTo(ModelException.Kind.UNUSABLE))
                .hasMessage("config.json: " + message);
    }

    /** Windows by each of the ways in which configurations have put them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mistral|\"sliding_window\":9|9,9",
                "mistral|\"sliding_window\":null|",
                "mistral|\"head_dim\":null|4096,4096", // a window is the family's rule
                "qwen2|\"sliding_window\":9,\"use_sliding_window\":false|",
                "qwen2|\"sliding_window\":9,\"use_sliding_window\":true,\"max_window_layers\":1|0,9",
                "qwen2|\"sliding_window\":9,\"use_sliding_window\":true,\"max_window_layers\":0|9,9",
                "qwen2|\"sliding_window\":9,\"use_sliding_window\":true,\"max_window_layers\":2|",
                "qwen2|\"sliding_window\":9,\"use_sliding_window\":true,\"layer_types\":[\"sliding_attention\",\"full_attention\"]|9,0",
                "qwen2|\"sliding_window\":null,\"use_sliding_window\":true,\"max_window_layers\":0|",
            })
    void windowsAreThoseOfTheFamily(String family, String fields, String windows) throws JsonProcessingException {
        var json = GOOD.replace(
                "\"model_type\":\"llama\"",
                "\"model_type\":\"%s\",\"num_key_value_heads\":4,%s".formatted(family, fields));
        var expected = windows == null ? "" : windows;

        assertThat(read(json).attention().windows().stream()
                        .map(Object::toString)
                        .collect(Collectors.joining(",")))
                .isEqualTo(expected);
    }

    /** Both names of the kind and both places of the settings, and what follows from what is not said. */
    @Test
    void scalingsAreReadInTheOlderFormAndTheNewer() throws JsonProcessingException {
        var older = read(
                GOOD.replace(
                        "\"rope_theta\":5000",
                        "\"rope_theta\":5000,\"rope_scaling\":{\"type\":\"yarn\",\"factor\":4,\"original_max_position_embeddings\":512}"));
        var newer = read(GOOD.replace(
                "\"rope_theta\":5000",
                "\"rope_parameters\":{\"rope_theta\":5000,\"rope_type\":\"yarn\",\"factor\":4}"));

        assertThat(older).isEqualTo(newer);
        assertThat(older.context()).isEqualTo(2048); // what the scaling is for
        // 1 + 0.1 ln 4, by hand
        assertThat(older.rotary().scaling().magnitude()).isCloseTo(1.1386294361, within(1e-9));

        var deepSeek = read(GOOD.replace(
                "\"rope_theta\":5000",
                "\"rope_scaling\":{\"rope_type\":\"yarn\",\"factor\":40,\"mscale\":0.707,\"mscale_all_dim\":1.0}"));
        // (1 + 0.0707 ln 40) / (1 + 0.1 ln 40) = 1.2608032 / 1.3688879
        assertThat(deepSeek.rotary().scaling().magnitude()).isCloseTo(0.9210420, within(1e-6));
    }

    private static DecoderConfig read(String json) throws JsonProcessingException {
        return DecoderConfig.read(new JsonMapper().readTree(json), "config.json");
    }
}
