package parathink.eval.bench;

import java.util.List;

/**
 * Numbers of several rounds.
 *
 * @param rounds in their order, at least one
 */
public record Speeds(List<Double> rounds) {
    public Speeds {
        rounds = List.copyOf(rounds);
        if (rounds.isEmpty()) {
            throw new IllegalArgumentException("there must be a round at least");
        }
    }

    /** The middle one, or the mean of the two in the middle. */
    public double median() {
        var sorted = rounds.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    public double low() {
        return rounds.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    public double high() {
        return rounds.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }
}
