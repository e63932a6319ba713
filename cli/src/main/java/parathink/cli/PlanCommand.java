package parathink.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import parathink.datasets.Dataset;
import parathink.eval.comparison.Design;
import parathink.eval.comparison.DesignSpec;
import parathink.eval.comparison.Forecast;
import parathink.eval.comparison.ForecastSpec;
import parathink.eval.comparison.Hindsight;
import parathink.eval.directory.RunDirectory;
import parathink.eval.directory.RunRecord;
import parathink.eval.run.RunSpec;
import parathink.strategies.StrategyEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says how much must be run to see a difference, and what a run will take. */
@Command(
        name = "plan",
        description = {
            "Problems and repeats needed to see a difference between two strategies, and what a run will take.",
            "The variance comes from pilot runs where there are any: two on the same problems tell most.",
            "With a dataset and a strategy it tries a few problems itself and forecasts the whole run."
        },
        footer = {
            "  parathink plan --difference 5",
            "  parathink plan runs/pilot-a runs/pilot-b --difference 3 --problems 500",
            "  parathink plan runs/pilot --forecast --problems 500 --repeats 4 -n 32",
            "  parathink plan --dataset countdown-3 --strategy self-consistency -n 8 --pilot 8 --problems 500",
            "  parathink plan runs/a runs/b --after"
        })
final class PlanCommand implements Subcommand {
    private static final String PROBLEMS = "Problems";
    private static final String STRATEGY = "Strategy";
    private static final String MODEL = "Model";
    private static final String PROMPTS = "Prompts";
    private static final String SAMPLING = "Sampling";
    private static final String REWARD = "Reward";
    private static final int TRIED = 16;
    private static final int WARMING = 2; // problems solved before the clock counts

    private final Environment environment;

    @Spec
    private CommandSpec command;

    @Mixin(name = PROBLEMS)
    private DatasetOptions dataset;

    @Mixin(name = STRATEGY)
    private StrategyOptions strategy;

    @Mixin(name = MODEL)
    private ModelOptions model;

    @Mixin(name = PROMPTS)
    private PromptOptions prompts;

    @Mixin(name = REWARD)
    private RewardOptions reward;

    @Mixin(name = "Judge")
    private JudgeOptions judge;

    @Mixin(name = SAMPLING)
    private SamplingOptions sampling;

    @Parameters(
            paramLabel = "DIR",
            arity = "0..2",
            description = "Pilot runs: one of either strategy, or one of each on the same problems.")
    private List<Path> pilots = List.of();

    @Option(
            names = "--difference",
            paramLabel = "POINTS",
            defaultValue = "5",
            description = "The true difference in accuracy to be seen (default: ${DEFAULT-VALUE}).")
    private double difference;

    @Option(
            names = "--power",
            paramLabel = "SHARE",
            defaultValue = "0.8",
            description = "How often it is to be called different, at the 5 %% level (default: ${DEFAULT-VALUE}).")
    private double power;

    @Option(
            names = "--problems",
            paramLabel = "N",
            converter = Numbers.Positive.class,
            description = "Problems that there are (default of a forecast: those of the pilot's plan or the dataset).")
    private Optional<Integer> problems = Optional.empty();

    @Option(
            names = "--accuracy",
            paramLabel = "SHARE",
            description = "Assumed accuracy without a pilot (default: 0.6).")
    private Optional<Double> accuracy = Optional.empty();

    @Option(
            names = "--between",
            paramLabel = "SHARE",
            description = "Assumed share of the variance that lies between problems, without repeats (default: 0.8).")
    private Optional<Double> between = Optional.empty();

    @Option(
            names = "--correlation",
            paramLabel = "R",
            description = "Assumed correlation of the two strategies' chances over problems (default: 0.95).")
    private Optional<Double> correlation = Optional.empty();

    @Option(names = "--after", description = "The smallest difference that two finished runs could have seen.")
    private boolean after;

    @Option(names = "--forecast", description = "What a run like the pilot takes: tokens, time and memory.")
    private boolean forecast;

    @Option(
            names = "--repeats",
            paramLabel = "N",
            converter = Numbers.Positive.class,
            defaultValue = "1",
            description = "Repeats of the run that is forecast (default: ${DEFAULT-VALUE}).")
    private int repeats;

