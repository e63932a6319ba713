package parathink.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static parathink.models.onnx.Models.THINKING;
import static parathink.models.onnx.Models.TINY;
import static parathink.models.onnx.Models.append;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import parathink.models.KvCache;
import parathink.models.ModelException;
import parathink.models.Prompt;
import parathink.models.onnx.ReferenceDecoder.Token;

final class ModelFolderTest {
    private static final DecoderConfig PLAIN_QWEN =
            new DecoderConfig(48, 64, 80, 2, 4, 2, 16, 1e-5f, 10000, 700, true, true, 0);

    @TempDir
    Path folder;

    static Stream<Arguments> folders() {
        return Stream.of(
                Arguments.of(TINY, "F32", 1),
                Arguments.of(PLAIN_QWEN, "F16", 1),
                Arguments.of(THINKING, "BF16", 1),
                Arguments.of(THINKING, "F16", 3));
    }

    /** Two thoughts of different lengths are joined and summarised; the reference puts every token where it belongs. */
    @ParameterizedTest
    @MethodSource("folders")
    void agreesWithTheReferenceThroughForkAndMerge(DecoderConfig config, String type, int shards) {
        var files = new FolderFiles(config, type, shards);
        files.write(folder);
        var reference = new ReferenceDecoder(config, files.weights(), NumericMode.EXACT);
        try (var model = ModelFolder.open(folder, NumericMode.EXACT, Models.SETTINGS)) {
            var tokens = model.tokenizer();
            int[] prompt = tokens.encode("<bos> w3 w14 <summary> w15 w9");
            var expected = new ArrayList<Token>();
            reference.logits(expected, prompt, 0);
            var trunk = model.newCache();
            append(model, trunk, prompt);

            var joined = new ArrayList<>(expected);
            var branches = new ArrayList<KvCache>();
            for (int thought = 1; thought <= 2; thought++) {
                int[] text = tokens.encode("<think%d> w%d w5 %s".formatted(thought, thought, "w7 ".repeat(thought)));
                var seen = new ArrayList<>(expected);
                double[] wanted = {};
                for (int i = 0; i < text.length; i++) {
                    wanted = reference.append(seen, text[i], prompt.length + i, thought);
                }
                branches.add(trunk.fork());
                assertClose(append(model, branches.getLast(), text), wanted);
                joined.addAll(seen.subList(prompt.length, seen.size()));
            }

            var merged = trunk.join(branches);
            int[] summary = tokens.encode("<summary> w20 w21");
            double[] wanted = {};
            for (int i = 0; i < summary.length; i++) {
                wanted = reference.append(joined, summary[i], prompt.length + 5 + i, 0);
            }
            assertClose(append(model, merged, summary), wanted);
        }
    }

    private static void assertClose(float[] logits, double[] wanted) {
        for (int i = 0; i < wanted.length; i++) {
            assertThat((double) logits[i]).isCloseTo(wanted[i], within(1e-4));
        }
    }

    @Test
    void aModelWithThoughtEmbeddingsGetsItsPrompt() {
        new FolderFiles(THINKING, "F32", 1).write(folder);
        try (var model = ModelFolder.open(folder, NumericMode.FAST, Models.SETTINGS)) {
            assertThat(model.template().render(Prompt.user("1+1?", "Think.")))
                    .isEqualTo("<｜User｜>1+1? Think.<｜Assistant｜><think>");
            assertThat(model.template().render(Prompt.raw("1+1"))).isEqualTo("1+1");
            assertThat(model.isEnd(47)).isTrue();
            assertThat(model.name()).isEqualTo(folder.getFileName().toString());
            // two layers of 64 x (2 x 64 + 2 x 32) + 3 x 64 x 80 + 2 x 64 weights, 64 + 2 x 32 biases, 6 x 16
            // embeddings
            assertThat(model.provenance().size().orElseThrow().parameters())
                    .isEqualTo(2 * 48 * 64 + 2 * (12288 + 15360 + 128 + 128 + 96) + 64);
        }
    }

    @Test
    void theHashIsThatOfConfigurationAndWeights() throws IOException {
        new FolderFiles(TINY, "F16", 2).write(folder);
        var first = weightsOf(folder);
        assertThat(weightsOf(folder)).isEqualTo(first).startsWith("sha256:");

        var file = folder.resolve("part-1.safetensors");
        var bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
        assertThat(weightsOf(folder)).isNotEqualTo(first);
    }

    private static String weightsOf(Path folder) {
        try (var model = ModelFolder.open(folder, NumericMode.FAST, Models.SETTINGS)) {
            return model.provenance().weights();
        }
    }

    interface Damage {
        void to(Path folder) throws IOException;
    }

