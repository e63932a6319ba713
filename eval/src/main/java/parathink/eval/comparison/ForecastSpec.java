package parathink.eval.comparison;

import java.util.OptionalInt;

/**
 * The run that is forecast.
 *
 * @param problems it will have
 * @param repeats of each
 * @param branches completions a problem; left out, as many as the pilot drew
 * @param concurrency problems in flight at once
 */
public record ForecastSpec(int problems, int repeats, OptionalInt branches, int concurrency) {
    public ForecastSpec {
        if (problems < 1 || repeats < 1 || concurrency < 1 || branches.orElse(1) < 1) {
            throw new IllegalArgumentException(
                    "problems, repeats, branches and concurrency must be 1 or more, got %d, %d, %d and %d"
                            .formatted(problems, repeats, branches.orElse(1), concurrency));
        }
    }
}
