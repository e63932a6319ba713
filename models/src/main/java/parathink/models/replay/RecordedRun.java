package parathink.models.replay;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import parathink.models.ModelException;
import parathink.models.ModelSize;
import parathink.models.SamplingParams;

/**
 * The run that a pool comes from, as its run directory names it.
 *
 * @param completions the file with its completions
 * @param dataset name or file of its problems
 * @param datasetSettings settings of the dataset, as typed
 * @param sampling how its tokens were drawn
 * @param model that drew them
 * @param size the shape of that model, where it is known
 * @param problems what its problem lines say
 */
public record RecordedRun(
        Path completions,
        String dataset,
        Map<String, String> datasetSettings,
        SamplingParams sampling,
        String model,
        Optional<ModelSize> size,
        RecordedProblems problems) {
    private static final JsonMapper JSON = new JsonMapper();

    public RecordedRun {
        datasetSettings = Map.copyOf(datasetSettings);
    }

    /**
     * The run of a directory; nothing for a path that is no directory.
     *
     * @throws ModelException for a directory that holds no finished run
     */
    static Optional<RecordedRun> in(Path directory) {
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        var file = directory.resolve("run.json");
        if (!Files.exists(file)) {
            throw unusable("%s: no run directory, it has no run.json; a pool is one, or a .jsonl or .jsonl.gz file"
                    .formatted(directory));
        }
        try {
            return Optional.of(read(directory, JSON.readTree(file.toFile())));
        } catch (JacksonException e) {
            throw unusable("%s: not whole JSON%s; restore it".formatted(file, place(e)));
        } catch (IOException e) {
            throw unusable("%s: cannot be read (%s)".formatted(file, e.getMessage()));
        } catch (IllegalArgumentException e) {
            throw unusable("%s: %s".formatted(file, e.getMessage()));
        }
    }

    private static RecordedRun read(Path directory, JsonNode run) {
        if (!run.path("status").asText().equals("complete")) {
            throw unusable(
                    "%s: the run is not complete; the command that began it goes on with it".formatted(directory));
        }
        var settings = new LinkedHashMap<String, String>();
        run.path("settings")
                .path("dataset")
                .properties()
                .forEach(entry -> settings.put(entry.getKey(), entry.getValue().asText()));
        var sampling = run.path("settings").path("sampling");
        return new RecordedRun(
                directory.resolve("completions.jsonl"),
                run.path("dataset").asText(),
                settings,
                new SamplingParams(
                        sampling.path("temperature").asDouble(1),
                        sampling.path("top_k").asInt(0),
                        sampling.path("top_p").asDouble(1),
                        sampling.path("min_p").asDouble(0),
                        sampling.path("max_tokens").asInt(Integer.MAX_VALUE)),
                run.path("settings")
                        .path("recorded_model")
                        .asText(run.path("model").asText()),
                run.has("model_size") ? Optional.of(size(run.path("model_size"))) : Optional.empty(),
                RecordedProblems.in(directory));
    }

    private static ModelSize size(JsonNode size) {
        return new ModelSize(
                size.path("parameters").asLong(),
                size.path("layers").asInt(),
                size.path("hidden").asInt(),
                size.path("key_value").asInt(),
                size.path("intermediate").asInt());
    }

    private static String place(JacksonException e) {
        return e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
    }

    private static ModelException unusable(String message) {
        return new ModelException(ModelException.Kind.UNUSABLE, message);
    }
}
