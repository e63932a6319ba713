package parathink.models.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import parathink.models.ModelException;
import parathink.models.Prompt;
import parathink.models.SamplingParams;

/**
 * The small reasoning model in our own jar: 12.6 million parameters, one token a character, trained on Countdown and
 * integer arithmetic and nothing else. It was trained on bare problems, so its template leaves a prompt's instruction
 * out.
 */
public final class EmbeddedModel {
    /** The name shown in reports. */
    public static final String NAME = "mini12";

    /** The numeric path used when none is asked for: the fastest one, at no loss of accuracy that could be measured. */
    public static final NumericMode DEFAULT_MODE = NumericMode.FAST;

    private static final String FOLDER = "/parathink/models/mini12/";
    private static final SamplingParams SAMPLING = new SamplingParams(0.7, 0, 1, 0, 420);

    private EmbeddedModel() {}

    /** Loads the model; the caller closes it. */
    public static OnnxModel open(NumericMode mode, OrtSettings settings) {
        var config = config();
        var card = new ModelCard(
                NAME,
                "sha256:" + new String(resource("weights.sha256"), StandardCharsets.US_ASCII).strip(),
                new ByteTokenizer(),
                EmbeddedModel::render,
                new EmbeddedDialect(),
                SAMPLING,
                Set.of(ByteTokenizer.END),
                config.context());
        // its prompts are short and its caches small: a copy costs less than one more node in every layer
        return OnnxModel.of(card, config, weights(), mode, settings, OptionalInt.empty());
    }

    static DecoderConfig config() {
        return DecoderConfig.read(json("config.json"), NAME + "/config.json");
    }

    static Weights weights() {
        Map<String, MemorySegment> shards = new LinkedHashMap<>();
        for (var file : json("model.safetensors.index.json").path("weight_map")) {
            shards.computeIfAbsent(file.asText(), name -> MemorySegment.ofArray(resource(name)));
        }
        return new Safetensors(shards);
    }

    /** Size of its weights as they are shipped, in bytes. */
    public static long size() {
        var files = new HashSet<String>();
        json("model.safetensors.index.json").path("weight_map").forEach(file -> files.add(file.asText()));
        return files.stream().mapToLong(file -> resource(file).length).sum();
    }

    /** The form the model was trained on: the problem alone, then room to think. */
    static String render(Prompt prompt) {
        return prompt.raw() ? prompt.text() : "<bos>" + prompt.text() + "<think>";
    }

    private static JsonNode json(String name) {
        try {
            return new JsonMapper().readTree(resource(name));
        } catch (IOException e) {
            throw damaged(name, e);
        }
    }

    private static byte[] resource(String name) {
        try (var in = EmbeddedModel.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new ModelException(
                        ModelException.Kind.MISSING,
                        "the embedded model is not on the class path: no " + FOLDER + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw damaged(name, e);
        }
    }

    private static ModelException damaged(String name, IOException e) {
        return new ModelException(
                ModelException.Kind.MISSING, "the embedded model's %s cannot be read: %s".formatted(name, e), e);
    }
}
