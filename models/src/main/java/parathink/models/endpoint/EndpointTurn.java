package parathink.models.endpoint;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.Stream;
import parathink.models.ModelException;
import parathink.models.Progress;

/**
 * The rows that a strategy waits for: each takes one event of those that have arrived, in turn, until one rests. Where the run
 * is to stop, those that are in flight end first. Used by the strategy's thread.
 */
final class EndpointTurn {
    private final News news;
    private final String server;
    private final List<EndpointRow> active = new ArrayList<>();
    private final Queue<EndpointRow> ended = new ArrayDeque<>();
    private final List<EndpointRow> halted = new ArrayList<>();
    private Optional<ModelException> halt =
            Optional.empty(); // told when nothing else is left: what is in flight comes first

    EndpointTurn(News news, String server) {
        this.news = news;
        this.server = server;
    }

    /** Waits for a row too. */
    void add(EndpointRow row) {
        active.add(row);
    }

    /** Those that still get events. */
    List<EndpointRow> active() {
        return List.copyOf(active);
    }

    /** How far the rows have come that were not given yet. */
    List<Progress> standing() {
        return Stream.concat(ended.stream(), active.stream())
                .map(EndpointRow::progress)
                .toList();
    }

    /** Waits for a row no longer. */
    void remove(EndpointRow row) {
        active.remove(row);
    }

    /** Whether there is a row that has ended and was not given yet, or will. */
    boolean hasMore() {
        return !(ended.isEmpty() && active.isEmpty() && halted.isEmpty());
    }

    /** The next row to end. */
    EndpointRow next() {
        if (!hasMore()) {
            throw new NoSuchElementException();
        }
        while (ended.isEmpty()) {
            if (active.isEmpty()) {
                throw halt.orElseThrow();
            }
            advance();
        }
        return ended.remove();
    }

    /** Goes on until every row rests. */
    void restAll() {
        while (!active.isEmpty()) {
            advance();
        }
        if (!halted.isEmpty()) {
            throw halt.orElseThrow();
        }
        ended.clear();
    }

    /** Gives the rows that have ended and were not given yet, and those that have not ended. */
    List<EndpointRow> clear() {
        var rows = new ArrayList<>(ended);
        rows.addAll(active);
        rows.addAll(halted);
        halted.clear();
        ended.clear();
        active.clear();
        return rows;
    }

    /** Moves the rows that get no further event for now to the ended ones; whether there were any. */
    boolean settle() {
        boolean any = false;
        for (var rows = active.iterator(); rows.hasNext(); ) {
            var row = rows.next();
            if (row.rests()) {
                rows.remove();
                ended.add(row);
                any = true;
            }
        }
        return any;
    }

    private void advance() {
        while (true) {
            boolean any = false;
            for (var rows = active.iterator(); rows.hasNext(); ) {
                any |= step(rows);
            }
            if (settle() || active.isEmpty()) {
                return;
            }
            if (!any) {
                await();
            }
        }
    }

    private boolean step(Iterator<EndpointRow> rows) {
        var row = rows.next();
        try {
            return row.step();
        } catch (ModelException e) {
            if (e.kind() != ModelException.Kind.HALTED) {
                throw e;
            }
            rows.remove();
            halted.add(row);
            halt = halt.or(() -> Optional.of(e));
            return true;
        }
    }

    private void await() {
        news.lock().lock();
        try {
            news.awaitUntil(() -> active.stream().anyMatch(EndpointRow::isReady));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ModelException(
                    ModelException.Kind.FAILED, "interrupted while waiting for %s".formatted(server), e);
        } finally {
            news.lock().unlock();
        }
    }
}
