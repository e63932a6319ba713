package parathink.eval.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What came of one shape.
 *
 * @param timings by contestant and round, as many rounds for each
 */
public record BenchResult(BenchShape shape, List<List<Timing>> timings) {
    public BenchResult {
        timings = timings.stream().map(List::copyOf).toList();
        if (timings.isEmpty() || timings.stream().anyMatch(rounds -> rounds.isEmpty())) {
            throw new IllegalArgumentException("there must be a contestant and a round at least");
        }
    }

    /** Prompt tokens a second of a contestant. */
    public Speeds prefill(int contestant) {
        return speeds(contestant, Timing::prefillSpeed);
    }

    /** Decoded tokens a second of a contestant. */
    public Speeds decode(int contestant) {
        return speeds(contestant, Timing::decodeSpeed);
    }

    /** How many times as fast as a contestant the first one read prompts, in each round. */
    public Speeds prefillRatio(int contestant) {
        return ratio(prefill(0), prefill(contestant));
    }

    /** How many times as fast as a contestant the first one decoded, in each round. */
    public Speeds decodeRatio(int contestant) {
        return ratio(decode(0), decode(contestant));
    }

    private Speeds speeds(int contestant, ToDoubleFunction<Timing> speed) {
        return new Speeds(
                timings.get(contestant).stream().mapToDouble(speed).boxed().toList());
    }

    private static Speeds ratio(Speeds first, Speeds other) {
        return new Speeds(IntStream.range(0, first.rounds().size())
                .mapToObj(round -> first.rounds().get(round) / other.rounds().get(round))
                .toList());
    }
}
