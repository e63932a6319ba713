package parathink.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import parathink.datasets.Problem;
import parathink.eval.directory.Results;
import parathink.eval.directory.RunRecord;
import parathink.eval.report.JUnit;
import parathink.eval.report.Report;
import parathink.eval.run.Run;
import parathink.eval.run.RunSpec;
import parathink.models.ModelException;
import parathink.strategies.StrategyEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Solves every problem of a dataset with one strategy. */
@Command(
        name = "run",
        description = {
            "Solve every problem of a dataset with one strategy, into a run directory with a report.",
            "The same command again goes on where it stopped; arguments may stand in a file: run @recipe.args"
        },
        footer = {
            "  parathink run --dataset countdown-4 --strategy self-consistency -n 16 --limit 50 --out runs/first",
            "  parathink run --dataset arith-5 --strategy greedy --limit 40 --fail-under 0.5 --junit greedy.xml",
            "  parathink run --dataset countdown-3 --strategy best-of-n -S verifier=logprob -n 8 --dry-run",
            "  parathink run --model replay:runs/first --strategy self-consistency -n 4 --repeats 100"
        })
final class RunCommand implements Subcommand {
    private final Environment environment;

    @Mixin(name = "Problems")
    private DatasetOptions dataset;

    @Mixin(name = "Strategy")
    private StrategyOptions strategy;

    @Mixin(name = "Model")
    private ModelOptions model;

    @Mixin(name = "Prompts")
    private PromptOptions prompts;

    @Mixin(name = "Checkpoints")
    private CheckpointOptions checkpoints;

    @Mixin(name = "Reward")
    private RewardOptions reward;

    @Mixin(name = "Judge")
    private JudgeOptions judge;

