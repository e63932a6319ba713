package parathink.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends what is going on in good order when the process is asked to end: Ctrl-C, or a polite kill. The process then exits
 * with 130, once this is closed or half a minute has passed. Opened and closed by the main thread.
 */
final class Interruption implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = Thread.ofPlatform().name("interruption").unstarted(this::answer);
    private volatile Runnable stop = closed::countDown; // as long as nothing has begun that must be ended

    /** Watches from now on. */
    Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Names what is to be stopped; the stop returns at once and is called by another thread. */
    void stops(Runnable ending) {
        stop = ending;
    }

    private void answer() {
        stop.run();
        try {
            if (!closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("parathink: did not stop in time; what was finished is kept");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(ExitCode.INTERRUPTED.code()); // SIGTERM would give 143 otherwise
    }

    /** Stops watching; the process ends if it was asked to meanwhile. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            closed.countDown(); // the hook runs already, and waits for this
        }
    }
}
