package parathink.strategies;

/**
 * How many completions of a problem a strategy begins, and how many of them finish at most.
 *
 * @param branches begun, at least 1
 * @param finished of them, at least 1
 */
public record Pruning(int branches, int finished) {
    public Pruning {
        Checks.branches(branches);
        Checks.atLeast("finished", finished, 1);
    }
}
