package parathink.cli;

import java.util.Locale;
import java.util.Optional;

/**
 * What {@code doctor} found out about one thing.
 *
 * @param subject what was looked at
 * @param detail what was found, or what is wrong
 * @param mend what to do about it, where there is something to do
 */
record Finding(String subject, State state, String detail, Optional<String> mend) {

    /** Whether it is as it should be. */
    enum State {
        /** As it should be. */
        FOUND,
        /** Not here, and not needed for the rest to work. */
        ABSENT,
        /** Nothing works, or much does not, until it is mended. */
        MISSING,
        /** Here, and refused by what reads it until it is mended. */
        WRONG;

        /** Whether nothing works, or much does not, until it is mended. */
        boolean stopsWork() {
            return switch (this) {
                case FOUND, ABSENT -> false;
                case MISSING, WRONG -> true;
            };
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Finding found(String subject, String detail) {
        return new Finding(subject, State.FOUND, detail, Optional.empty());
    }

    static Finding absent(String subject, String detail, String mend) {
        return new Finding(subject, State.ABSENT, detail, Optional.of(mend));
    }

    static Finding wrong(String subject, String detail, String mend) {
        return new Finding(subject, State.WRONG, detail, Optional.of(mend));
    }

    static Finding missing(String subject, String detail, String mend) {
        return new Finding(subject, State.MISSING, detail, Optional.of(mend));
    }
}
