package parathink.datasets.math;

/**
 * The work still allowed for one answer, counted in steps rather than seconds so that a verdict never depends on the
 * machine. Confined to the thread that made it.
 */
final class Effort {
    /** Roughly one addition of long numbers a step; a sine of 70 digits counts {@link #FUNCTION} of them. */
    static final int STEPS = 30_000;

    static final int FUNCTION = 100;
    static final int DEPTH = 120;

    private int left = STEPS;
    private int depth;

    void spend(int steps) {
        left -= steps;
        if (left < 0) {
            throw new Unreadable("too much work");
        }
    }

    /** Enters a nested construct; each call is paired with {@link #leave()}. */
    void enter() {
        spend(1);
        if (++depth > DEPTH) {
            throw new Unreadable("nested too deeply");
        }
    }

    void leave() {
        depth--;
    }
}
