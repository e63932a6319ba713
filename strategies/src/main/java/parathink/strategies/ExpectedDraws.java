package parathink.strategies;

import java.util.List;

/**
 * How many completions early stopping is expected to draw (Li et al., 2024, arXiv 2401.10480, the control scheme): with the shares p of the
 * answers, a window of w is unanimous with probability q, the sum of p to the power w, whatever the windows before it gave.
 *
 * @param unanimous probability q that a window is unanimous, 0 to 1
 * @param window branches in a window, at least 1
 */
record ExpectedDraws(double unanimous, int window) {
    ExpectedDraws {
        Checks.between("unanimous", unanimous, 0, 1);
        Checks.atLeast("window", window, 1);
    }

    /**
     * Reckoned from a first window; branches without an answer have a share, but none that could be unanimous.
     *
     * @param counts completions by answer in that window
     */
    static ExpectedDraws of(List<Integer> counts, int window) {
        double unanimous = 0;
        for (int count : counts) {
            unanimous += StrictMath.pow(count / (double) window, window);
        }
        return new ExpectedDraws(Math.min(1, unanimous), window);
    }

    /** Completions expected where at most so many are drawn; a last window that is smaller cannot be unanimous. */
    double upTo(int most) {
        double expected = 0;
        double reached = 1; // the probability that a window is drawn
        int before = 0;
        for (; before + window < most; before += window) {
            expected += reached * unanimous * (before + window);
            reached *= 1 - unanimous;
        }
        return expected + reached * most;
    }

    /** The largest number of whole windows, in completions, whose expectation is within a limit; one window at least, {@code most} at most. */
    int within(double limit, int most) {
        int cap = Math.min(window, most);
        while (cap < most && upTo(Math.min(cap + window, most)) <= limit) {
            cap = Math.min(cap + window, most);
        }
        return cap;
    }
}
