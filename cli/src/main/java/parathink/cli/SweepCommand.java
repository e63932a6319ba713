package parathink.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parathink.datasets.Problem;
import parathink.eval.directory.Results;
import parathink.eval.directory.RunRecord;
import parathink.eval.run.Run;
import parathink.eval.run.RunSpec;
import parathink.eval.sweep.Sweep;
import parathink.eval.sweep.SweepCell;
import parathink.eval.sweep.SweepDifferences;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a grid of strategies and settings on the same problems. */
@Command(
        name = "sweep",
        description = {
            "Run a grid of strategies and settings on the same problems: a run directory for each, one table and page over all.",
            "The same command again goes on where it stopped; a larger grid runs only what is new."
        },
        footer = {
            "  parathink sweep --dataset arith-1 --strategy greedy,esc --limit 8 --out runs/ab",
            "  parathink sweep --model replay:p.jsonl --strategy esc -S window=3,5 --out runs/w"
        })
final class SweepCommand implements Subcommand {
    private final Environment environment;

    @Mixin(name = "Problems")
    private DatasetOptions dataset;

    @Mixin(name = "Strategy")
    private SweepOptions grid;

    @Mixin(name = "Model")
    private ModelOptions model;

    @Mixin(name = "Prompts")
    private PromptOptions prompts;

    @Mixin(name = "Reward")
    private RewardOptions reward;

    @Mixin(name = "Judge")
    private JudgeOptions judge;

    @Mixin(name = "Sampling")
    private SamplingOptions sampling;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder of the sweep; each run has a folder in it.")
    private Optional<Path> out = Optional.empty();

    @Option(
            names = "--seed",
            paramLabel = "N",
            converter = Numbers.SeedNumber.class,
            defaultValue = "0",
            description = "Names every random draw (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--repeats",
            paramLabel = "N",
            converter = Numbers.Positive.class,
            defaultValue = "1",
            description = "Attempts at each problem; on a pool each has another order (default: ${DEFAULT-VALUE}).")
    private int repeats;

    @Mixin(name = "Checkpoints")
    private CheckpointOptions checkpoints;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            converter = Numbers.Positive.class,
            defaultValue = "16",
            description =
                    "Problems in flight at once; with a local model it changes no result (default: ${DEFAULT-VALUE}).")
    private int concurrency;

    @Mixin(name = "General")
    private CommonOptions common;

    SweepCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public ExitCode run() {
        try (var plugins = grid.plugins(environment)) {
            return run(grid.cells(plugins.catalogue()));
        }
    }

    private ExitCode run(List<SweepOptions.Cell> cells) {
        var folder = environment
                .folder()
                .resolve(out.orElseThrow(
                        () -> new IllegalArgumentException("--out is missing, such as --out runs/sweep")));
        if (Files.exists(folder.resolve("run.json"))) { // its page would be overwritten by the sweep's
            throw new IllegalArgumentException(
                    "%s: holds a run; give --out a folder of its own, in which each run of the sweep has one"
                            .formatted(folder));
        }
        reward.refuseUnless(cells.stream().anyMatch(cell -> RewardOptions.isAskedBy(cell.entry(), cell.settings())));
        int saved = checkpoints.tokens(model, environment);
        try (var source = reward.over(
                Source.open(dataset, model, prompts.read(environment), judge, environment),
                model.runtime(),
                environment)) {
            source.problems().remarks().forEach(remark -> environment.err().println("parathink sweep: " + remark));
            var specs = new LinkedHashMap<SweepOptions.Cell, RunSpec>();
            for (var cell : cells) { // all are checked before anything is written
                var spec = spec(cell, source, saved);
                refuseDiagnosis(spec);
                source.check(spec, environment);
                specs.put(cell, spec);
            }
            try {
                return sweep(specs, source, folder);
            } finally {
                source.engine().spent().ifPresent(spent -> environment.err().println("parathink sweep: " + spent));
            }
        }
    }

    /** A front of methods has no place for it. */
    private static void refuseDiagnosis(RunSpec spec) {
        if (spec.isDiagnostic()) {
            throw new IllegalArgumentException(
                    "a sweep compares methods, and these settings make %s a diagnosis that is told the right answers; run it by itself"
                            .formatted(spec.strategy()));
        }
    }

    private RunSpec spec(SweepOptions.Cell cell, Source source, int saved) {
        return new RunSpec(
                model.model(),
                source.dataset(),
                source.settings(),
                cell.entry(),
                cell.settings(),
                sampling.over(source.engine()),
                grid.budget(),
                repeats,
                seed,
                judge.model().filter(name -> cell.isJudged(sampling.over(source.engine()))),
                saved);
    }

    private ExitCode sweep(Map<SweepOptions.Cell, RunSpec> specs, Source source, Path folder) {
        var done = new ArrayList<SweepCell>();
        for (var entry : specs.entrySet()) {
            var cell = entry.getKey();
            environment.err().printf("parathink sweep: %d of %d, %s%n", done.size() + 1, specs.size(), cell.folder());
            var figures = solve(cell, entry.getValue(), source, folder.resolve(cell.folder()));
            if (figures.isEmpty()) {
                environment
                        .err()
                        .printf(
                                "parathink sweep: interrupted; what was finished is in %s, the same command goes on there%n",
                                folder);
                return ExitCode.INTERRUPTED;
            }
            done.add(figures.get());
        }
        return report(new Sweep(done), folder);
    }

    /** Runs one cell; nothing when it was interrupted. */
    private Optional<SweepCell> solve(SweepOptions.Cell cell, RunSpec spec, Source source, Path folder) {
        var problems = source.problems();
        try (var interruption = new Interruption();
                var results = Results.open(folder)) {
            var tally = Progress.Tally.of(problems.problems().size() * repeats, results.problems());
            RunRecord.Status status;
            try (var progress = new Progress(environment, tally)) {
                var run = new Run(spec, problems, results, source.engine(), progress, Clock.systemUTC());
                interruption.stops(run::stop);
                status = run.execute(concurrency, Version.read().program());
            }
            if (status != RunRecord.Status.INTERRUPTED) {
                source.writeMajority(spec, folder);
            }
            List<String> ids = problems.problems().stream().map(Problem::id).toList();
            return status == RunRecord.Status.INTERRUPTED
                    ? Optional.empty()
                    : Optional.of(SweepCell.of(folder, spec.strategy(), cell.settings(), results.problems(), ids));
        }
    }

    private ExitCode report(Sweep sweep, Path folder) {
        sweep.writeTo(folder, SweepDifferences.json(sweep.cells(), repeats, 0))
                .forEach(sentence -> environment.err().println("parathink sweep: " + sentence));
        if (common.json) {
            sweep.json().forEach(cell -> environment.out().println(Json.line(cell)));
        } else {
            environment.out().print(sweep.terminal());
            environment.out().flush();
            environment.err().printf("parathink sweep: page in %s%n", folder.resolve("report.html"));
        }
        boolean failed = sweep.cells().stream().anyMatch(cell -> cell.errors() > 0);
        return failed ? ExitCode.SOME_FAILED : ExitCode.DONE;
    }
}