    @Option(
            names = "--pilot",
            paramLabel = "N",
            converter = Numbers.Positive.class,
            description = "Problems of the dataset to try for a forecast, drawn by --seed (default: 16).")
    private Optional<Integer> tried = Optional.empty();

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            converter = Numbers.Positive.class,
            defaultValue = "16",
            description = "Problems in flight of the run that is forecast (default: ${DEFAULT-VALUE}).")
    private int concurrency;

    @Option(
            names = "--seed",
            paramLabel = "N",
            converter = Numbers.SeedNumber.class,
            defaultValue = "0",
            description =
                    "Names resamples, comparisons that are played, and a pilot's draws (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin(name = "General")
    private CommonOptions common;

    PlanCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public ExitCode run() {
        if (after && forecast) {
            throw new IllegalArgumentException("--after looks back and --forecast ahead; give one of them");
        }
        if (describesRun()) {
            unread().checkTried();
            return tryOut();
        }
        unread().check(after, forecast, pilots.size());
        var runs = pilots.stream()
                .map(path ->
                        RunDirectory.read(environment.folder().resolve(path)).whole())
                .toList();
        if (after) {
            lookBack(runs);
        } else if (forecast) {
            lookAhead(runs);
        } else {
            if (runs.size() == 1 && runs.getFirst().run().repeats() > 1) {
                unread().checkRepeated();
            }
            var design = Design.of(runs, spec());
            environment.out().print(common.json ? Json.line(design.json()) + "\n" : design.terminal());
        }
        return ExitCode.DONE;
    }

    private UnreadOptions unread() {
        return new UnreadOptions(command.commandLine().getParseResult());
    }

    private DesignSpec spec() {
        return new DesignSpec(
                difference,
                power,
                problems.map(OptionalInt::of).orElseGet(OptionalInt::empty),
                optional(accuracy),
                optional(between),
                optional(correlation),
                seed);
    }

    private static OptionalDouble optional(Optional<Double> value) {
        return value.map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
    }

    private void lookBack(List<RunDirectory> runs) {
        if (runs.size() != 2) {
            throw new IllegalArgumentException(
                    "--after needs the two runs that were compared, got %d".formatted(runs.size()));
        }
        var hindsight = Hindsight.of(runs.getFirst(), runs.getLast(), spec().power(), seed);
        environment.out().print(common.json ? Json.line(hindsight.json()) + "\n" : hindsight.terminal());
    }

    private void lookAhead(List<RunDirectory> runs) {
        if (runs.size() != 1) {
            throw new IllegalArgumentException(
                    "--forecast needs one pilot run, got %d; give one, or --dataset and --strategy to try a few problems now"
                            .formatted(runs.size()));
        }
        var pilot = runs.getFirst();
        var spec = new ForecastSpec(problems.orElse(pilot.run().problems()), repeats, strategy.branches(), concurrency);
        print(Forecast.of(pilot, spec));
    }

    private void print(Forecast ahead) {
        environment.out().print(common.json ? Json.line(ahead.json()) + "\n" : ahead.terminal());
    }

    /** Whether options describe a run to be forecast, so that no pilot need be given. */
    private boolean describesRun() {
        var described = command.commandLine().getParseResult().matchedOptions().stream()
                .filter(option -> Stream.of(PROBLEMS, STRATEGY, MODEL, PROMPTS, REWARD, SAMPLING)
                                .anyMatch(group -> command.mixins().get(group).options().stream()
                                        .anyMatch(known -> known.longestName().equals(option.longestName())))
                        || option.longestName().equals("--pilot"))
                .map(OptionSpec::longestName)
                .filter(name -> pilots.isEmpty() || !name.equals("--branches"))
                .findFirst();
        if (described.isPresent() && (after || !pilots.isEmpty())) {
            throw new IllegalArgumentException("%s is for a pilot that is made now; leave it out, or the %s"
                    .formatted(described.get(), after ? "--after" : "directory " + pilots.getFirst()));
        }
        return described.isPresent();
    }

    /** Tries some problems and forecasts all of them. */
    private ExitCode tryOut() {
        if (tried.orElse(TRIED) < 2) {
            throw new IllegalArgumentException("--pilot must be 2 or more, got " + tried.orElse(TRIED));
        }
        try (var plugins = strategy.plugins(environment)) {
            return tryOut(strategy.entry(plugins.catalogue()));
        }
    }

    private ExitCode tryOut(StrategyEntry entry) {
        var settings = strategy.settings(entry);
        reward.refuseUnless(RewardOptions.isAskedBy(entry, settings));
        try (var source = reward.over(
                Source.open(dataset, model, prompts.read(environment), judge, environment),
                model.runtime(),
                environment)) {
            var all = source.problems();
            all.remarks().forEach(remark -> environment.err().println("parathink plan: " + remark));
            if (all.problems().size() < 2) {
                throw new IllegalArgumentException("a forecast needs 2 problems to try or more, and %s has %d"
                        .formatted(source.dataset(), all.problems().size()));
            }
            var spec = new RunSpec(
                    model.model(),
                    source.dataset(),
                    source.settings(),
                    entry,
                    settings,
                    sampling.over(source.engine()),
                    strategy.budget(),
                    1,
                    seed,
                    judge.model());
            source.check(spec, environment);
            return tryOut(spec, source);
        }
    }

    private ExitCode tryOut(RunSpec spec, Source source) {
        var all = source.problems();
        try (var interruption = new Interruption();
                var warming = new PilotRun();
                var pilot = new PilotRun()) {
            var some = PilotRun.some(all, tried.orElse(TRIED), seed);
            boolean live = source.replay().isEmpty();
            var first = PilotRun.some(all, WARMING, seed); // what the first tokens take is not what a run takes
            if ((live && isInterrupted(warming, spec, first, source, interruption))
                    || isInterrupted(pilot, spec, some, source, interruption)) {
                environment.err().println("parathink plan: interrupted; nothing is kept");
                return ExitCode.INTERRUPTED;
            }
            var ahead =
                    new ForecastSpec(problems.orElse(all.problems().size()), repeats, OptionalInt.empty(), concurrency);
            print(Forecast.of(pilot.directory(), "%s, tried now".formatted(source.dataset()), ahead));
            return ExitCode.DONE;
        }
    }

    private boolean isInterrupted(
            PilotRun run, RunSpec spec, Dataset problems, Source source, Interruption interruption) {
        return run.solve(spec, problems, source, concurrency, interruption, environment)
                == RunRecord.Status.INTERRUPTED;
    }
}
