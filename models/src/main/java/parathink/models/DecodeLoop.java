package parathink.models;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
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
    private final Sampler sampler;
    private final Batch batch = new Batch();
    private final List<Row> kept = new ArrayList<>(); // rows that draw from logits kept since a fork
    private final List<Row> prompts = new ArrayList<>(); // rows with a text to read first
    private final List<Row> steps = new ArrayList<>(); // rows with one token to read first
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Condition settled = lock.newCondition();
    private final Queue<Runnable> commands = new ArrayDeque<>();
    private final List<Turn> turns = new ArrayList<>(); // in the order in which their sessions were opened
    private boolean closed;

    DecodeLoop(LanguageModel model) {
        this.model = model;
        this.sampler = new Sampler(model.vocabularySize());
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
                    throw failure(e.getCause());
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
        passBefore(sequence, 0);
        var logits = new float[model.vocabularySize()];
        MemorySegment.copy(batch.logits(), ValueLayout.JAVA_FLOAT, 0, logits, 0, logits.length);
        return logits;
    }

    /** Passes for one sequence until at most the last one, or none, is left to do. */
    private void passBefore(LocalSequence sequence, int left) {
        while (sequence.pending() > left * sequence.nextPass()) {
            batch.clear();
            sequence.addTo(batch);
            model.forward(batch);
        }
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
                    step(chosen);
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

    /** Gives every row of these turns one token, or its end. */
    private void step(List<Turn> chosen) {
        try {
            for (var turn : chosen) {
                sort(turn);
            }
            for (var row : kept) {
                var sequence = row.sequence();
                draw(chosen, row, MemorySegment.ofArray(sequence.keptLogits()), 0);
            }
            passAndDraw(chosen, prompts);
            passAndDraw(chosen, steps);
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            chosen.forEach(turn -> turn.failure = failure(e));
        } finally {
            kept.clear();
            prompts.clear();
            steps.clear();
        }
    }

    /** Ends the rows that the budget leaves no token for, and sorts the others by what they need before a draw. */
    private void sort(Turn turn) {
        long left = turn.session.budgetLeft();
        for (var row : turn.active) {
            if (left-- <= 0) {
                row.end(FinishReason.BUDGET, "");
            } else if (!row.isLive()) {
                row.acceptRecorded();
            } else {
                passBefore(row.sequence(), 1);
                switch (row.sequence().pending()) {
                    case 0 -> kept.add(row);
                    case 1 -> steps.add(row);
                    default -> prompts.add(row);
                }
            }
        }
    }

    private void passAndDraw(List<Turn> chosen, List<Row> rows) {
        for (int first = 0; first < rows.size(); first += model.preferredRows()) {
            int end = Math.min(rows.size(), first + model.preferredRows());
            batch.clear();
            for (int i = first; i < end; i++) {
                rows.get(i).sequence().addTo(batch);
            }
            model.forward(batch);
            for (int i = first; i < end; i++) {
                var row = rows.get(i);
                draw(chosen, row, batch.logits(), i - first);
            }
        }
    }

    /** Draws a row's next token; a row whose logits are of no use fails its own turn, not the others of the pass. */
    private void draw(List<Turn> chosen, Row row, MemorySegment logits, int at) {
        try {
            int token = sampler.draw(logits, at, row.sequence().sampling(), row.uniform());
            row.accept(token, sampler);
        } catch (ModelException e) {
            for (var turn : chosen) {
                if (turn.active.contains(row)) {
                    turn.failure = e;
                }
            }
        }
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

    private static RuntimeException failure(Throwable cause) {
        return switch (cause) {
            case RuntimeException e -> e;
            case OutOfMemoryError e ->
                new ModelException(
                        ModelException.Kind.FAILED, "not enough memory for this problem: " + e.getMessage(), e);
            default -> new ModelException(ModelException.Kind.FAILED, cause.toString(), cause);
        };
    }
}
