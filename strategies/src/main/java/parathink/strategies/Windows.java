package parathink.strategies;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import parathink.models.Completion;
import parathink.models.FinishReason;
import parathink.models.Sequence;

/**
 * The branches of one prompt, launched a window at a time. Each has a place in the order of all, whatever the order in which
 * they end. Used by one thread.
 */
final class Windows {
    private final Sequence trunk;
    private int most;
    private final int size;
    private final Map<String, Integer> places = new HashMap<>();
    private List<Sequence> open = List.of();
    private boolean budgetSpent;
    private boolean exhausted; // recorded completions may be fewer than were asked for

    /**
     * Launches nothing yet.
     *
     * @param trunk the prompt, whose only branches these are
     * @param most branches in all
     * @param size branches in a window; the last one may be smaller
     */
    Windows(Sequence trunk, int most, int size) {
        this.trunk = trunk;
        this.most = most;
        this.size = size;
    }

    /** Whether branches are left to launch and tokens to decode them with. */
    boolean hasNext() {
        return places.size() < most && !budgetSpent && !exhausted;
    }

    /** Launches no more than this many in all, those launched so far among them. */
    void lower(int cap) {
        most = Math.min(most, cap);
    }

    /** Launches the next window. */
    List<Sequence> next() {
        return next(size);
    }

    /** Launches a window of another size, or of what is left. */
    List<Sequence> next(int branches) {
        int wanted = Math.min(branches, most - places.size());
        open = trunk.fork(wanted);
        exhausted = open.size() < wanted;
        for (var branch : open) {
            places.put(branch.path(), places.size());
        }
        return open;
    }

    /** The place of a completion of the window launched last, counted from 0 over all windows. */
    int place(Completion completion) {
        budgetSpent |= completion.finish() == FinishReason.BUDGET;
        return places.get(completion.path());
    }

    /** Ends what is still decoding of the window launched last. */
    void cancel(String rule) {
        open.forEach(branch -> branch.cancel(rule));
    }

    /** Why no further window was launched, when no rule forbade it. */
    String end() {
        if (budgetSpent) {
            return "budget";
        }
        return exhausted ? "pool" : "branches";
    }
}
