package parathink.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.zip.CRC32;
import parathink.datasets.Dataset;
import parathink.datasets.Problem;
import parathink.eval.run.RunSpec;
import parathink.eval.text.Terminal;
import parathink.models.Engine;
import parathink.models.Prompt;

/** Everything that decides what a run does, before it is done. */
record RunPlan(RunSpec spec, Dataset problems, Engine engine) {

    /** The folder of a run that was given none: the same settings lead to the same one, so that the same command goes on there. */
    Path folder() {
        var sum = new CRC32();
        sum.update(settings().toString().getBytes(StandardCharsets.UTF_8));
        var dataset = Path.of(spec.dataset()).getFileName().toString().replaceAll("[^A-Za-z0-9._-]", "_");
        return Path.of(
                "runs",
                "%s-%s-%s".formatted(dataset, spec.strategy(), HexFormat.of().toHexDigits((int) sum.getValue())));
    }

    ObjectNode json(Path folder) {
        var plan = settings()
                .put("out", folder.toString())
                .put("attempts", (long) problems.problems().size() * spec.repeats());
        var first = problems.problems().getFirst().question();
        engine.template()
                .ifPresent(known ->
                        plan.put("first_prompt", engine.render(Prompt.user(first.asked(), first.instruction()))));
        return plan;
    }

    String terminal(Path folder, int columns) {
        var table = new TextTable(columns);
        json(folder)
                .properties()
                .forEach(entry -> table.row(
                        entry.getKey(),
                        entry.getValue().isArray()
                                ? ids()
                                : entry.getValue().isValueNode()
                                        ? Terminal.printable(entry.getValue().asText())
                                        : entry.getValue().toString()));
        return table.text();
    }

    private String ids() {
        var ids = problems.problems();
        return ids.size() == 1
                ? "1: " + ids.getFirst().id()
                : "%d: %s … %s"
                        .formatted(
                                ids.size(), ids.getFirst().id(), ids.getLast().id());
    }

    private void putTemplate(ObjectNode plan) {
        engine.template().ifPresent(known -> {
            plan.put("chat_template", known.hash());
            if (!known.options().isEmpty()) {
                known.options().forEach(plan.putObject("template_options")::put);
            }
        });
    }

    private ObjectNode settings() {
        var plan = Json.object();
        plan.put("model", spec.model());
        plan.put("device", engine.provenance().device());
        plan.put("dataset", spec.dataset());
        new TreeMap<>(spec.datasetSettings()).forEach(plan.putObject("dataset_settings")::put);
        plan.put("strategy", spec.strategy());
        new TreeMap<>(spec.strategySettings()).forEach(plan.putObject("strategy_settings")::put);
        spec.entry().plugin().ifPresent(jar -> plan.put("plugin", jar.sha256()));
        engine.provenance().versions().forEach((name, version) -> {
            if (name.startsWith("reward") || name.startsWith("judge")) {
                plan.put(name, version);
            }
        });
        plan.putObject("sampling")
                .put("temperature", spec.sampling().temperature())
                .put("top_k", spec.sampling().topK())
                .put("top_p", spec.sampling().topP())
                .put("min_p", spec.sampling().minP())
                .put("max_tokens", spec.sampling().maxTokens());
        spec.budget().ifPresentOrElse(tokens -> plan.put("budget", tokens), () -> plan.put("budget", "no limit"));
        var prompts = engine.dialect().templates();
        if (!prompts.isEmpty()) {
            plan.put("prompts", prompts.hash());
        }
        putTemplate(plan);
        spec.judge().ifPresent(judge -> plan.put("judge", judge));
        if (spec.checkpointTokens() > 0) {
            plan.put("checkpoint_tokens", spec.checkpointTokens());
        }
        plan.put("repeats", spec.repeats());
        plan.put("seed", spec.seed());
        var ids = plan.putArray("problems");
        problems.problems().stream().map(Problem::id).forEach(ids::add);
        return plan;
    }
}
