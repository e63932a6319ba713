package parathink.eval.evidence;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Whether the branches of a run are plain samples, so that a subset of them is what a smaller run would have drawn: the same
 * number in every attempt, none ended by a strategy's decision or by a spent budget. What else is drawn depends on what was
 * answered or on how long the others were, and no curve can be read off it. Attempts that failed are left out: what an error
 * lost depends on no answer.
 */
public final class PlainSampling {
    private PlainSampling() {}

    /** Why the branches are no plain samples, as a sentence; empty when they are, and when there are none. */
    static Optional<String> broken(List<Trial> trials) {
        return brokenEnds(trials.stream()
                .filter(trial -> trial.isGraded() && !trial.hasFailed())
                .map(trial -> trial.branches().stream().map(Draw::ended).toList())
                .toList());
    }

    /** The same of how the branches ended, by attempt. */
    public static Optional<String> brokenEnds(List<List<Draw.End>> pools) {
        long all = pools.stream().mapToLong(List::size).sum();
        long cancelled = ended(pools, Draw.End.CANCELLED);
        if (cancelled > 0) {
            return Optional.of("the strategy cancelled %d of %d branches, which depends on what others answered"
                    .formatted(cancelled, all));
        }
        long spent = ended(pools, Draw.End.BUDGET);
        if (spent > 0) {
            return Optional.of("a spent budget ended %d of %d branches, which depends on how long others were"
                    .formatted(spent, all));
        }
        var fewest = size(pools, true);
        var most = size(pools, false);
        return fewest.equals(most)
                ? Optional.empty()
                : Optional.of("attempts drew %d to %d branches, which may depend on what was answered"
                        .formatted(fewest.orElseThrow(), most.orElseThrow()));
    }

    private static long ended(List<List<Draw.End>> pools, Draw.End end) {
        return pools.stream().flatMap(List::stream).filter(end::equals).count();
    }

    private static OptionalInt size(List<List<Draw.End>> pools, boolean fewest) {
        var sizes = pools.stream().mapToInt(List::size);
        return fewest ? sizes.min() : sizes.max();
    }
}
