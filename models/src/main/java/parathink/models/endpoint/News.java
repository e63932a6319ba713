package parathink.models.endpoint;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The lock that the completions of one session share, and the word that something has changed under it. Thread-safe. */
final class News {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    ReentrantLock lock() {
        return lock;
    }

    /** Does something under the lock. */
    <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /** Wakes all who wait; the caller holds the lock. */
    void tell() {
        changed.signalAll();
    }

    /** Waits for a change after which something holds; the caller holds the lock. */
    void awaitUntil(BooleanSupplier holds) throws InterruptedException {
        while (!holds.getAsBoolean()) {
            changed.await();
        }
    }
}
