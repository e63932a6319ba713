package parathink.models.endpoint;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many requests are in flight: one more after as many successes as there are places, half as many when the server says
 * that it has too much to do (additive increase, multiplicative decrease; Chiu and Jain, 1989). Places are given in the order
 * in which they were asked for. Thread-safe.
 */
final class Admission {
    private static final int FIRST = 16;
    private static final long MINUTE = 60_000_000_000L;

    private final Time time;
    private final int most;
    private final OptionalLong tokensPerMinute;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Place> waiting = new ArrayDeque<>();

    private double limit;
    private int inFlight;
    private long decreased; // when the limit was last cut
    private long notBefore; // no request is sent earlier
    private double allowance; // tokens that may still be asked for; below 0 after a large answer
    private long filled; // when the allowance was last filled up

    Admission(Caps caps, Time time) {
        this.time = time;
        this.most = caps.requests();
        this.tokensPerMinute = caps.tokensPerMinute();
        this.limit = Math.min(FIRST, most);
        this.allowance = tokensPerMinute.orElse(0);
        this.decreased = time.nanos();
        this.notBefore = time.nanos();
        this.filled = time.nanos();
    }

    /** A place among the requests in flight, or in the queue for one. */
    final class Place {
        private final Semaphore granted = new Semaphore(0);
        private boolean held; // guarded by the lock, as is the next one
        private boolean left;
        private long since;

        /** Waits until the request may be sent. */
        void await() throws InterruptedException {
            granted.acquire();
            for (long wait = delay(); wait > 0; wait = delay()) {
                time.sleep(wait);
            }
            since = time.nanos();
        }

        /** Gives the place up; nothing happens a second time. */
        void leave() {
            lock.lock();
            try {
                if (!left) {
                    left = true;
                    waiting.remove(this);
                    inFlight -= held ? 1 : 0;
                    grant();
                }
            } finally {
                lock.unlock();
            }
        }

        /** The server has answered to the end. */
        void succeeded() {
            lock.lock();
            try {
                limit = Math.min(most, limit + 1 / limit);
                grant();
            } finally {
                lock.unlock();
            }
        }

        /** The server has too much to do. Requests that were under way together cut the limit once. */
        void congested(long waitNanos) {
            lock.lock();
            try {
                long now = time.nanos();
                if (since - decreased >= 0) {
                    limit = Math.max(1, limit / 2);
                    decreased = now;
                }
                if (now + waitNanos - notBefore > 0) {
                    notBefore = now + waitNanos;
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** Queues for a place. */
    Place enter() {
        var place = new Place();
        lock.lock();
        try {
            waiting.add(place);
            grant();
        } finally {
            lock.unlock();
        }
        return place;
    }

    /** Tokens that the server has read or decoded. */
    void used(long tokens) {
        if (tokensPerMinute.isPresent()) {
            lock.lock();
            try {
                fill();
                allowance -= tokens;
            } finally {
                lock.unlock();
            }
        }
    }

    /** The most requests in flight at present. */
    int limit() {
        lock.lock();
        try {
            return (int) limit;
        } finally {
            lock.unlock();
        }
    }

    private void grant() {
        while (inFlight < (int) limit && !waiting.isEmpty()) {
            var next = waiting.remove();
            next.held = true;
            inFlight++;
            next.granted.release();
        }
    }

    /** How long a request must wait that could be sent now, in nanoseconds. */
    private long delay() {
        lock.lock();
        try {
            long wait = notBefore - time.nanos();
            if (tokensPerMinute.isPresent()) {
                fill();
                double missing = 1 - allowance;
                wait = Math.max(wait, (long) Math.ceil(missing / tokensPerMinute.getAsLong() * MINUTE));
            }
            return wait;
        } finally {
            lock.unlock();
        }
    }

    private void fill() {
        long now = time.nanos();
        double more = (double) (now - filled) / MINUTE * tokensPerMinute.orElseThrow();
        allowance = Math.min((double) tokensPerMinute.getAsLong(), allowance + more);
        filled = now;
    }
}
