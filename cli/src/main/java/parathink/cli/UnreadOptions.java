package parathink.cli;

import picocli.CommandLine.ParseResult;

/**
 * Options of {@code plan} that were given though what is asked would not read them; each is refused.
 *
 * @param given what was typed
 */
record UnreadOptions(ParseResult given) {
    private static final String[] ASSUMED = {"--accuracy", "--between", "--correlation"};
    private static final String[] DESIGN = {"--difference", "--power", "--accuracy", "--between", "--correlation"};

    /** For a forecast from problems that are tried now. */
    void checkTried() {
        refuse("a design; leave it out of a forecast", DESIGN);
    }

    /** For what is asked of so many pilot runs. */
    void check(boolean after, boolean forecast, int pilots) {
        if (!forecast) {
            refuse("a forecast; give --forecast or leave it out", "--repeats", "--concurrency", "--branches");
        }
        if (after) {
            refuse("a look ahead; leave it out, or the --after", "--difference", "--problems");
            refuse("a design without pilots; leave it out, or the --after", ASSUMED);
        } else if (forecast) {
            refuse("a design; leave it out, or the --forecast", DESIGN);
            refuse("drawing problems, and a forecast from a pilot draws none; leave it out", "--seed");
        } else if (pilots == 2) {
            refuse("plans without two pilots, which measure it; leave it out", ASSUMED);
        } else if (pilots == 1) {
            refuse("plans without a pilot, which measures it; leave it out", "--accuracy");
        }
    }

    /** For a design from one pilot with several repeats. */
    void checkRepeated() {
        refuse("pilots of one repeat; leave it out", "--between");
    }

    private void refuse(String use, String... options) {
        for (var option : options) {
            if (given.hasMatchedOption(option)) {
                throw new IllegalArgumentException("%s is for %s".formatted(option, use));
            }
        }
    }
}
