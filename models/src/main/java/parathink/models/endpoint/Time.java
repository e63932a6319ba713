package parathink.models.endpoint;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;

/** Time as back-off and caps see it; a test has its own. Thread-safe. */
interface Time {
    /** That of the machine. */
    Time REAL = new Time() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void sleep(long nanos) throws InterruptedException {
            TimeUnit.NANOSECONDS.sleep(nanos);
        }

        @Override
        @SuppressWarnings("WaitNotInLoop") // the caller looks at what it waits for, and waits again
        public void await(Condition changed, long nanos) throws InterruptedException {
            var _ = changed.awaitNanos(nanos); // whether anything changed is looked at anew
        }
    };

    /** A number that grows by one a nanosecond. */
    long nanos();

    /** Waits. */
    void sleep(long nanos) throws InterruptedException;

    /** Waits for a change, and no longer than this; the caller holds the lock. */
    void await(Condition changed, long nanos) throws InterruptedException;
}
