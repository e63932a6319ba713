package parathink.eval.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Measures contestants in turn: in every round each of them has every shape, and who begins changes from round to round,
 * because machines have good and bad minutes. Ratios are then of the same round.
 *
 * @param contestants at least one; the first is compared with each other one
 * @param shapes at least one
 * @param rounds at least 1, after one that is not counted
 */
public record Bench(List<Contestant> contestants, List<BenchShape> shapes, int rounds) {
    private static final int WARMING_TOKENS = 4;

    public Bench {
        contestants = List.copyOf(contestants);
        shapes = List.copyOf(shapes);
        if (contestants.isEmpty() || shapes.isEmpty() || rounds < 1) {
            throw new IllegalArgumentException("a measurement needs a contestant, a shape and a round at least");
        }
    }

    /**
     * Measures all there is.
     *
     * @param progress hears a line before each round
     */
    public List<BenchResult> run(Consumer<String> progress) {
        progress.accept("warming");
        for (var contestant : contestants) {
            for (var shape : shapes) {
                contestant.run(new BenchShape(shape.rows(), shape.context(), WARMING_TOKENS), 0);
            }
        }
        var timings = new ArrayList<List<List<Timing>>>(); // (shape, contestant, round)
        for (int shape = 0; shape < shapes.size(); shape++) {
            timings.add(contestants.stream()
                    .<List<Timing>>map(contestant -> new ArrayList<>())
                    .toList());
        }
        for (int round = 1; round <= rounds; round++) {
            progress.accept("round %d of %d".formatted(round, rounds));
            for (int shape = 0; shape < shapes.size(); shape++) {
                for (int turn = 0; turn < contestants.size(); turn++) {
                    int who = (turn + round) % contestants.size();
                    timings.get(shape).get(who).add(contestants.get(who).run(shapes.get(shape), round));
                }
            }
        }
        var results = new ArrayList<BenchResult>();
        for (int shape = 0; shape < shapes.size(); shape++) {
            results.add(new BenchResult(shapes.get(shape), timings.get(shape)));
        }
        return results;
    }
}
