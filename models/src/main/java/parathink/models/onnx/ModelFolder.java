package parathink.models.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Stream;
import parathink.models.ChatDialect;
import parathink.models.ChatTemplate;
import parathink.models.Dialect;
import parathink.models.ModelException;
import parathink.models.tokenizer.TokenizerFolder;

/**
 * Opens a folder in Hugging Face's layout: {@code config.json}, weights in safetensors and {@code tokenizer.json}. The
 * graph is ours, so that the model computes in every {@link NumericMode}. Weights with a table of thought embeddings in
 * each layer are those of ParaThinker (Wen et al., 2025) and get its prompt.
 */
public final class ModelFolder {
    /** The numeric path used when none is asked for: the faster of the two that lose next to nothing. */
    public static final NumericMode DEFAULT_MODE = NumericMode.FAITHFUL;

    private static final String CONFIG = "config.json";

    /** Named in the keys of kept weights: to be changed with what a mode rounds to. */
    private static final String ROUNDING = "1";

    private static final int KEY_DIGITS = 32;

    private ModelFolder() {}

    /**
     * Loads the model; the caller closes it. Its weights are rounded or widened once and kept below the cache folder.
     *
     * @param notes takes lines for the user: that weights are kept, or why they are not
     * @throws ModelException when a file is missing or cannot be used, the family is not known, or the machine is too small
     */
    public static OnnxModel open(Path folder, NumericMode mode, OrtSettings settings, Consumer<String> notes) {
        return open(folder, mode, settings, notes, MachineMemory.here());
    }

    /** As above, without a word. */
    public static OnnxModel open(Path folder, NumericMode mode, OrtSettings settings) {
        return open(folder, mode, settings, note -> {});
    }

    static OnnxModel open(
            Path folder, NumericMode mode, OrtSettings settings, Consumer<String> notes, MachineMemory memory) {
        var file = folder.resolve(CONFIG);
        if (!Files.isRegularFile(file)) {
            throw new ModelException(
                    ModelException.Kind.MISSING,
                    "%s: no %s in it; a model folder has %s, *.safetensors and tokenizer.json"
                            .formatted(folder, CONFIG, CONFIG));
        }
        var config = DecoderConfig.read(json(file), file.toString());
        var texts = TokenizerFolder.in(folder);
        try (var arena = Arena.ofShared()) {
            var shards = WeightFiles.in(folder);
            var weights = new Safetensors(shards.map(arena));
            int segments =
                    weights.rows("model.layers.0.self_attn." + Shifts.TABLE).orElse(0);
            var shape = shape(config, segments, folder);
            var processor = Processor.here();
            // nothing is read or worked out yet: a graph knows what it will need
            var graph = graph(shape, weights, mode, processor);
            memory.require(
                    folder.toString(),
                    mode,
                    other -> graph(shape, weights, other, processor).bytes());
            var files = new ArrayList<>(List.of(file));
            files.addAll(shards.files());
            var card = new ModelCard(
                    folder.toAbsolutePath().normalize().getFileName().toString(),
                    KnownHashes.in(settings.cacheFolder()).of(files),
                    texts.tokenizer(),
                    template(segments, texts),
                    dialect(segments, texts),
                    texts.defaults(),
                    texts.endTokens().ids(),
                    shape.context());
            var least = OnnxModel.leastShared(shape);
            var numbers = numbers(mode, processor, least);
            var about = about(card, mode, numbers, graph);
            var cache = WeightCache.in(settings.cacheFolder(), notes);
            return OnnxModel.of(card, shape, graph, numbers, () -> cache.open(graph, about), least, settings);
        }
    }

    private static DecoderConfig shape(DecoderConfig config, int segments, Path folder) {
        try {
            return config.withSegments(segments);
        } catch (IllegalArgumentException e) {
            throw new ModelException(ModelException.Kind.UNUSABLE, folder + ": " + e.getMessage(), e);
        }
    }

    private static OnnxGraph graph(DecoderConfig shape, Weights weights, NumericMode mode, Processor processor) {
        return switch (mode) {
            case EXACT, FAITHFUL -> written(shape, weights, mode, processor);
            case FAST -> written(shape.untied(), new RotatedWeights(weights, shape), mode, processor);
        };
    }

    private static OnnxGraph written(DecoderConfig shape, Weights weights, NumericMode mode, Processor processor) {
        return OnnxModel.leastShared(shape).isPresent()
                ? DecoderGraph.sharing(shape, weights, mode, processor)
                : DecoderGraph.of(shape, weights, mode, processor);
    }

    private static String numbers(NumericMode mode, Processor processor, OptionalInt least) {
        return switch (mode) {
            case EXACT, FAITHFUL -> OnnxModel.numbers(mode, processor, least);
            case FAST -> OnnxModel.numbers(mode, processor, least) + ", rotated";
        };
    }

    private static ConstantsFile.About about(ModelCard card, NumericMode mode, String numbers, OnnxGraph graph) {
        var words = Stream.concat(
                Stream.of(ROUNDING, card.weights(), numbers),
                graph.constants().stream().map(Constant::toString));
        var key = WeightsHash.ofWords(words.toList()).substring(0, KEY_DIGITS);
        return new ConstantsFile.About(key, card.name(), mode.word());
    }

    private static ChatTemplate template(int segments, TokenizerFolder texts) {
        return segments > 0 ? new ThinkingTemplate(texts.tokenizer().opening()) : texts.template();
    }

    private static Dialect dialect(int segments, TokenizerFolder texts) {
        if (segments == 0) {
            return ChatDialect.BUILT_IN;
        }
        int paths = ThoughtTokens.of(texts.tokenizer(), segments, texts.folder().toString())
                .opening()
                .size();
        return ChatDialect.thinking(new ParaThinkerTexts(paths)::of);
    }

    private static JsonNode json(Path file) {
        try {
            return new JsonMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new ModelException(
                    ModelException.Kind.UNUSABLE,
                    "%s: cannot be read: %s"
                            .formatted(
                                    file,
                                    String.valueOf(e.getMessage())
                                            .lines()
                                            .findFirst()
                                            .orElse("")),
                    e);
        }
    }
}
