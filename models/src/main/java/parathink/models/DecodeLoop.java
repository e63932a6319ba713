package parathink.models;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The one loop that calls the model, on one platform thread. While strategies wait, it takes the rows of their turns, all
 * rows of a turn together, and gives each of them one token a step: pass, draw, charge, deliver.
 */
final class DecodeLoop implements AutoCloseable {
    /** How long a step waits for strategies that are about to ask again, so that their rows need not miss it. */
    private static final long GRACE_NANOS = 300_000;

    private final LanguageModel model;
    private final DecodeStep step;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Condition settled = lock.newCondition();
    private final Queue<Runnable> commands = new ArrayDeque<>();
    private final List<Turn> turns = new ArrayList<>(); // in the order in which their sessions were opened
    private boolean closed;

    DecodeLoop(LanguageModel model) {
        this.model = model;
        this.step = new DecodeStep(model);
        this.thread = Thread.ofPlatform().daemon().name("decode").unstarted(this::run);
        thread.start();
    }

    /** Runs a command on the loop's thread, between two steps, and waits for its result. */
    <T> T call(Callable<T> command) {
        var result = new CompletableFuture<T>();
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the engine is closed");
            }
            commands.add(() -> {
                try {
                    result.complete(command.call());
                } catch (Exception | OutOfMemoryError | StackOverflowError e) {
                    result.completeExceptionally(e);
                }
            });
            changed.signal();
        } finally {
            lock.unlock();
        }
        return await(result);
    }

    /** Waits through interrupts: commands are short, and a session must be able to close on an interrupted thread. */
    private static <T> T await(CompletableFuture<T> result) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return result.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw DecodeStep.failure(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Adds a turn; its rows stand still until {@link #next} is called. */
    void add(Turn turn) {
        lock.lock();
        try {
            int place = turns.size();
            while (place > 0 && turns.get(place - 1).session.order() > turn.session.order()) {
                place--;
            }
            turns.add(place, turn);
        } finally {
            lock.unlock();
        }
    }

    /** Whether a turn has rows that {@link #next} will still give. */
    boolean hasMore(Turn turn) {
        lock.lock();
        try {
            return turn.failure != null || !turn.ended.isEmpty() || !turn.active.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the next row of a turn to end; empty when all have been given. */
    Optional<Row> next(Turn turn) {
        lock.lock();
        try {
            if (turn.ended.isEmpty() && turn.failure == null && !turn.active.isEmpty()) {
                if (closed) {
                    throw new IllegalStateException("the engine is closed");
                }
                turn.waiting = true;
                changed.signal();
                while (turn.ended.isEmpty() && turn.failure == null) {
                    settled.await();
                }
            }
            if (turn.pausing) {
                turn.waiting = false;
            }
            if (turn.failure != null) {
                throw turn.failure;
            }
            return Optional.ofNullable(turn.ended.poll());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ModelException(ModelException.Kind.FAILED, "interrupted while waiting for the model", e);
        } finally {
            lock.unlock();
        }
    }

    /** Takes a turn out, between two steps; its rows are not stepped again once this returns. */
    void remove(Turn turn) {
        if (turn.active.isEmpty()) {
            detach(turn);
        } else {
            call(() -> {
                detach(turn);
                return turn;
            });
        }
    }

    private void detach(Turn turn) {
        lock.lock();
        try {
            turn.waiting = false;
            turns.remove(turn);
        } finally {
            lock.unlock();
        }
    }

    /** Passes for one sequence, on the loop's thread: computes all that is pending and gives the logits after it. */
    float[] passAlone(LocalSequence sequence) {
        return step.passAlone(sequence);
    }

    /** Ends the loop after the step it is in and closes the model; turns that wait fail. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        var todo = new ArrayList<Runnable>();
        var chosen = new ArrayList<Turn>();
        try (model) {
            while (await(todo, chosen)) {
                todo.forEach(Runnable::run);
                todo.clear();
                if (!chosen.isEmpty()) {
                    step.run(chosen);
                    deliver(chosen);
                    chosen.clear();
                }
            }
        } finally {
            abandon();
        }
    }

    /** Fails all that waits or will ask: the loop has ended, as it was told to or by an error that nothing survives. */
    private void abandon() {
        lock.lock();
        try {
            closed = true;
            var reason = new IllegalStateException("the engine was closed while a strategy waited");
            turns.forEach(turn -> turn.failure = reason);
            settled.signalAll();
            commands.forEach(Runnable::run);
            commands.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for something to do; false when the loop is to end. */
    private boolean await(List<Runnable> todo, List<Turn> chosen) {
        lock.lock();
        try {
            long grace = GRACE_NANOS;
            while (!closed) {
                todo.addAll(commands);
                commands.clear();
                if (!todo.isEmpty()) {
                    return true;
                }
                boolean someAway = choose(chosen);
                if (!chosen.isEmpty() && (!someAway || grace <= 0)) {
                    return true;
                }
                if (chosen.isEmpty()) {
                    changed.await();
                } else {
                    chosen.clear();
                    grace = changed.awaitNanos(grace);
                }
            }
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts the decode loop", e);
        } finally {
            lock.unlock();
        }
    }

    /** Takes whole turns while rows fit, those of the oldest sessions first; true when a strategy is between two waits. */
    private boolean choose(List<Turn> chosen) {
        int rows = 0;
        boolean someAway = false;
        for (var turn : turns) {
            if (!turn.waiting) {
                someAway |= !turn.active.isEmpty();
            } else if (chosen.isEmpty() || rows + turn.active.size() <= model.preferredRows()) {
                chosen.add(turn);
                rows += turn.active.size();
            }
        }
        return someAway && rows < model.preferredRows();
    }

    /** Wakes the strategies that have something to do. */
    private void deliver(List<Turn> chosen) {
        lock.lock();
        try {
            boolean news = false;
            for (var turn : chosen) {
                if (turn.settle()) {
                    news = true;
                    turn.waiting &= !turn.pausing && !turn.active.isEmpty() && turn.failure == null;
                }
            }
            if (news) {
                settled.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }
}
