package parathink.models.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;

/** Time that passes only when somebody sleeps. Thread-safe. */
final class TestingTime implements Time {
    private final List<Long> slept = new ArrayList<>();
    private long now;

    @Override
    public synchronized long nanos() {
        return now;
    }

    @Override
    public synchronized void sleep(long nanos) {
        now += nanos;
        slept.add(nanos);
    }

    @Override
    public void await(Condition changed, long nanos) {
        sleep(nanos);
    }

    /** What was slept, in milliseconds, in order. */
    synchronized List<Long> slept() {
        return slept.stream().map(nanos -> nanos / 1_000_000).toList();
    }
}
