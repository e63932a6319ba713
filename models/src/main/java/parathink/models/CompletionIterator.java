package parathink.models;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Completions in the order in which they end, until their session goes on to other sequences. Used by the strategy's thread.
 *
 * @param isWaiting whether the session still waits for these
 * @param hasMore whether any of them has not been given yet
 * @param ended waits for the next one and tells of it
 */
public record CompletionIterator(BooleanSupplier isWaiting, BooleanSupplier hasMore, Supplier<Completion> ended)
        implements Iterator<Completion> {
    @Override
    public boolean hasNext() {
        return isWaiting.getAsBoolean() && hasMore.getAsBoolean();
    }

    @Override
    public Completion next() {
        if (!isWaiting.getAsBoolean()) {
            throw new IllegalStateException("the session has gone on to other sequences");
        }
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ended.get();
    }
}
