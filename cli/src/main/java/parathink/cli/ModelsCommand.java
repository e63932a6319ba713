package parathink.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import parathink.datasets.NearestName;
import parathink.eval.pool.PoolDataset;
import parathink.eval.text.Terminal;
import parathink.models.onnx.CachedWeights;
import parathink.models.onnx.Device;
import parathink.models.onnx.EmbeddedModel;
import parathink.models.onnx.WeightCache;
import parathink.models.replay.Pool;
import parathink.models.replay.PoolProblem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints the catalogue of models, or loads one and prints what it is. */
@Command(
        name = "models",
        description =
                "List the models that have a name and the weights that are kept, or load one and show what it is.",
        footer = {"  parathink models", "  parathink models mini12 --json"})
final class ModelsCommand implements Subcommand {
    private static final String DESCRIPTION =
            "Trained on Countdown and whole-number arithmetic, and good at nothing else; in the jar, the default.";

    private final Environment environment;

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "The model to show.")
    private Optional<String> name = Optional.empty();

    @Mixin(name = "Runtime")
    private RuntimeOptions runtime;

    @Mixin(name = "General")
    private CommonOptions common;

    ModelsCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public ExitCode run() {
        var pool = name.flatMap(PoolDataset::path);
        if (pool.isPresent()) {
            var described = pool(pool.get());
            environment.out().print(common.json ? Json.line(described) + "\n" : facts(described));
            return ExitCode.DONE;
        }
        var entry = Json.object();
        entry.put("name", EmbeddedModel.NAME);
        entry.put("source", "embedded");
        entry.put("bytes", EmbeddedModel.size());
        entry.put("description", DESCRIPTION);
        name.ifPresent(typed -> describe(typed, entry));
        environment.out().print(common.json ? Json.line(entry) + "\n" : text(entry));
        if (name.isEmpty()) {
            var cache = WeightCache.in(environment.cache(), note -> {});
            environment.out().print(common.json ? keptLines(cache) : keptText(cache));
        }
        return ExitCode.DONE;
    }

    private static String keptLines(WeightCache cache) {
        var lines = new StringBuilder();
        for (var kept : cache.list()) {
            var line = Json.object();
            line.put("name", kept.model());
            line.put("source", "kept weights");
            line.put("mode", kept.mode());
            line.put("bytes", kept.bytes());
            line.put("file", kept.file().toString());
            lines.append(Json.line(line)).append('\n');
        }
        return lines.toString();
    }

    private String keptText(WeightCache cache) {
        var all = cache.list();
        if (all.isEmpty()) {
            return "";
        }
        var table = new TextTable(environment.terminal().columns());
        for (var kept : all) {
            table.row(
                    Terminal.printable(kept.model()),
                    Terminal.printable(kept.mode()),
                    mebibytes(kept.bytes()),
                    kept.file().getFileName().toString());
        }
        long bytes = all.stream().mapToLong(CachedWeights::bytes).sum();
        return "%nWeights kept for later starts, %s; delete any or all of %s to free the room, they are made again when needed%n%s"
                .formatted(mebibytes(bytes), Terminal.printable(cache.folder().toString()), table.text());
    }

    private static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MiB", bytes / 1048576.0);
    }

    /** What is in a pool of recorded completions. */
    private ObjectNode pool(Path path) {
        try (var pool = Pool.open(environment.folder().resolve(path))) {
            var problems = pool.problems();
            var described = Json.object();
            described.put("name", PoolDataset.PREFIX + path);
            described.put("source", pool.run().isPresent() ? "run directory" : "file");
            described.put("problems", problems.size());
            described.put("completions", pool.completions());
            described.put(
                    "fewest_a_problem",
                    problems.stream().mapToInt(PoolProblem::completions).min().orElseThrow());
            described.put("most_a_problem", pool.largest());
            described.put("estimated", pool.estimated());
            described.put(
                    "with_question",
                    problems.stream()
                            .filter(problem -> problem.question().isPresent())
                            .count());
            described.put(
                    "with_reference",
                    problems.stream()
                            .filter(problem -> problem.reference().isPresent())
                            .count());
            described.put("sha256", pool.fingerprint());
            return described;
        }
    }

    private void describe(String typed, ObjectNode entry) {
        if (!typed.equals(EmbeddedModel.NAME)) {
            throw new IllegalArgumentException("there is no model '%s'; %s"
                    .formatted(typed, NearestName.hint(typed, List.of(EmbeddedModel.NAME))));
        }
        var settings = runtime.settings(environment, Device.CPU);
        try (var model = EmbeddedModel.open(EmbeddedModel.DEFAULT_MODE, settings)) {
            entry.put("weights", model.provenance().weights());
            entry.put("device", model.provenance().device());
            entry.put("context", model.contextLength());
            entry.put("vocabulary", model.vocabularySize());
            entry.put("temperature", model.defaults().temperature());
            entry.put("max_tokens", model.defaults().maxTokens());
        }
    }

    private String facts(ObjectNode entry) {
        var table = new TextTable(environment.terminal().columns());
        entry.properties()
                .forEach(fact -> table.row(fact.getKey(), fact.getValue().asText()));
        return table.text();
    }

    private String text(ObjectNode entry) {
        if (name.isPresent()) {
            return facts(entry);
        }
        var table = new TextTable(environment.terminal().columns());
        var size = mebibytes(entry.get("bytes").asLong());
        table.row(entry.get("name").asText(), "embedded", size, DESCRIPTION);
        table.row("replay:PATH", "pool", "", "Recorded completions: a run directory, or a .jsonl or .jsonl.gz file.");
        table.row(
                "FOLDER",
                "decoder",
                "",
                "config.json, *.safetensors, tokenizer.json: llama, mistral, qwen2 or qwen3, also ParaThinker's.");
        table.row("FILE.onnx", "decoder", "", "A decoder with past key values, its tokenizer.json beside it.");
        return table.text();
    }
}
