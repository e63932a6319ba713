package parathink.models.endpoint;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** How long a server has said nothing to a reader that listens. A reader that does not listen does not wait. Thread-safe. */
final class Silence {
    private final long longest; // nanoseconds
    private volatile long since = System.nanoTime();
    private volatile boolean listening = true;
    private volatile boolean last; // nothing that comes ends it
    private volatile boolean broken;

    private Silence(Duration longest) {
        this.longest = longest.toNanos();
    }

    /** A line has come. */
    void heard() {
        if (!last) {
            since = System.nanoTime();
        }
    }

    /** Nothing is waited for any more: from now on the server is as good as silent, whatever it sends. */
    void begin() {
        since = System.nanoTime();
        last = true;
    }

    /** The reader listens from now on, or does something else. */
    void listening(boolean now) {
        since = System.nanoTime();
        listening = now;
    }

    /** Whether it lasted too long, so that the request was ended. */
    boolean isBroken() {
        return broken;
    }

    private boolean lastsTooLong() {
        return listening && System.nanoTime() - since > longest;
    }

    /** Ends requests whose server says nothing for too long. Thread-safe; closed by whoever opened it. */
    static final class Guard implements AutoCloseable {
        private final Duration longest;
        private final Map<Silence, Runnable> watched = new ConcurrentHashMap<>();
        private final ScheduledExecutorService rounds = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("silence").factory());

        Guard(Duration longest) {
            this.longest = longest;
            long round = Math.max(1, longest.toMillis() / 8);
            var _ = rounds.scheduleWithFixedDelay(this::look, round, round, TimeUnit.MILLISECONDS);
        }

        /** Watches a request until it is forgotten. */
        Silence watch() {
            return new Silence(longest);
        }

        void end(Silence silence, Runnable ending) {
            watched.put(silence, ending);
        }

        void forget(Silence silence) {
            watched.remove(silence);
        }

        private void look() {
            watched.forEach((silence, ending) -> {
                if (silence.lastsTooLong()) {
                    silence.broken = true;
                    ending.run();
                }
            });
        }

        @Override
        public void close() {
            rounds.shutdownNow();
        }
    }
}
