package parathink.eval.pool;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import parathink.datasets.Dataset;
import parathink.eval.run.RunSpec;
import parathink.models.Account;
import parathink.models.Engine;
import parathink.models.Journal;
import parathink.models.Seed;
import parathink.models.replay.Pool;

/**
 * Tries a strategy on one problem of a pool before a run begins, so that one that cannot be replayed leaves nothing behind.
 *
 * @param few problems that have fewer completions than one may use
 * @param problems of the dataset
 * @param branches completions that a problem may use, where the strategy has such a setting
 */
public record PoolTrial(int few, int problems, Optional<Integer> branches) {
    private static final String BRANCHES = "branches";

    /**
     * Tries it on the problem with the most completions.
     *
     * @throws IllegalArgumentException when it asks for more completions than any problem has
     * @throws parathink.models.ModelException when it asks for new text, or for what the pool does not record
     */
    public static PoolTrial of(RunSpec spec, Dataset dataset, Pool pool, Engine engine) {
        var sizes = dataset.problems().stream()
                .mapToInt(problem -> pool.problem(problem.id()).orElseThrow().completions())
                .toArray();
        int largest = Arrays.stream(sizes).max().orElseThrow();
        var branches = Optional.ofNullable(spec.strategySettings().get(BRANCHES))
                .filter(value -> value.matches("[0-9]{1,9}")) // a plug-in may have words for it
                .map(Integer::valueOf);
        if (branches.orElse(0) > largest) {
            throw tooMany(branches.get(), largest);
        }
        var problem = dataset.problems().stream()
                .max(Comparator.comparingInt(
                        candidate -> pool.problem(candidate.id()).orElseThrow().completions()))
                .orElseThrow();
        var seed = Seed.of(spec.seed()).child(problem.id()).child(0);
        var account = new Account(spec.tokens());
        try (var session = engine.open(problem.id(), account, seed, Journal.NONE)) {
            spec.solver().solve(problem.question(), session);
            if (session.missing() > 0) {
                throw tooMany(largest + session.missing(), largest);
            }
        }
        int lacking = (int)
                Arrays.stream(sizes).filter(size -> size < branches.orElse(0)).count();
        return new PoolTrial(lacking, sizes.length, branches);
    }

    private static IllegalArgumentException tooMany(int asked, int largest) {
        return new IllegalArgumentException(
                "%d completions a problem are asked for, and no problem of the pool has more than %d; give -n %d or fewer"
                        .formatted(asked, largest, largest));
    }

    /** What the user should know before the run. */
    public List<String> remarks() {
        return few == 0
                ? List.of()
                : List.of("%d of %d problems have fewer than %d completions in the pool; those there are used"
                        .formatted(few, problems, branches.orElseThrow()));
    }
}
