package parathink.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import parathink.eval.RunDirectory;
import parathink.eval.comparison.Design;
import parathink.eval.comparison.DesignSpec;
import parathink.eval.comparison.Forecast;
import parathink.eval.comparison.ForecastSpec;
import parathink.eval.comparison.Hindsight;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says how much must be run to see a difference, and what a run will take. */
@Command(
        name = "plan",
        description = {
            "Problems and repeats needed to see a difference between two strategies, and what a run will take.",
            "The variance comes from pilot runs where there are any: two on the same problems tell most."
        },
        footer = {
            "  parathink plan --difference 5",
            "  parathink plan runs/pilot-a runs/pilot-b --difference 3 --problems 500",
            "  parathink plan runs/pilot --forecast --problems 500 --repeats 4 -n 32",
            "  parathink plan runs/a runs/b --after"
        })
final class PlanCommand implements Subcommand {
    private final Environment environment;

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
            description = "Problems that there are; for a forecast the default is the pilot's plan.")
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
            names = {"-n", "--branches"},
            paramLabel = "N",
            converter = Numbers.Positive.class,
            description = "Completions a problem of the run that is forecast (default: the pilot's).")
    private Optional<Integer> branches = Optional.empty();

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
            description = "Names the resamples of the intervals (default: ${DEFAULT-VALUE}).")
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
        var runs = pilots.stream()
                .map(path -> RunDirectory.read(environment.folder().resolve(path)))
                .toList();
        if (after) {
            lookBack(runs);
        } else if (forecast) {
            lookAhead(runs);
        } else {
            var design = Design.of(runs, spec());
            environment.out().print(common.json ? Json.line(design.json()) + "\n" : design.terminal());
        }
        return ExitCode.DONE;
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
                    "--forecast needs one pilot run, got %d; make one with parathink run --limit 10 --out runs/pilot"
                            .formatted(runs.size()));
        }
        var pilot = runs.getFirst();
        var spec = new ForecastSpec(
                problems.orElse(pilot.run().problems()),
                repeats,
                branches.map(OptionalInt::of).orElseGet(OptionalInt::empty),
                concurrency);
        var ahead = Forecast.of(pilot, spec);
        environment.out().print(common.json ? Json.line(ahead.json()) + "\n" : ahead.terminal());
    }
}
