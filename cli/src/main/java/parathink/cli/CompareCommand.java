package parathink.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import parathink.eval.comparison.Comparison;
import parathink.eval.comparison.ComparisonSpec;
import parathink.eval.comparison.Measure;
import parathink.eval.comparison.Prices;
import parathink.eval.comparison.Rerun;
import parathink.eval.comparison.Reruns;
import parathink.eval.directory.RunDirectory;
import parathink.models.ModelSize;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Compares runs on the same problems. */
@Command(
        name = "compare",
        description = {
            "Compare runs on the problems that all of them have: paired differences with intervals and tests.",
            "The first run is the reference. Each run also stands beside plain majority at the same spend."
        },
        footer = {
            "  parathink compare runs/majority runs/esc --margin 3",
            "  parathink compare runs/majority runs/best runs/borda --match work --out tables",
            "  parathink compare runs/majority runs/esc --match work --rerun",
            "  parathink compare runs/a runs/b --match usd --price-in 0.15 --price-out 0.60"
        })
final class CompareCommand implements Subcommand {
    private static final int IN_FLIGHT = 16;

    private final Environment environment;

    @Parameters(
            paramLabel = "DIR",
            arity = "2..*",
            description = "Run directories, finished or not, with problems in common.")
    private List<Path> directories = List.of();

    @Option(names = "--every-pair", description = "Compare every run with every other, not only with the first.")
    private boolean everyPair;

    @Option(
            names = "--margin",
            paramLabel = "POINTS",
            description = "Also say which runs are no worse than the reference by this many points of accuracy.")
    private Optional<Double> margin = Optional.empty();

    @Option(
            names = "--match",
            paramLabel = "MEASURE",
            converter = Matchable.class,
            description =
                    "Bring runs to the same work, span, flops, seconds or usd a problem; one that stops by itself stays "
                            + "at its own, and plain majority is brought there.")
    private Optional<Measure> match = Optional.empty();

    @Option(
            names = "--at",
            paramLabel = "AMOUNT",
            description = "That amount (default: the smallest mean among the runs with several completions).")
    private Optional<Double> at = Optional.empty();

    @Option(
            names = "--rerun",
            description =
                    "Run strategies that stop by themselves again with other numbers of completions, from the same pool or"
                            + " model, and compare them at the same spend too.")
    private boolean rerun;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            converter = Numbers.Positive.class,
            description =
                    "Problems in flight at once of --rerun; with a local model it changes no result (default: 16).")
    private Optional<Integer> concurrency = Optional.empty();

    @Option(
            names = "--baseline",
            paramLabel = "DIR",
            description = "A run of plain completions to take majorities from (default: the largest among the runs).")
    private Optional<Path> baseline = Optional.empty();

    @Option(names = "--price-in", paramLabel = "USD", description = "Price of a million prompt tokens.")
    private Optional<Double> priceIn = Optional.empty();

    @Option(names = "--price-out", paramLabel = "USD", description = "Price of a million decoded tokens.")
    private Optional<Double> priceOut = Optional.empty();

    @Option(
            names = "--model-size",
            paramLabel = "P,L,H,K,F",
            converter = Size.class,
            description = "Parameters, layers, hidden, key-value and feed-forward width, for runs that do not tell.")
    private Optional<ModelSize> size = Optional.empty();

    @Option(
            names = "--resamples",
            paramLabel = "N",
            converter = Numbers.Positive.class,
            defaultValue = "5000",
            description = "Resamples of the bootstrap (default: ${DEFAULT-VALUE}).")
    private int resamples;

    @Option(
            names = "--seed",
            paramLabel = "N",
            converter = Numbers.SeedNumber.class,
            defaultValue = "0",
            description = "Names the resamples (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Also write the tables there as files; with --rerun its runs too (default: beside each run).")
    private Optional<Path> out = Optional.empty();

    @Mixin(name = "General")
    private CommonOptions common;

    CompareCommand(Environment environment) {
        this.environment = environment;
    }

    /** What runs can be brought to the same amount of. */
    static final class Matchable implements ITypeConverter<Measure> {
        @Override
        public Measure convert(String word) {
            return Arrays.stream(Measure.values())
                    .filter(Measure::canBeMatched)
                    .filter(measure -> measure.word().equals(word.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException(
                            "'%s' is not one of work, span, flops, seconds, usd".formatted(word)));
        }
    }

    /** A model's shape in five numbers. */
    static final class Size implements ITypeConverter<ModelSize> {
        @Override
        public ModelSize convert(String text) {
            var parts = text.split(",", -1);
            try {
                if (parts.length == 5) {
                    return new ModelSize(
                            Long.parseLong(parts[0].strip()),
                            Integer.parseInt(parts[1].strip()),
                            Integer.parseInt(parts[2].strip()),
                            Integer.parseInt(parts[3].strip()),
                            Integer.parseInt(parts[4].strip()));
                }
            } catch (IllegalArgumentException e) {
                // answered below, as a wrong number of parts is
            }
            throw new TypeConversionException(
                    "'%s' is not five whole numbers from 1, such as 8030000000,32,4096,1024,14336".formatted(text));
        }
    }

    @Override
    public ExitCode run() {
        var spec = new ComparisonSpec(
                everyPair,
                optional(margin),
                match,
                optional(at),
                prices(),
                size,
                baseline.map(this::read),
                resamples,
                seed);
        var runs = new ArrayList<RunDirectory>();
        directories.forEach(directory -> runs.add(read(directory)));
        var reruns = reruns(runs, spec);
        if (reruns.isEmpty()) {
            return ExitCode.INTERRUPTED;
        }
        var comparison = Comparison.of(runs, spec, reruns.get());
        out.map(environment.folder()::resolve).ifPresent(comparison::writeTo);
        comparison.warnings().forEach(warning -> environment.err().println("parathink compare: " + warning));
        environment.out().print(common.json ? Json.line(comparison.json()) + "\n" : comparison.terminal());
        return ExitCode.DONE;
    }

    private Optional<List<Rerun>> reruns(List<RunDirectory> runs, ComparisonSpec spec) {
        if (!rerun) {
            if (concurrency.isPresent()) {
                throw new IllegalArgumentException("--concurrency is for --rerun; give that, or leave it out");
            }
            return Optional.of(List.of());
        }
        return new Rerunning(environment, out.map(environment.folder()::resolve), concurrency.orElse(IN_FLIGHT))
                .all(Reruns.of(runs, spec));
    }

    private RunDirectory read(Path directory) {
        return RunDirectory.read(environment.folder().resolve(directory)).whole();
    }

    private Optional<Prices> prices() {
        return priceIn.isPresent() || priceOut.isPresent()
                ? Optional.of(new Prices(priceIn.orElse(0.0), priceOut.orElse(0.0)))
                : Optional.empty();
    }

    private static OptionalDouble optional(Optional<Double> number) {
        return number.isPresent() ? OptionalDouble.of(number.get()) : OptionalDouble.empty();
    }
}
