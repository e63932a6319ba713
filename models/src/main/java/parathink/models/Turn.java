package parathink.models;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * The rows that one strategy waits for. They advance only while it waits; when {@code pausing}, the first that ends also
 * ends the turn. Guarded by the lock of the decode loop.
 */
final class Turn {
    final LocalSession session;
    final boolean pausing;
    final List<Row> active;
    final Queue<Row> ended = new ArrayDeque<>();
    boolean waiting;
    RuntimeException failure;

    Turn(LocalSession session, List<Row> rows, boolean pausing) {
        this.session = session;
        this.active = new ArrayList<>(rows);
        this.pausing = pausing;
    }

    /** Moves the rows that have finished or paused to the ended ones; whether the strategy has something to do now. */
    boolean settle() {
        boolean news = false;
        for (var rows = active.iterator(); rows.hasNext(); ) {
            var row = rows.next();
            if (row.rests()) {
                rows.remove();
                ended.add(row);
                news = true;
            }
        }
        return news || failure != null;
    }
}
