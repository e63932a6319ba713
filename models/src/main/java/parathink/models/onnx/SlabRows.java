package parathink.models.onnx;

import java.util.Arrays;

/**
 * Which cache has which row of a slab, and which stretches of rows a decoding pass runs over. A row inside a stretch
 * that has no token to decode is run along and its result ignored; rows are moved together once that has cost more
 * than moving. Not thread-safe.
 */
final class SlabRows {
    /** Idle rows that a stretch bridges: about what one more run costs, counted in rows. */
    private static final int BRIDGE = 4;

    /** Passes that an idle row must have cost before moving one row is worth it. */
    private static final int PATIENCE = 4;

    private SlabCache[] owners = new SlabCache[0]; // null where a row is free
    private int used; // rows beyond are free
    private int[] firsts = new int[4];
    private int[] counts = new int[4];
    private int stretches;
    private int debt; // rows run in vain since rows were last moved

    /** Moves the content of rows; {@code to} is free or its owner takes {@code from}'s place. */
    interface Mover {
        void move(int from, int to);
    }

    /** Takes note that the slab has grown. */
    void resize(int rows) {
        owners = Arrays.copyOf(owners, rows);
    }

    boolean isFull() {
        return used == owners.length && firstFree() == owners.length;
    }

    int used() {
        return used;
    }

    boolean isFree(int row) {
        return owners[row] == null;
    }

    SlabCache owner(int row) {
        return owners[row];
    }

    /** Gives a cache the first free row. */
    int take(SlabCache cache) {
        int row = firstFree();
        owners[row] = cache;
        used = Math.max(used, row + 1);
        return row;
    }

    void free(int row) {
        owners[row] = null;
        while (used > 0 && owners[used - 1] == null) {
            used--;
        }
    }

    private int firstFree() {
        int row = 0;
        while (row < used && owners[row] != null) {
            row++;
        }
        return row;
    }

    int stretches() {
        return stretches;
    }

    int first(int stretch) {
        return firsts[stretch];
    }

    int count(int stretch) {
        return counts[stretch];
    }

    /** Whether the rows of a stretch that take part go on from prefixes; else none of them does. */
    boolean prefixed(int stretch) {
        for (int row = firsts[stretch]; row < firsts[stretch] + counts[stretch]; row++) {
            if (isActive(row)) {
                return isPrefixed(row);
            }
        }
        return false;
    }

    private boolean isPrefixed(int row) {
        return owners[row].prefix().isPresent();
    }

    /**
     * Lays the stretches for a pass over the rows whose caches take part in it.
     *
     * @param longest rows that a stretch has at most
     */
    void plan(int active, int longest, Mover mover) {
        gatherWhenWorth(active, mover);
        cut(longest);
    }

    private void gatherWhenWorth(int active, Mover mover) {
        int waste = lay();
        debt += waste;
        if (waste > 0) {
            int first = fullestWindow(active);
            int outside = active - activeWithin(first, active);
            if (debt >= PATIENCE * outside) {
                gather(first, active, mover);
                debt = 0;
                lay();
            }
        }
    }

    /** Stretches over the rows as they lie; returns what they cost more than one stretch without idle rows, in rows. */
    private int lay() {
        stretches = 0;
        int idle = 0;
        int end = 0;
        for (int row = 0; row < used; row++) {
            if (!isActive(row)) {
                continue;
            }
            if (stretches > 0 && row - end <= BRIDGE && prefixed(stretches - 1) == isPrefixed(row)) {
                idle += row - end;
            } else {
                begin(row);
            }
            end = row + 1;
            counts[stretches - 1] = end - firsts[stretches - 1];
        }
        return idle + BRIDGE * (stretches - 1);
    }

    private void begin(int row) {
        if (stretches == firsts.length) {
            firsts = Arrays.copyOf(firsts, 2 * stretches);
            counts = Arrays.copyOf(counts, 2 * stretches);
        }
        firsts[stretches++] = row;
    }

    /** Cuts what is longer into pieces that differ by one row at most. */
    private void cut(int longest) {
        for (int s = stretches - 1; s >= 0; s--) {
            int first = firsts[s];
            int rows = counts[s];
            int pieces = (rows + longest - 1) / longest;
            for (int piece = 1; piece < pieces; piece++) {
                int from = rows * piece / pieces;
                begin(first + from);
                counts[stretches - 1] = rows * (piece + 1) / pieces - from;
            }
            counts[s] = rows / pieces;
        }
    }

    /** The window of so many rows that holds the most active ones, the first of several. */
    private int fullestWindow(int rows) {
        int inside = activeWithin(0, rows);
        int most = inside;
        int best = 0;
        for (int first = 1; first + rows <= used; first++) {
            inside += (isActive(first + rows - 1) ? 1 : 0) - (isActive(first - 1) ? 1 : 0);
            if (inside > most) {
                most = inside;
                best = first;
            }
        }
        return best;
    }

    private int activeWithin(int first, int rows) {
        int active = 0;
        for (int row = first; row < first + rows; row++) {
            active += isActive(row) ? 1 : 0;
        }
        return active;
    }

    /** Moves every active row into the window. */
    private void gather(int first, int rows, Mover mover) {
        int hole = first;
        for (int row = used - 1; row >= 0; row--) {
            if (!isActive(row) || (row >= first && row < first + rows)) {
                continue;
            }
            while (isActive(hole)) {
                hole++;
            }
            mover.move(row, hole);
            var moved = owners[row];
            owners[row] = owners[hole];
            owners[hole] = moved;
            moved.row(hole);
            if (owners[row] != null) {
                owners[row].row(row);
            }
        }
        while (used > 0 && owners[used - 1] == null) {
            used--;
        }
    }

    private boolean isActive(int row) {
        return owners[row] != null && owners[row].isActive();
    }
}
