package parathink.models.endpoint;

import java.util.concurrent.TimeUnit;

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
    };

    /** A number that grows by one a nanosecond. */
    long nanos();

    /** Waits. */
    void sleep(long nanos) throws InterruptedException;
}
