package parathink.models.onnx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes a tiny reward model with its tokenizer: each word has a value, and the reward is the sum of the values of the question less that of the
 * completion. Words and values: {@code [CLS]} 100, {@code [SEP]} 10, {@code two} 1, {@code is} 2, {@code four} 4, any other 0.
 */
public final class RewardFiles {
    private static final String TOKENIZER = """
            {
              "added_tokens": [
                {"id": 0, "content": "[CLS]", "special": true, "normalized": false},
                {"id": 1, "content": "[SEP]", "special": true, "normalized": false}
              ],
              "pre_tokenizer": {"type": "Whitespace"},
              "post_processor": {"type": "BertProcessing", "sep": ["[SEP]", 1], "cls": ["[CLS]", 0]},
              "model": {
                "type": "WordLevel",
                "vocab": {"[CLS]": 0, "[SEP]": 1, "two": 2, "is": 3, "four": 4, "[UNK]": 5},
                "unk_token": "[UNK]"
              }
            }
            """;

    private RewardFiles() {}

    /** With the inputs of a model of pairs, {@code context} tokens at most. */
    public static Path write(Path folder, int context) {
        return write(folder, context, ElementType.INT64, true, 1);
    }

    /** One to which the word {@code four} is worth something else. */
    static Path write(Path folder, float four) {
        return write(folder, 512, ElementType.INT64, true, 1, four);
    }

    static Path write(Path folder, int context, ElementType ids, boolean pairs, int labels) {
        return write(folder, context, ids, pairs, labels, 4);
    }

    private static Path write(Path folder, int context, ElementType ids, boolean pairs, int labels, float four) {
        var graph = new OnnxGraph();
        graph.input("input_ids", ids, "batch", "sequence");
        graph.input("attention_mask", ids, "batch", "sequence");
        graph.output("logits", ElementType.FLOAT, "batch", labels);
        var values = new float[6 * labels];
        for (int label = 0; label < labels; label++) {
            float[] words = {100, 10, 1, 2, four, 0};
            for (int word = 0; word < words.length; word++) {
                values[word * labels + label] = words[word];
            }
        }
        var value = graph.constant("values", values, 6, labels);
        var seen = graph.constant("seen", new float[] {0, 1}, 2, 1);
        var x = graph.standard("Gather", List.of(value, "input_ids"), "of words");
        x = graph.standard(
                "Mul", List.of(x, graph.standard("Gather", List.of(seen, "attention_mask"), "of mask")), "masked");
        if (pairs) {
            graph.input("token_type_ids", ids, "batch", "sequence");
            var sign = graph.constant("signs", new float[] {1, -1}, 2, 1);
            x = graph.standard(
                    "Mul", List.of(x, graph.standard("Gather", List.of(sign, "token_type_ids"), "of parts")), "signed");
        }
        var axis = graph.constant("axis", new long[] {1}, 1);
        graph.node("", "ReduceSum", List.of(x, axis), List.of("logits"), OnnxGraph.attribute("keepdims", 0));
        try (var arena = Arena.ofConfined()) {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("tokenizer.json"), TOKENIZER);
            Files.writeString(folder.resolve("config.json"), "{\"max_position_embeddings\": %d}".formatted(context));
            return Files.write(folder.resolve("reward.onnx"), graph.write(arena).toArray(ValueLayout.JAVA_BYTE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
