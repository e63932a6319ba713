package parathink.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import parathink.datasets.Dataset;
import parathink.eval.directory.RecordedTemplate;
import parathink.eval.directory.RunDirectory;
import parathink.eval.pool.PoolDataset;
import parathink.eval.run.RunSpec;
import parathink.eval.run.Verification;
import parathink.eval.text.Terminal;
import parathink.models.Engine;
import parathink.models.TemplateText;
import parathink.models.replay.Pool;
import parathink.models.replay.ReplayEngine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Generates some completions of a run again and compares them with what the run recorded. */
@Command(
        name = "verify",
        description = {
            "Generate some completions of a run again and compare them token by token.",
            "Each is generated alone and in other company. Ends with 3 when one comes out otherwise."
        },
        footer = "  parathink verify runs/first --sample 8")
final class VerifyCommand implements Subcommand {
    private final Environment environment;

    @Parameters(paramLabel = "DIR", description = "A run directory.")
    private Path path;

    @Option(
            names = "--sample",
            paramLabel = "N",
            converter = Numbers.Positive.class,
            defaultValue = "8",
            description = "Completions to generate again (default: ${DEFAULT-VALUE}).")
    private int sample;

    @Option(
            names = "--seed",
            paramLabel = "N",
            converter = Numbers.SeedNumber.class,
            defaultValue = "0",
            description = "Chooses which (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin(name = "Model")
    private ModelOptions model;

    @Mixin(name = "Prompts")
    private PromptOptions prompts;

    @Mixin(name = "Reward")
    private RewardOptions reward;

    @Mixin(name = "Plug-ins")
    private PluginOptions plugins;

    @Mixin(name = "Judge")
    private JudgeOptions judge;

    @Mixin(name = "General")
    private CommonOptions common;

    VerifyCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public ExitCode run() {
        var directory = RunDirectory.read(environment.folder().resolve(path)).whole();
        try (var known = plugins.open(environment)) {
            return verify(directory, RunSpec.of(directory.run(), known.catalogue()));
        }
    }

    private ExitCode verify(RunDirectory directory, RunSpec spec) {
        if (!judge.model().equals(spec.judge())) {
            throw new IllegalArgumentException("%s was made with %s; give the same"
                    .formatted(path, spec.judge().map("--judge %s"::formatted).orElse("no --judge")));
        }
        if (!model.model().equals(spec.model())) {
            throw new IllegalArgumentException("%s was made with --model %s; give that".formatted(path, spec.model()));
        }
        var problems = new RecordedDataset(directory, spec, environment.data(), environment.folder()).load();
        try (var engine = reward.over(
                judge.join(open(problems, spec.checkpointTokens()), model, environment),
                model.runtime(),
                environment)) {
            var device = engine.provenance().device();
            if (!device.equals(directory.run().device())) {
                throw new IllegalArgumentException(
                        "%s was computed on '%s', this would be '%s'; give its --device and --mode"
                                .formatted(path, directory.run().device(), device));
            }
            var asked = directory.run().prompts();
            if (!engine.dialect().templates().texts().equals(asked)) {
                throw new IllegalArgumentException("%s was made with %s; give the same"
                        .formatted(path, asked.isEmpty() ? "no --prompts" : "--prompts that say something else"));
            }
            requireTemplate(directory, engine);
            return print(Verification.of(directory, spec, problems, engine, sample, seed));
        }
    }

    /** The prompts must be those of the run. */
    private void requireTemplate(RunDirectory directory, Engine engine) {
        var before = directory.run().template().map(RecordedTemplate::template);
        var now = engine.template();
        if (before.equals(now)) {
            return;
        }
        var options = before.map(TemplateText::options).orElse(Map.of());
        boolean others = !options.equals(now.map(TemplateText::options).orElse(Map.of()));
        throw new IllegalArgumentException("%s was made with %s"
                .formatted(
                        path,
                        others
                                ? TemplateOptions.typed(options) + "; give the same"
                                : "another chat template than the model has now; its text is in run.json"));
    }

    /** What was replayed is replayed again: from the same pool, in the same order. */
    private Engine open(Dataset problems, int checkpointTokens) {
        var path = model.pool();
        if (path.isEmpty()) {
            model.saveEvery(checkpointTokens);
            return model.open(environment, prompts.read(environment));
        }
        var pool = Pool.open(environment.folder().resolve(path.get()));
        try {
            return new ReplayEngine(pool, PoolDataset.prompts(problems, pool));
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    private ExitCode print(Verification verification) {
        var differences = verification.differences();
        if (common.json) {
            var json = Json.object();
            json.put("checked", verification.checked());
            json.put("same", differences.isEmpty());
            var list = json.putArray("differences");
            for (var difference : differences) {
                list.addObject()
                        .put("problem", difference.attempt().problem())
                        .put("repeat", difference.attempt().repeat())
                        .put("path", difference.path())
                        .put("company", difference.company().name().toLowerCase(Locale.ROOT))
                        .put("token", difference.token())
                        .put("recorded", difference.recorded())
                        .put("generated", difference.generated());
            }
            environment.out().println(Json.line(json));
        } else {
            environment.out().print(text(verification.checked(), differences));
        }
        return differences.isEmpty() ? ExitCode.DONE : ExitCode.BELOW_THRESHOLD;
    }

    private static String text(int checked, List<Verification.Difference> differences) {
        var text = new StringBuilder("%d completions generated again, alone and together: %s%n"
                .formatted(checked, differences.isEmpty() ? "every token the same" : differences.size() + " differ"));
        for (var difference : differences) {
            text.append("  %s repeat %d %s, %s: differs from token %d on%n    recorded   %s%n    generated  %s%n"
                    .formatted(
                            Terminal.printable(difference.attempt().problem()),
                            difference.attempt().repeat(),
                            difference.path(),
                            difference.company().name().toLowerCase(Locale.ROOT),
                            difference.token(),
                            Terminal.printable(difference.recorded()),
                            Terminal.printable(difference.generated())));
        }
        return text.toString();
    }
}
