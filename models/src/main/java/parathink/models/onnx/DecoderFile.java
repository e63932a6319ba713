package parathink.models.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import parathink.models.ModelException;
import parathink.models.ModelSize;
import parathink.models.tokenizer.TokenizerFolder;

/** Opens a decoder with past that somebody else has exported, with the tokenizer that lies beside it. */
public final class DecoderFile {
    private static final int CONTEXT_UNKNOWN = 4096;

    /** Families whose layers are those of Llama but for a few vectors, so that one formula has their sizes. */
    private static final Set<String> GATED = Set.of("llama", "mistral", "qwen2", "qwen3");

    private DecoderFile() {}

    /**
     * Loads the model; the caller closes it.
     *
     * @throws ModelException when the file is missing or no decoder, or has no tokenizer
     */
    public static OnnxModel open(Path file, OrtSettings settings) {
        var content = OnnxFile.read(file);
        var texts = TokenizerFolder.beside(file);
        var config = texts.folder().resolve("config.json");
        var configured = configured(config);
        var card = new ModelCard(
                file.getFileName().toString(),
                hash(file, content),
                texts.tokenizer(),
                texts.template(),
                texts.defaults(),
                texts.endTokens().ids(),
                contextLength(config, configured));
        return OnnxModel.open(file, card, size(configured), settings);
    }

    /** The longest context that the configuration of a model allows. */
    static int contextLength(Path config) {
        return contextLength(config, configured(config));
    }

    private static int contextLength(Path config, JsonNode configured) {
        int positions = configured.path("max_position_embeddings").asInt(CONTEXT_UNKNOWN);
        if (positions < 2) {
            throw new ModelException(
                    ModelException.Kind.UNUSABLE,
                    "%s: max_position_embeddings must be at least 2, got %d".formatted(config, positions));
        }
        return positions;
    }

    /** The shape by the model's configuration, where its family is known. */
    private static Optional<ModelSize> size(JsonNode config) {
        int hidden = config.path("hidden_size").asInt();
        int heads = config.path("num_attention_heads").asInt();
        int layers = config.path("num_hidden_layers").asInt();
        int wide = config.path("intermediate_size").asInt();
        int vocabulary = config.path("vocab_size").asInt();
        if (!GATED.contains(config.path("model_type").asText())
                || Math.min(Math.min(hidden, heads), Math.min(layers, Math.min(wide, vocabulary))) < 1) {
            return Optional.empty();
        }
        long headSize = config.path("head_dim").asInt(hidden / heads);
        long keys = headSize * config.path("num_key_value_heads").asInt(heads);
        long layer = hidden * (2L * heads * headSize + 2 * keys) + 3L * hidden * wide + 2L * hidden;
        long tables = config.path("tie_word_embeddings").asBoolean(false) ? 1 : 2;
        long parameters = tables * vocabulary * hidden + layers * layer + hidden;
        return Optional.of(new ModelSize(parameters, layers, hidden, Math.toIntExact(keys), wide));
    }

    private static JsonNode configured(Path config) {
        var mapper = new JsonMapper();
        if (!Files.isRegularFile(config)) {
            return mapper.createObjectNode();
        }
        try {
            return mapper.readTree(config.toFile());
        } catch (IOException e) {
            throw new ModelException(
                    ModelException.Kind.UNUSABLE, "%s: cannot be read: %s".formatted(config, e.getMessage()), e);
        }
    }

    /** Hash of the file and of the weights that it keeps outside itself, in the order of their names. */
    static String hash(Path file, OnnxFile content) {
        var files = new ArrayList<>(List.of(file));
        new TreeSet<>(content.externalData()).forEach(name -> files.add(file.resolveSibling(name)));
        return WeightsHash.of(files);
    }
}
