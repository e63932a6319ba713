package parathink.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
                "\"rope_theta\":5000|\"num_key_value_heads\":3|4 heads cannot share 3 key heads",
                "\"hidden_size\":64|\"hidden_size\":36|the head size must be a multiple of 16, got 9"
            })
    void saysWhichFieldItCannotUse(String good, String bad, String message) {
        assertThatThrownBy(() -> read(GOOD.replace(good, bad)))
                .isInstanceOfSatisfying(
                        ModelException.class, e -> assertThat(e.kind()).isEqualTo(ModelException.Kind.UNUSABLE))
                .hasMessage("config.json: " + message);
    }

    private static DecoderConfig read(String json) throws JsonProcessingException {
        return DecoderConfig.read(new JsonMapper().readTree(json), "config.json");
    }
}