    @Mixin(name = "Sampling")
    private SamplingOptions sampling;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Run directory (default: runs/DATASET-STRATEGY-HASH, the hash that of all settings).")
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
            description = "Attempts at each problem (default: ${DEFAULT-VALUE}).")
    private int repeats;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            converter = Numbers.Positive.class,
            defaultValue = "16",
            description =
                    "Problems in flight at once; with a local model it changes no result (default: ${DEFAULT-VALUE}).")
    private int concurrency;

    @Option(
            names = "--fail-under",
            paramLabel = "SHARE",
            converter = Numbers.Share.class,
            description = "Exit with 3 when the accuracy is below this share, 0 to 1.")
    private Optional<Double> failUnder = Optional.empty();

    @Option(
            names = "--junit",
            paramLabel = "FILE",
            description = "Write the run as JUnit XML too, a test case a problem.")
    private Optional<Path> junit = Optional.empty();

    @Option(names = "--dry-run", description = "Load and check everything, say what would be done, and do nothing.")
    private boolean dryRun;

    @Mixin(name = "General")
    private CommonOptions common;

    RunCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public ExitCode run() {
        junit.ifPresent(this::requireWritable);
        try (var plugins = strategy.plugins(environment)) {
            return run(strategy.entry(plugins.catalogue()));
        }
    }

    private ExitCode run(StrategyEntry entry) {
        var settings = strategy.settings(entry);
        reward.refuseUnless(RewardOptions.isAskedBy(entry, settings));
        int saved = checkpoints.tokens(model, environment);
        try (var source = reward.over(
                Source.open(dataset, model, prompts.read(environment), judge, environment),
                model.runtime(),
                environment)) {
            var problems = source.problems();
            problems.remarks().forEach(remark -> environment.err().println("parathink run: " + remark));
            if (failUnder.isPresent() && problems.problems().stream().allMatch(RunCommand::cannotBeGraded)) {
                throw new IllegalArgumentException(
                        "--fail-under needs an accuracy, and no problem of this dataset has a reference answer");
            }
            refuseTooManyAttempts(problems.problems().size());
            var spec = new RunSpec(
                    model.model(),
                    source.dataset(),
                    source.settings(),
                    entry,
                    settings,
                    sampling.over(source.engine()),
                    strategy.budget(),
                    repeats,
                    seed,
                    judge.model(),
                    saved);
            source.check(spec, environment);
            var plan = new RunPlan(spec, problems, source.engine());
            var folder = environment.folder().resolve(out.orElseGet(plan::folder));
            if (dryRun) {
                environment
                        .out()
                        .print(
                                common.json
                                        ? Json.line(plan.json(folder)) + "\n"
                                        : plan.terminal(
                                                folder, environment.terminal().columns()));
                return ExitCode.DONE;
            }
            if (Files.exists(folder.resolve("sweep.json"))) { // its page would be overwritten by the run's
                throw new IllegalArgumentException(
                        "%s: holds a sweep; give --out a folder of its own".formatted(folder));
            }
            return solve(spec, source, folder);
        }
    }

    /** Said before the run rather than after it. */
    private void requireWritable(Path file) {
        var path = environment.folder().resolve(file).toAbsolutePath().normalize();
        if (Files.isDirectory(path)) {
            throw new IllegalArgumentException("--junit %s: is a folder; give a file in it".formatted(file));
        }
        var folder = path;
        while (!Files.exists(folder)) {
            folder = folder.getParent();
        }
        if (!Files.isWritable(folder) || (!folder.equals(path) && !Files.isDirectory(folder))) {
            throw new IllegalArgumentException("--junit %s: cannot be written; choose another file".formatted(file));
        }
    }

    private void refuseTooManyAttempts(int problems) {
        if ((long) problems * repeats > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("--repeats %d: %d problems can be attempted %d times at most"
                    .formatted(repeats, problems, Integer.MAX_VALUE / problems));
        }
    }

    private static boolean cannotBeGraded(Problem problem) {
        return problem.reference().isEmpty() && !problem.question().format().checksByRule();
    }

    private ExitCode solve(RunSpec spec, Source source, Path folder) {
        var problems = source.problems();
        try (var interruption = new Interruption();
                var results = Results.open(folder)) {
            var tally = Progress.Tally.of(problems.problems().size() * repeats, results.problems());
            RunRecord.Status status;
            try (var progress = new Progress(environment, tally)) {
                var run = new Run(spec, problems, results, source.engine(), progress, Clock.systemUTC());
                interruption.stops(run::stop);
                status = run.execute(concurrency, Version.read().program());
            } catch (ModelException e) {
                if (e.kind() != ModelException.Kind.HALTED) {
                    throw e;
                }
                environment.err().printf("parathink run: %s%n", e.getMessage());
                status = RunRecord.Status.INTERRUPTED;
            } finally {
                source.engine().spent().ifPresent(spent -> environment.err().println("parathink run: " + spent));
            }
            if (status == RunRecord.Status.INTERRUPTED) {
                environment
                        .err()
                        .printf(
                                "parathink run: interrupted; what was finished is in %s, the same command goes on there%n",
                                folder);
                return ExitCode.INTERRUPTED;
            }
            source.writeMajority(spec, folder);
            return report(folder);
        }
    }

    private ExitCode report(Path folder) {
        var report = Report.of(folder);
        report.writeTo(folder).forEach(leftOut -> environment.err().println("parathink run: " + leftOut));
        junit.ifPresent(
                file -> JUnit.write(report.directory(), environment.folder().resolve(file)));
        if (common.json) {
            environment.out().println(Json.line(report.json().put("directory", folder.toString())));
        } else {
            environment.out().print(report.terminal());
            environment.out().flush();
            environment.err().printf("parathink run: report in %s%n", folder.resolve("report.html"));
        }
        return judged(report);
    }

    private ExitCode judged(Report report) {
        var accuracy = report.metrics().accuracy();
        if (failUnder.isPresent() && accuracy.isPresent() && accuracy.get().value() < failUnder.get()) {
            environment
                    .err()
                    .printf(
                            Locale.ROOT,
                            "parathink run: accuracy %.4f is below --fail-under %s%n",
                            accuracy.get().value(),
                            failUnder.get());
            return ExitCode.BELOW_THRESHOLD;
        }
        return report.metrics().errorRate() > 0 ? ExitCode.SOME_FAILED : ExitCode.DONE;
    }
}
