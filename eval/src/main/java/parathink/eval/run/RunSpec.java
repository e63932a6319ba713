package parathink.eval.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import parathink.datasets.Question;
import parathink.eval.directory.Json;
import parathink.eval.directory.RecordedTemplate;
import parathink.eval.directory.RunRecord;
import parathink.models.Budget;
import parathink.models.Dialect;
import parathink.models.Provenance;
import parathink.models.SamplingParams;
import parathink.models.Templates;
import parathink.strategies.Decision;
import parathink.strategies.PluginJar;
import parathink.strategies.Strategies;
import parathink.strategies.Strategy;
import parathink.strategies.StrategyCatalogue;
import parathink.strategies.StrategyEntry;

/**
 * What a run is asked to do: everything that decides its results, and nothing else.
 *
 * @param model as given
 * @param dataset catalogue name or file
 * @param datasetSettings settings of the dataset, as typed
 * @param entry the strategy's line of the catalogue
 * @param strategySettings settings of the strategy, as typed
 * @param sampling how tokens are drawn; at temperature 0 for a strategy that is greedy whatever was asked
 * @param budget the most tokens a problem may take
 * @param repeats attempts at each problem, at least 1
 * @param seed names every random stream
 * @param judge the model that judges completions, as given, where it is not the one that solves
 * @param checkpointTokens tokens after which a local model's completions are saved and read again; 0 for never
 */
