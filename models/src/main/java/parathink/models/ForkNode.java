package parathink.models;

import java.util.Optional;

/**
 * Where a sequence stands in the fork tree of its session: its name and the names of what comes of it, the longest chain that
 * led to its end, and the decode that stands still. Used by the strategy's thread, the chain by the decode loop while that waits.
 *
 * @param <R> a decode in progress
 */
public final class ForkNode<R> {
    private final String path;
    private Optional<R> held = Optional.empty(); // a decode that has paused, or ended before its pause
    private int children;
    private int decodes;
    private long span; // tokens on the longest chain that led to the end of this sequence
    private boolean closed;

    public ForkNode(String path) {
        this.path = path;
    }

    public String path() {
        return path;
    }

    /** A name below this one for the next branch. */
    public String nextPath() {
        return path + "/" + children++;
    }

    /** The name of the next completion: the sequence's own for the first, then as for branches. */
    public String nextDecodePath() {
        return decodes++ == 0 ? path : nextPath();
    }

    public long span() {
        return span;
    }

    public void extendSpan(long end) {
        span = Math.max(span, end);
    }

    /** Keeps a decode for later. */
    public void hold(R row) {
        held = Optional.of(row);
    }

    /** The decode that was kept. */
    public Optional<R> held() {
        return held;
    }

    /** Gives the decode that was kept, once. */
    public Optional<R> takeHeld() {
        var row = held;
        held = Optional.empty();
        return row;
    }

    public void close() {
        closed = true;
    }

    public boolean isClosed() {
        return closed;
    }

    /**
     * Refuses what only an open sequence can do.
     *
     * @throws IllegalStateException when it has ended
     */
    public void requireOpen() {
        if (closed) {
            throw new IllegalStateException("sequence %s has ended".formatted(path));
        }
    }

    /**
     * Refuses a number of branches that no fork can have.
     *
     * @throws IllegalArgumentException for less than one
     * @throws IllegalStateException when the sequence has ended
     */
    public void requireBranches(int branches) {
        if (branches < 1) {
            throw new IllegalArgumentException("branches must be at least 1, got " + branches);
        }
        requireOpen();
    }

    /**
     * Refuses a text in the middle of a decode.
     *
     * @throws IllegalStateException when one stands still, or the sequence has ended
     */
    public void requireBetweenDecodes() {
        requireOpen();
        if (held.isPresent()) {
            throw new IllegalStateException(
                    "the decode of %s has paused; it must end before a text is appended".formatted(path));
        }
    }

    public boolean isBelow(ForkNode<R> other) {
        return path.startsWith(other.path + "/");
    }

    /** What a merge says of a sequence that is no branch of this one. */
    public IllegalArgumentException notMine(ForkNode<R> other) {
        return new IllegalArgumentException("%s is not a branch of %s".formatted(other.path, path));
    }
}
