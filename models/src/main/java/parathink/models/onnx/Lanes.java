package parathink.models.onnx;

import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads that take the parts of a pass from one heap. ONNX Runtime could share every operator among its own threads
 * instead, but the operators of a decoding step are so short that waking a thread for each costs more than it computes.
 * Used by one thread, which is the first lane itself, and closed by its decoder.
 */
final class Lanes implements AutoCloseable {
    private final int count;
    private final ExecutorService others;

    /** One part of a pass; parts that run at the same time have different lanes. */
    interface Part {
        void run(int lane, int part);
    }

    Lanes(int count) {
        this.count = count;
        ThreadFactory threads = Thread.ofPlatform().daemon().name("lane-", 1).factory();
        others = Executors.newFixedThreadPool(Math.max(1, count - 1), threads); // starts a thread when it is first used
    }

    int count() {
        return count;
    }

    /** Runs all parts and returns when the last has ended; the first failure is thrown then, an error before others. */
    void run(int parts, Part part) {
        var next = new AtomicInteger();
        var running = new ArrayList<Future<?>>();
        for (int lane = 1; lane < Math.min(count, parts); lane++) {
            int mine = lane;
            running.add(others.submit(() -> drain(next, parts, mine, part)));
        }
        RuntimeException failure = null;
        Error error = null;
        try {
            drain(next, parts, 0, part);
        } catch (RuntimeException e) {
            failure = e;
        } catch (Error e) {
            error = e;
        }
        for (var lane : running) {
            try {
                await(lane);
            } catch (RuntimeException e) {
                failure = failure == null ? e : failure;
            } catch (Error e) {
                error = error == null ? e : error;
            }
        }
        if (error != null) {
            throw error;
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static void drain(AtomicInteger next, int parts, int lane, Part part) {
        for (int i = next.getAndIncrement(); i < parts; i = next.getAndIncrement()) {
            part.run(lane, i);
        }
    }

    /** Waits through interrupts: memory that a lane still writes must not be freed. */
    private static void await(Future<?> lane) {
        boolean interrupted = false;
        while (true) {
            try {
                lane.get();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                throw OrtTable.unexpected(e.getCause());
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        others.close();
    }
}
