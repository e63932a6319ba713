package parathink.eval.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import parathink.models.ModelSize;
import parathink.strategies.Decision;

/**
 * What {@code run.json} holds: everything that decided what the run did, and nothing that depends on the clock.
 *
 * @param model as given
 * @param dataset name or file
 * @param strategy name
 * @param problems problems the whole run has
 * @param repeats attempts at each problem
 * @param seed the run's seed
 * @param settings every other setting, spelled out
 * @param device what computed it
 * @param commit of this program, where known
 * @param versions by component
 * @param hashes of model and data
 * @param size the shape of the model, where it is known
 */
public record RunRecord(
        Status status,
        String model,
        String dataset,
        String strategy,
        int problems,
        int repeats,
        long seed,
        ObjectNode settings,
        String device,
        Optional<String> commit,
        Map<String, String> versions,
        Map<String, String> hashes,
        Optional<ModelSize> size) {

    /** The setting of a replay that names the model which drew the pool. */
    public static final String RECORDED_MODEL = "recorded_model";

    /** The setting of a run that names the model which judges. */
    public static final String JUDGE_MODEL = "judge_model";

    /** The setting that says that the strategy was told which answers are right. */
    public static final String DIAGNOSTIC = "diagnostic";

    /** The setting, and the hash, of the chat template that the model brought. */
    public static final String CHAT_TEMPLATE = "chat_template";

    /** The setting that says what makes one answer of the completions, where they do not vote. */
    public static final String DECISION = "decision";

    private static final String REPLAY = "replay:";

    /** Whether the run has reached its end. */
    public enum Status {
        RUNNING,
        COMPLETE,
        INTERRUPTED;

        /** The word used in files. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public RunRecord {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(dataset, "dataset");
        Objects.requireNonNull(strategy, "strategy");
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(commit, "commit");
        Objects.requireNonNull(size, "size");
        if (problems < 1 || repeats < 1) {
            throw new IllegalArgumentException(
                    "a run has at least 1 problem and 1 repeat, got %d and %d".formatted(problems, repeats));
        }
        if ((long) problems * repeats > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "%d problems with %d repeats are more attempts than a run can have (2^31)"
                            .formatted(problems, repeats));
        }
        settings = settings.deepCopy();
        versions = ordered(versions);
        hashes = ordered(hashes);
    }

    /** A run of a model whose shape is not known. */
    public RunRecord(
            Status status,
            String model,
            String dataset,
            String strategy,
            int problems,
            int repeats,
            long seed,
            ObjectNode settings,
            String device,
            Optional<String> commit,
            Map<String, String> versions,
            Map<String, String> hashes) {
        this(
                status,
                model,
                dataset,
                strategy,
                problems,
                repeats,
                seed,
                settings,
                device,
                commit,
                versions,
                hashes,
                Optional.empty());
    }

    private static Map<String, String> ordered(Map<String, String> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /** The same run in another state. */
    public RunRecord with(Status other) {
        return new RunRecord(
                other, model, dataset, strategy, problems, repeats, seed, settings, device, commit, versions, hashes,
                size);
    }

    /** Whether recorded completions were replayed: their clock is not that of a model. */
    public boolean isReplay() {
        return model.startsWith(REPLAY);
    }

    /** The model that drew the tokens: of a replay the one that made the pool, where that is known. */
    public String originalModel() {
        return settings.path(RECORDED_MODEL).asText(model);
    }

    /** The model that judged completions, as given, where it was not the one that solved. */
    public Optional<String> judge() {
        return new Json(settings).optionalText(JUDGE_MODEL);
    }

    /** Whether its strategy was told which answers are right, so that it is no method to compare others with. */
    public boolean isDiagnostic() {
        return settings.path(DIAGNOSTIC).asBoolean(false);
    }

    /** What made one answer of the completions. */
    public Decision decision() {
        return Decision.of(settings.path(DECISION).asText(Decision.VOTE.word()));
    }

    /** The strategy as reports name it, with a word for one that is no method. */
    public String strategyName() {
        return isDiagnostic() ? strategy + " (diagnosis)" : strategy;
    }

    /** The chat template that rendered its prompts, where the model brought one. */
    public Optional<RecordedTemplate> template() {
        var fields = new Json(settings);
        return fields.has(CHAT_TEMPLATE)
                ? Optional.of(RecordedTemplate.read(fields.child(CHAT_TEMPLATE)))
                : Optional.empty();
    }

    /** Instructions of the user's own that its strategy asked with, by name. */
    public Map<String, String> prompts() {
        return new Json(settings).texts("prompts");
    }

    /** The dataset without the folders and endings of a file. */
    public String datasetName() {
        return withoutFolders(dataset);
    }

    /** The model without the folders and endings of a file; {@code replayed} for a pool. */
    public String modelName() {
        return isReplay() ? "replayed" : withoutFolders(model);
    }

    private static String withoutFolders(String name) {
        var path = name.startsWith(REPLAY) ? name.substring(REPLAY.length()) : name;
        return path.replaceAll("/+$", "")
                .replaceFirst("^.*/", "")
                .replaceFirst("\\.gz$", "")
                .replaceFirst("\\.(jsonl|json|csv|parquet|onnx)$", "");
    }

    /** Lines that {@code problems.jsonl} has when the run is complete. */
    public int attempts() {
        return problems * repeats; // checked above
    }

    public ObjectNode toJson() {
        var json = Json.MAPPER.createObjectNode();
        json.put("status", status.word());
        json.put("model", model);
        json.put("dataset", dataset);
        json.put("strategy", strategy);
        json.put("problems", problems);
        json.put("repeats", repeats);
        json.put("seed", seed);
        json.set("settings", settings.deepCopy());
        json.put("device", device);
        json.put("commit", commit.orElse(null));
        var versionsNode = json.putObject("versions");
        versions.forEach(versionsNode::put);
        var hashesNode = json.putObject("hashes");
        hashes.forEach(hashesNode::put);
        size.ifPresent(shape -> json.putObject("model_size")
                .put("parameters", shape.parameters())
                .put("layers", shape.layers())
                .put("hidden", shape.hidden())
                .put("key_value", shape.keyValueWidth())
                .put("intermediate", shape.intermediate()));
        return json;
    }

    /**
     * Reads {@code run.json}; fields that are not known are ignored.
     *
     * @throws IllegalArgumentException naming the field that is missing or wrong
     */
    public static RunRecord read(JsonNode json) {
        var fields = new Json(json);
        return new RunRecord(
                fields.word("status", Status.class),
                fields.text("model"),
                fields.text("dataset"),
                fields.text("strategy"),
                fields.integer("problems"),
                fields.integer("repeats"),
                fields.whole("seed"),
                fields.objectOrEmpty("settings"),
                fields.text("device"),
                fields.optionalText("commit"),
                fields.texts("versions"),
                fields.texts("hashes"),
                fields.has("model_size") ? Optional.of(size(fields.child("model_size"))) : Optional.empty());
    }

    private static ModelSize size(Json fields) {
        return new ModelSize(
                fields.whole("parameters"),
                fields.integer("layers"),
                fields.integer("hidden"),
                fields.integer("key_value"),
                fields.integer("intermediate"));
    }
}
