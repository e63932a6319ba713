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

    static void window(int window, int least) {
        window("window", window, least);
    }

    static void window(String name, int window, int least) {
        if (window < least || window > MOST_BRANCHES) {
            throw new IllegalArgumentException(
                    "%s must be between %d and %d, got %d".formatted(name, least, MOST_BRANCHES, window));
        }
    }

    static void atLeast(String name, int number, int least) {
        if (number < least) {
            throw new IllegalArgumentException("%s must be at least %d, got %d".formatted(name, least, number));
        }
    }

    static void between(String name, double number, double least, double most) {
        if (!(number >= least && number <= most)) {
            throw new IllegalArgumentException(
                    "%s must be between %s and %s, got %s".formatted(name, least, most, number));
        }
    }

    static void percentage(String name, double percentage) {
        if (!(percentage > 0 && percentage <= 100)) {
            throw new IllegalArgumentException(
                    "%s must be a percentage above 0 and at most 100, got %s".formatted(name, percentage));
        }
    }

    static void share(String name, double share) {
        if (!(share >= 0 && share < 1)) {
            throw new IllegalArgumentException("%s must be at least 0 and below 1, got %s".formatted(name, share));
        }
    }
}
