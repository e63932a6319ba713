package parathink.models.replay;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import parathink.models.FinishReason;

/** The rows that a strategy waits for: each step gives every one of them a token. Used by the strategy's thread. */
final class ReplayTurn {
    final List<ReplayRow> active = new ArrayList<>();
    final Queue<ReplayRow> ended = new ArrayDeque<>();

    /** Whether a row has ended that was not given yet, or will. */
    boolean hasMore() {
        return !(ended.isEmpty() && active.isEmpty());
    }

    /**
     * Gives tokens step by step, one a row, until at least one row has ended.
     *
     * @param budget tokens that may be given
     * @return tokens that were
     */
    long advance(long budget) {
        long steps = Long.MAX_VALUE;
        for (var row : active) {
            steps = Math.min(steps, row.remaining());
        }
        long affordable = budget / active.size();
        long given;
        if (affordable >= steps) {
            given = give(steps, active);
        } else {
            given = give(affordable, active);
            // In the step that the budget ends in, the first rows still get their token.
            int last = (int) (budget - given);
            given += give(1, active.subList(0, last));
            active.subList(last, active.size()).forEach(row -> row.end(FinishReason.BUDGET, ""));
        }
        settle();
        return given;
    }

    private static long give(long tokens, List<ReplayRow> rows) {
        rows.forEach(row -> row.advance((int) tokens));
        return tokens * rows.size();
    }

    /** Moves the rows that get no further token to the ended ones. */
    void settle() {
        for (var rows = active.iterator(); rows.hasNext(); ) {
            var row = rows.next();
            if (row.rests()) {
                rows.remove();
                ended.add(row);
            }
        }
    }

    /** The longest chain of tokens that led to any of the rows. */
    long span() {
        long longest = 0;
        for (var row : active) {
            longest = Math.max(longest, row.span());
        }
        for (var row : ended) {
            longest = Math.max(longest, row.span());
        }
        return longest;
    }
}
