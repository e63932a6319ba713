package parathink.eval.comparison;

import java.util.Optional;
import java.util.OptionalDouble;
import parathink.eval.directory.RunDirectory;
import parathink.models.ModelSize;

/**
 * How runs are compared.
 *
 * @param everyPair whether each run is compared with every later one instead of with the first
 * @param margin points of accuracy that a run may be worse by and still be called no worse
 * @param match what every run is brought to the same amount of, where that is wanted
 * @param at that amount a problem; left out, the smallest mean among the runs
 * @param prices of tokens, where money is compared
 * @param size the model's shape, where the runs do not tell it
 * @param baseline a run of plain completions to take majorities from; left out, the largest among the runs
 * @param resamples of the bootstrap, at least 1,000
 * @param seed of the bootstrap
 */
public record ComparisonSpec(
        boolean everyPair,
        OptionalDouble margin,
        Optional<Measure> match,
        OptionalDouble at,
        Optional<Prices> prices,
        Optional<ModelSize> size,
        Optional<RunDirectory> baseline,
        int resamples,
        long seed) {
    private static final int FEWEST_RESAMPLES = 1000;

    /** The first run against each other one, and all against plain majority at the same work. */
    public static final ComparisonSpec DEFAULT = new ComparisonSpec(
            false,
            OptionalDouble.empty(),
            Optional.empty(),
            OptionalDouble.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            2000,
            0);

    public ComparisonSpec {
        if (margin.isPresent() && !(margin.getAsDouble() > 0 && margin.getAsDouble() < 100)) {
            throw new IllegalArgumentException(
                    "--margin must be points above 0 and below 100, got " + margin.getAsDouble());
        }
        if (at.isPresent() && match.isEmpty()) {
            throw new IllegalArgumentException("--at %s needs --match to say of what".formatted(at.getAsDouble()));
        }
        if (at.isPresent() && !(at.getAsDouble() > 0 && Double.isFinite(at.getAsDouble()))) {
            throw new IllegalArgumentException("--at must be above 0, got " + at.getAsDouble());
        }
        if (match.isPresent() && !match.get().canBeMatched()) {
            throw new IllegalArgumentException("--match cannot be %s; it must be work, span, flops, seconds or usd"
                    .formatted(match.get().word()));
        }
        if (match.equals(Optional.of(Measure.USD)) && prices.isEmpty()) {
            throw new IllegalArgumentException("--match usd needs --price-in and --price-out, per million tokens");
        }
        if (resamples < FEWEST_RESAMPLES) {
            throw new IllegalArgumentException(
                    "--resamples must be at least %d, got %d".formatted(FEWEST_RESAMPLES, resamples));
        }
    }
}