public record RunSpec(
        String model,
        String dataset,
        Map<String, String> datasetSettings,
        StrategyEntry entry,
        Map<String, String> strategySettings,
        SamplingParams sampling,
        OptionalLong budget,
        int repeats,
        long seed,
        Optional<String> judge,
        int checkpointTokens) {
    private static final String CHECKPOINT_TOKENS = "checkpoint_tokens"; // in run.json
    private static final String PLUGIN = "plugin"; // in run.json
    private static final String SETTING = "setting."; // before the name of a setting in the hashes

    public RunSpec {
        datasetSettings = Map.copyOf(datasetSettings);
        strategySettings = entry.spelledOut(strategySettings);
        var asked = entry.with(strategySettings, sampling);
        sampling = asked.drawing(sampling);
        if (repeats < 1) {
            throw new IllegalArgumentException("repeats must be at least 1, got " + repeats);
        }
        budget.ifPresent(Budget::new);
        requireJudge(asked.asksJudge(), judge);
    }

    private static void requireJudge(boolean asked, Optional<String> judge) {
        if (asked && judge.isEmpty()) {
            throw new IllegalArgumentException("judge=model needs a model that judges; give it with --judge MODEL");
        }
        if (!asked && judge.isPresent()) {
            throw new IllegalArgumentException(
                    "--judge %s: nothing would ask it; choose a strategy that has judges, with -S judge=model"
                            .formatted(judge.get()));
        }
    }

    /** A run of a built-in strategy, by its name, without another model as its judge. */
    public RunSpec(
            String model,
            String dataset,
            Map<String, String> datasetSettings,
            String strategy,
            Map<String, String> strategySettings,
            SamplingParams sampling,
            OptionalLong budget,
            int repeats,
            long seed) {
        this(
                model,
                dataset,
                datasetSettings,
                Strategies.named(strategy),
                strategySettings,
                sampling,
                budget,
                repeats,
                seed,
                Optional.empty(),
                0);
    }

    /** The strategy's name. */
    public String strategy() {
        return entry.name();
    }

    /**
     * What a run directory was asked to do.
     *
     * @throws IllegalArgumentException when its strategy is not in the catalogue, or came from another jar
     */
    public static RunSpec of(RunRecord run, StrategyCatalogue catalogue) {
        var entry = catalogue.named(run.strategy());
        var jar = run.hashes().getOrDefault(PLUGIN, "");
        if (!jar.equals(entry.plugin().map(PluginJar::sha256).orElse(""))) {
            throw new IllegalArgumentException("strategy '%s' of this run came from %s (SHA-256 %s), here it is %s"
                    .formatted(
                            run.strategy(), run.settings().path(PLUGIN).asText("this program"), jar, entry.origin()));
        }
        var settings = new Json(run.settings());
        var sampling = new Json(settings.objectOrEmpty("sampling"));
        var budget = run.settings().path("budget");
        var spec = new RunSpec(
                run.model(),
                run.dataset(),
                settings.texts("dataset"),
                entry,
                settings.texts("strategy"),
                new SamplingParams(
                        sampling.number("temperature"),
                        sampling.integer("top_k"),
                        sampling.number("top_p"),
                        sampling.number("min_p"),
                        sampling.integer("max_tokens")),
                budget.isNumber() ? OptionalLong.of(budget.asLong()) : OptionalLong.empty(),
                run.repeats(),
                run.seed(),
                run.judge(),
                run.settings().path(CHECKPOINT_TOKENS).asInt());
        requireSame(run, spec.solver().hashes());
        return spec;
    }

    /** Refuses files that its settings name and that have changed since. */
    private static void requireSame(RunRecord run, Map<String, String> hashes) {
        var names = new TreeSet<>(hashes.keySet());
        run.hashes().keySet().stream()
                .filter(name -> name.startsWith(SETTING))
                .forEach(name -> names.add(name.substring(SETTING.length())));
        for (var name : names) {
            var before = run.hashes().getOrDefault(SETTING + name, "none");
            var now = hashes.getOrDefault(name, "none");
            if (!before.equals(now)) {
                throw new IllegalArgumentException(
                        "setting '%s' of this run named other contents (SHA-256 %s there, %s here)"
                                .formatted(name, before, now));
            }
        }
    }

    /** The strategy with its settings. */
    public Strategy solver() {
        return entry.with(strategySettings, sampling);
    }

    /** Why the strategy cannot work on such a question, or with a model that is asked in these forms, if so. */
    public Optional<String> objection(Question question, Dialect dialect) {
        return solver().objection(question, dialect);
    }

    /** Whether the strategy is told which answers are right. */
    public boolean isDiagnostic() {
        return solver().isDiagnostic();
    }

    public Budget tokens() {
        return budget.isPresent() ? new Budget(budget.getAsLong()) : Budget.UNLIMITED;
    }

    /** What {@code run.json} says of it. */
    RunRecord record(
            List<String> problems,
            String dataHash,
            Provenance provenance,
            Templates prompts,
            Optional<RecordedTemplate> template,
            Map<String, String> program) {
        var versions = new TreeMap<>(program);
        versions.putAll(provenance.versions());
        var commit = Optional.ofNullable(versions.remove("commit"));
        return new RunRecord(
                RunRecord.Status.RUNNING,
                model,
                dataset,
                entry.name(),
                problems.size(),
                repeats,
                seed,
                settings(problems, provenance, prompts, template),
                provenance.device(),
                commit,
                versions,
                hashes(dataHash, provenance, prompts, template),
                provenance.size());
    }

    private Map<String, String> hashes(
            String dataHash, Provenance provenance, Templates prompts, Optional<RecordedTemplate> template) {
        var hashes = new TreeMap<>(Map.of("data", dataHash, "model", provenance.weights()));
        entry.plugin().ifPresent(jar -> hashes.put(PLUGIN, jar.sha256()));
        solver().hashes().forEach((setting, hash) -> hashes.put(SETTING + setting, hash));
        if (!prompts.isEmpty()) {
            hashes.put("prompts", prompts.hash());
        }
        template.ifPresent(
                known -> hashes.put(RunRecord.CHAT_TEMPLATE, known.template().hash()));
        return hashes;
    }

    private ObjectNode settings(
            List<String> problems, Provenance provenance, Templates prompts, Optional<RecordedTemplate> template) {
        var settings = Json.MAPPER.createObjectNode();
        var ofStrategy = settings.putObject("strategy");
        strategySettings.forEach(ofStrategy::put);
        if (isDiagnostic()) {
            settings.put(RunRecord.DIAGNOSTIC, true);
        }
        var decision = solver().decision();
        if (decision != Decision.VOTE) { // the usual one is not spelled out
            settings.put(RunRecord.DECISION, decision.word());
        }
        var ofDataset = settings.putObject("dataset");
        new TreeMap<>(datasetSettings).forEach(ofDataset::put);
        var ofSampling = settings.putObject("sampling");
        ofSampling.put("temperature", sampling.temperature());
        ofSampling.put("top_k", sampling.topK());
        ofSampling.put("top_p", sampling.topP());
        ofSampling.put("min_p", sampling.minP());
        ofSampling.put("max_tokens", sampling.maxTokens());
        budget.ifPresentOrElse(tokens -> settings.put("budget", tokens), () -> settings.putNull("budget"));
        entry.plugin().ifPresent(jar -> settings.put(PLUGIN, jar.name()));
        provenance.recorded().ifPresent(drawn -> settings.put(RunRecord.RECORDED_MODEL, drawn));
        if (!prompts.isEmpty()) {
            var texts = settings.putObject("prompts");
            new TreeMap<>(prompts.texts()).forEach(texts::put);
        }
        template.ifPresent(known -> settings.set(RunRecord.CHAT_TEMPLATE, known.toJson()));
        judge.ifPresent(given -> settings.put(RunRecord.JUDGE_MODEL, given));
        if (checkpointTokens > 0) {
            settings.put(CHECKPOINT_TOKENS, checkpointTokens);
        }
        var ids = settings.putArray("problems");
        problems.forEach(ids::add);
        return settings;
    }
}
