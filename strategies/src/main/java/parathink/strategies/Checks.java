package parathink.strategies;

/** Ranges that several strategies' settings share. */
final class Checks {
    private static final int MOST_BRANCHES = 65_536;

    private Checks() {}

    static void branches(int branches) {
        if (branches < 1 || branches > MOST_BRANCHES) {
            throw new IllegalArgumentException(
                    "branches (-n) must be between 1 and %d, got %d".formatted(MOST_BRANCHES, branches));
        }
    }

    static void share(String name, double share) {
        if (!(share >= 0 && share < 1)) {
            throw new IllegalArgumentException("%s must be at least 0 and below 1, got %s".formatted(name, share));
        }
    }
}
