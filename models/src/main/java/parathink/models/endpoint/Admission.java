package parathink.models.endpoint;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many requests are in flight: one more after as many successes as there are places, half as many when the server says
 * that it has too much to do (additive increase, multiplicative decrease; Chiu and Jain, 1989). Places are given in the order
 * in which they were asked for. Of a cap of tokens a minute, all that a request may take is taken before it is sent, and what it
 * did not take is given back. Once a request has found that no other one would fare better, none is sent. Thread-safe.
 */
final class Admission {
    private static final int FIRST = 16;
    private static final long MINUTE = 60_000_000_000L;

    private final Time time;
    private final int most;
    private final OptionalLong tokensPerMinute;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition(); // the allowance has grown, or nothing is sent any more
    private final Deque<Place> waiting = new ArrayDeque<>();

    private double limit;
    private int inFlight;
    private long decreased; // when the limit was last cut
    private long notBefore; // no request is sent earlier
    private double allowance; // tokens that may still be asked for; below 0 after a large answer
    private long filled; // when the allowance was last filled up
    private Optional<Fault> halt = Optional.empty();

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

        /**
         * Waits until the request may be sent.
         *
         * @param tokens that it may take at most, which are given back by {@link Admission#settle}
         * @throws Fault when none is sent any more
         */
        void await(long tokens) throws Fault, InterruptedException {
            granted.acquire();
            lock.lockInterruptibly();
            try {
                refuseHalted();
                for (long wait = delay(tokens); wait > 0; wait = delay(tokens)) {
                    time.await(changed, wait);
                    refuseHalted();
                }
                allowance -= tokens;
                since = time.nanos();
            } finally {
                lock.unlock();
            }
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

    /**
     * A request has ended.
     *
     * @param taken tokens that were taken for it
     * @param used tokens that the server has read or decoded
     */
    void settle(long taken, long used) {
        lock.lock();
        try {
            allowance += taken - used;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Sends nothing any more; what is in flight comes to its end. */
    void halt(Fault reason) {
        lock.lock();
        try {
            halt = halt.or(() -> Optional.of(reason));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void refuseHalted() throws Fault {
        if (halt.isPresent()) {
            throw halt.get();
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

    /** How long a request must wait that could be sent now, in nanoseconds; one that takes more than a minute has waits for all. */
    private long delay(long tokens) {
        long wait = notBefore - time.nanos();
        if (tokensPerMinute.isPresent()) {
            fill();
            double missing = Math.min(tokens, tokensPerMinute.getAsLong()) - allowance;
            wait = Math.max(wait, (long) Math.ceil(missing / tokensPerMinute.getAsLong() * MINUTE));
        }
        return wait;
    }

    private void fill() {
        long now = time.nanos();
        double more = (double) (now - filled) / MINUTE * tokensPerMinute.orElseThrow();
        allowance = Math.min((double) tokensPerMinute.getAsLong(), allowance + more);
        filled = now;
    }
}
