package parathink.datasets.generated;

import parathink.datasets.Dataset;
import parathink.datasets.DatasetLoader;
import parathink.datasets.DatasetRequest;

/**
 * Generated Countdown games with targets from 10 to 100, held out of the embedded model's training; the reference is the
 * game's own solution, one of many. Settings: {@code size} (256) and {@code seed} (99). Immutable, for any thread.
 *
 * @param numbers how many numbers a game gives, 3 or 4
 */
public record CountdownProblems(int numbers) implements DatasetLoader {
    private static final int STREAM = 50;

    public CountdownProblems {
        if (numbers < 3 || numbers > 4) {
            throw new IllegalArgumentException("a game gives 3 or 4 numbers, got " + numbers);
        }
    }

    @Override
    public Dataset load(DatasetRequest request) {
        return HeldOut.of(request.settings())
                .draw("countdown-" + numbers, STREAM + numbers, new Countdown(numbers), request);
    }
}