    record Broken(String what, Damage damage, ModelException.Kind kind, String message) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Broken> broken() {
        var missing = ModelException.Kind.MISSING;
        var unusable = ModelException.Kind.UNUSABLE;
        var index = "model.safetensors.index.json";
        return Stream.of(
                new Broken(
                        "no configuration",
                        folder -> Files.delete(folder.resolve("config.json")),
                        missing,
                        "FOLDER: no config.json in it; a model folder has config.json, *.safetensors and tokenizer.json"),
                new Broken(
                        "no tokenizer",
                        folder -> Files.delete(folder.resolve("tokenizer.json")),
                        missing,
                        "FOLDER: no tokenizer.json in it; put the model's own there"),
                new Broken(
                        "another family",
                        folder -> edit(folder.resolve("config.json"), "\"qwen2\"", "\"gemma\""),
                        unusable,
                        "FOLDER/config.json: model_type must be one of llama, mistral, qwen2, qwen3, got gemma"),
                new Broken(
                        "no JSON",
                        folder -> Files.writeString(folder.resolve("config.json"), "{"),
                        unusable,
                        "FOLDER/config.json: cannot be read: "),
                new Broken(
                        "an index without its file",
                        folder ->
                                Files.writeString(folder.resolve(index), "{\"weight_map\":{\"a\":\"b.safetensors\"}}"),
                        missing,
                        "FOLDER/" + index + ": the file b.safetensors is not there"),
                new Broken(
                        "an index that points elsewhere",
                        folder -> Files.writeString(
                                folder.resolve(index), "{\"weight_map\":{\"a\":\"../b.safetensors\"}}"),
                        unusable,
                        "FOLDER/" + index
                                + ": weight_map names '../b.safetensors', which is no safetensors file of this folder"),
                new Broken(
                        "no weights",
                        folder -> Files.delete(folder.resolve("model.safetensors")),
                        missing,
                        "FOLDER: no *.safetensors in it; weights in other formats are not read"),
                new Broken(
                        "no token for a thought",
                        folder -> edit(folder.resolve("tokenizer.json"), "\"<think1>\"", "\"<thought>\""),
                        unusable,
                        "the weights have thought embeddings, so the tokenizer needs the tokens <think1> and <summary>"),
                new Broken(
                        "a tensor that is missing",
                        folder -> edit(
                                folder.resolve("config.json"),
                                "\"tie_word_embeddings\":false",
                                "\"num_hidden_layers\":3"),
                        unusable,
                        "FOLDER/model.safetensors: the weights have no tensor model.layers.2.input_layernorm.weight"),
                new Broken(
                        "thoughts in a family that norms its heads",
                        folder -> edit(folder.resolve("config.json"), "\"qwen2\"", "\"qwen3\""),
                        unusable,
                        "FOLDER: thought embeddings are not known in models with norms of queries and keys"),
                new Broken(
                        "a torn header",
                        folder -> Files.write(
                                folder.resolve("model.safetensors"), new byte[] {90, 1, 0, 0, 0, 0, 0, 0, 123}),
                        unusable,
                        "FOLDER/model.safetensors: no safetensors file, or cut short"),
                new Broken(
                        "weights of another type",
                        folder -> replace(folder.resolve("model.safetensors"), "\"F32\"", "\"I32\""),
                        unusable,
                        "has type I32, read are [F16, BF16, F32]"),
                new Broken(
                        "rounded weights of another tool",
                        folder -> edit(folder.resolve("config.json"), "{", "{\"quantization_config\":{\"bits\":4},"),
                        unusable,
                        "FOLDER/config.json: quantization_config: only weights in bf16, fp16 and fp32 are read; --mode rounds them"),
                new Broken(
                        "a tokenizer of SentencePiece alone",
                        folder -> Files.move(folder.resolve("tokenizer.json"), folder.resolve("tokenizer.model")),
                        missing,
                        "FOLDER: no tokenizer.json in it, and tokenizer.model is not read"),
                new Broken(
                        "a tokenizer of another kind",
                        folder -> edit(folder.resolve("tokenizer.json"), "WordLevel", "WordPiece"),
                        unusable,
                        "WordPiece"),
                new Broken(
                        "weights of another shape",
                        folder -> edit(
                                folder.resolve("config.json"), "\"intermediate_size\":80", "\"intermediate_size\":81"),
                        unusable,
                        "has shape [80, 64], config.json asks for [81, 64]"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void saysWhatIsWrongWithAFolder(Broken broken) throws IOException {
        new FolderFiles(THINKING, "F32", 1).write(folder);
        broken.damage.to(folder);

        assertThatThrownBy(() -> ModelFolder.open(folder, NumericMode.EXACT, Models.SETTINGS))
                .isInstanceOfSatisfying(
                        ModelException.class, e -> assertThat(e.kind()).isEqualTo(broken.kind))
                .hasMessageContaining(broken.message.replace("FOLDER", folder.toString()))
                .hasMessageNotContaining("\n");
    }

    /** In a file that is no text. */
    private static void replace(Path file, String old, String replacement) throws IOException {
        var text = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(text).contains(old);
        Files.writeString(file, text.replace(old, replacement), StandardCharsets.ISO_8859_1);
    }

    @Test
    void aModelLargerThanMemoryIsRefusedBeforeItIsRead() {
        new FolderFiles(TINY, "F32", 1).write(folder);

        // 48 x 64 numbers twice, angles 2 x 700 x 8, norms 5 x 64, two layers of 64 x (64 + 64 + 64 + 3 x 80) matrices:
        // 309 KiB
        assertThatThrownBy(() -> ModelFolder.open(
                        folder, NumericMode.EXACT, Models.SETTINGS, note -> {}, new MachineMemory(200_000)))
                .isInstanceOfSatisfying(
                        ModelException.class, e -> assertThat(e.kind()).isEqualTo(ModelException.Kind.UNUSABLE))
                .hasMessage(folder
                        + ": its weights take 1 MiB in mode exact, this machine or container has 1 MiB of memory;"
                        + " what would fit is --mode faithful, which takes 1 MiB, or --mode fast, which takes 1 MiB");
        assertThatThrownBy(() -> ModelFolder.open(
                        folder, NumericMode.FAST, Models.SETTINGS, note -> {}, new MachineMemory(1000)))
                .hasMessageEndingWith("no mode is small enough");
    }

    private static void edit(Path file, String old, String replacement) throws IOException {
        var text = Files.readString(file);
        assertThat(text).contains(old);
        Files.writeString(file, text.replace(old, replacement));
    }
}
