package parathink.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model's folder at the command line: opened, its weights kept, listed and mended; refused in one line. */
final class ModelFolderTest {
    private static final String CONFIG = """
            {"model_type":"mistral","vocab_size":10,"hidden_size":16,"intermediate_size":16,"num_hidden_layers":1,
             "num_attention_heads":1,"num_key_value_heads":1,"max_position_embeddings":64,"rms_norm_eps":1e-5,
             "sliding_window":null,"tie_word_embeddings":true}""";

    private TestingShell shell;
    private Path cache;

    @BeforeEach
    void open(@TempDir Path temporary) throws IOException {
        shell = new TestingShell(temporary);
        cache = temporary.resolve("cache");
        shell.set("PARATHINK_CACHE", cache.toString());
        var folder = Files.createDirectories(shell.folder().resolve("tiny"));
        Files.writeString(folder.resolve("config.json"), CONFIG);
        Files.writeString(
                folder.resolve("tokenizer.json"),
                "{\"added_tokens\":[],\"pre_tokenizer\":{\"type\":\"WhitespaceSplit\"},\"model\":{\"type\":\"WordLevel\",\"vocab\":{%s},\"unk_token\":\"w0\"}}"
                        .formatted(IntStream.range(0, 10)
                                .mapToObj(word -> "\"w%d\":%d".formatted(word, word))
                                .collect(Collectors.joining(","))));
        Files.write(folder.resolve("model.safetensors"), weights());
    }

    /** Single floats, 16 x 16 matrices and vectors of 16. */
    private static byte[] weights() throws IOException {
        Map<String, String> shapes = new LinkedHashMap<>();
        shapes.put("model.embed_tokens", "[10,16]");
        shapes.put("model.norm", "[16]");
        for (var part : new String[] {"input_layernorm", "post_attention_layernorm"}) {
            shapes.put("model.layers.0." + part, "[16]");
        }
        for (var part : new String[] {"q", "k", "v", "o"}) {
            shapes.put("model.layers.0.self_attn." + part + "_proj", "[16,16]");
        }
        for (var part : new String[] {"gate", "up", "down"}) {
            shapes.put("model.layers.0.mlp." + part + "_proj", "[16,16]");
        }
        var entries = new StringBuilder();
        var data = new ByteArrayOutputStream();
        var random = new Random(1);
        for (var tensor : shapes.entrySet()) {
            int size = tensor.getValue().equals("[16]") ? 16 : tensor.getValue().equals("[10,16]") ? 160 : 256;
            var values = ByteBuffer.allocate(4 * size).order(ByteOrder.LITTLE_ENDIAN);
            random.doubles(size).forEach(value -> values.putFloat((float) value));
            entries.append(entries.isEmpty() ? "" : ",")
                    .append("\"%s.weight\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                            .formatted(tensor.getKey(), tensor.getValue(), data.size(), data.size() + 4 * size));
            data.write(values.array());
        }
        var header = ("{" + entries + "}").getBytes(StandardCharsets.UTF_8);
        var file = ByteBuffer.allocate(8 + header.length + data.size()).order(ByteOrder.LITTLE_ENDIAN);
        return file.putLong(header.length).put(header).put(data.toByteArray()).array();
    }

    private TestingShell.Ended generate() {
        return shell.checkedRun(
                "generate", "--model", "tiny", "--raw", "--prompt", "w1 w2", "--max-tokens", "3", "--temperature", "0");
    }

    @Test
    void weightsAreKeptOnceListedAndMadeAgainWhenTheyAreDamaged() throws IOException {
        var first = generate();
        assertThat(first.status()).as(first.err()).isZero();
        assertThat(first.errLines())
                .containsExactly("keeping 0 MiB of weights for later starts in " + cache.resolve("weights"));

        var second = generate();
        assertThat(second.out()).isEqualTo(first.out());
        assertThat(second.err()).isEmpty();

        var listed = shell.checkedRun("models", "--json").json();
        assertThat(listed).hasSize(2);
        assertThat(listed.get(1).path("name").asText()).isEqualTo("tiny");
        assertThat(listed.get(1).path("mode").asText()).isEqualTo("faithful");
        var file = Path.of(listed.get(1).path("file").asText());
        assertThat(listed.get(1).path("bytes").asLong()).isEqualTo(Files.size(file));
        assertThat(shell.checkedRun("models").out())
                .contains(
                        "delete any or all of " + cache.resolve("weights"),
                        file.getFileName().toString());
        assertThat(shell.checkedRun("doctor").out()).contains("0 MiB of weights kept in");

        var bytes = Files.readAllBytes(file);
        bytes[0] ^= 1;
        Files.write(file, bytes);
        var third = generate();
        assertThat(third.out()).isEqualTo(first.out());
        assertThat(third.errLines()).first().isEqualTo(file + ": a checksum does not agree; it is written again");
    }

    @Test
    void whatCannotBeUsedIsRefusedInOneLineBeforeAnythingIsKept() throws IOException {
        var config = shell.folder().resolve("tiny").resolve("config.json");
        Files.writeString(config, CONFIG.replace("mistral", "mixtral"));
        var family = generate();
        assertThat(family.status()).isEqualTo(2);
        assertThat(family.errLines())
                .singleElement()
                .asString()
                .endsWith("config.json: model_type must be one of llama, mistral, qwen2, qwen3, got mixtral");

        Files.writeString(config, CONFIG);
        Files.delete(shell.folder().resolve("tiny").resolve("model.safetensors"));
        var missing = generate();
        assertThat(missing.status()).isEqualTo(4);
        assertThat(missing.errLines()).singleElement().asString().contains("no *.safetensors in it");
        assertThat(cache.resolve("weights")).doesNotExist();
    }
}
