package parathink.eval;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import parathink.datasets.Question;
import parathink.models.Budget;
import parathink.models.Dialect;
import parathink.models.Provenance;
import parathink.models.SamplingParams;
import parathink.models.Templates;
import parathink.strategies.Strategies;
import parathink.strategies.Strategy;
import parathink.strategies.judges.JudgeKind;

/**
 * What a run is asked to do: everything that decides its results, and nothing else.
 *
 * @param model as given
 * @param dataset catalogue name or file
 * @param datasetSettings settings of the dataset, as typed
 * @param strategy catalogue name
 * @param strategySettings settings of the strategy, as typed
 * @param sampling how tokens are drawn; at temperature 0 for a strategy that is greedy whatever was asked
 * @param budget the most tokens a problem may take
 * @param repeats attempts at each problem, at least 1
 * @param seed names every random stream
 * @param judge the model that judges completions, as given, where it is not the one that solves
 */
public record RunSpec(
        String model,
        String dataset,
        Map<String, String> datasetSettings,
        String strategy,
        Map<String, String> strategySettings,
        SamplingParams sampling,
        OptionalLong budget,
        int repeats,
        long seed,
        Optional<String> judge) {
    private static final String JUDGE = "judge";

    public RunSpec {
        datasetSettings = Map.copyOf(datasetSettings);
        strategySettings = Strategies.named(strategy).spelledOut(strategySettings);
        sampling = Strategies.named(strategy).with(strategySettings, sampling).drawing(sampling);
        if (repeats < 1) {
            throw new IllegalArgumentException("repeats must be at least 1, got " + repeats);
        }
        budget.ifPresent(Budget::new);
        requireJudge(strategySettings.getOrDefault(JUDGE, ""), judge);
    }

    /** A run without another model as its judge. */
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
                strategy,
                strategySettings,
                sampling,
                budget,
                repeats,
                seed,
                Optional.empty());
    }

    private static void requireJudge(String kind, Optional<String> judge) {
        boolean asked = kind.equals(JudgeKind.MODEL.word());
        if (asked && judge.isEmpty()) {
            throw new IllegalArgumentException("judge=model needs a model that judges; give it with --judge MODEL");
        }
        if (!asked && judge.isPresent()) {
            throw new IllegalArgumentException(
                    "--judge %s: nothing would ask it; choose a strategy that has judges, with -S judge=model"
                            .formatted(judge.get()));
        }
    }

    /** What a run directory was asked to do. */
    public static RunSpec of(RunRecord run) {
        var settings = new Json(run.settings());
        var sampling = new Json(settings.objectOrEmpty("sampling"));
        var budget = run.settings().path("budget");
        return new RunSpec(
                run.model(),
                run.dataset(),
                settings.texts("dataset"),
                run.strategy(),
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
                run.judge());
    }

    /** The strategy with its settings. */
    Strategy solver() {
        return Strategies.named(strategy).with(strategySettings, sampling);
    }

    /** Why the strategy cannot work on such a question, if so. */
    public Optional<String> objection(Question question, Dialect dialect) {
        return solver().objection(question, dialect);
    }

    Budget tokens() {
        return budget.isPresent() ? new Budget(budget.getAsLong()) : Budget.UNLIMITED;
    }

    /** What {@code run.json} says of it. */
    RunRecord record(
            List<String> problems,
            String dataHash,
            Provenance provenance,
            Templates prompts,
            Map<String, String> program) {
        var versions = new TreeMap<>(program);
        versions.putAll(provenance.versions());
        var commit = Optional.ofNullable(versions.remove("commit"));
        return new RunRecord(
                RunRecord.Status.RUNNING,
                model,
                dataset,
                strategy,
                problems.size(),
                repeats,
                seed,
                settings(problems, provenance, prompts),
                provenance.device(),
                commit,
                versions,
                hashes(dataHash, provenance, prompts),
                provenance.size());
    }

    private static Map<String, String> hashes(String dataHash, Provenance provenance, Templates prompts) {
        var hashes = new TreeMap<>(Map.of("data", dataHash, "model", provenance.weights()));
        if (!prompts.isEmpty()) {
            hashes.put("prompts", prompts.hash());
        }
        return hashes;
    }

    private ObjectNode settings(List<String> problems, Provenance provenance, Templates prompts) {
        var settings = Json.MAPPER.createObjectNode();
        var ofStrategy = settings.putObject("strategy");
        strategySettings.forEach(ofStrategy::put);
        if (solver().isDiagnostic()) {
            settings.put(RunRecord.DIAGNOSTIC, true);
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
        provenance.recorded().ifPresent(drawn -> settings.put(RunRecord.RECORDED_MODEL, drawn));
        if (!prompts.isEmpty()) {
            var texts = settings.putObject("prompts");
            new TreeMap<>(prompts.texts()).forEach(texts::put);
        }
        judge.ifPresent(given -> settings.put(RunRecord.JUDGE_MODEL, given));
        var ids = settings.putArray("problems");
        problems.forEach(ids::add);
        return settings;
    }
}
