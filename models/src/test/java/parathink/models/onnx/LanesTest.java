package parathink.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LanesTest {
    private final Lanes lanes = new Lanes(3);

    @AfterEach
    void close() {
        lanes.close();
    }

    @Test
    void everyPartRunsOnce() {
        var runs = new AtomicIntegerArray(100);
        lanes.run(100, (lane, part) -> runs.incrementAndGet(part));
        for (int part = 0; part < 100; part++) {
            assertThat(runs.get(part)).as("part %d", part).isEqualTo(1);
        }
    }

    @Test
    void partsRunSideBySideInLanesOfTheirOwn() {
        var all = new CyclicBarrier(3); // nobody passes before three parts run at once
        Set<Integer> seen = ConcurrentHashMap.newKeySet();
        lanes.run(3, (lane, part) -> {
            seen.add(lane);
            meet(all);
        });
        assertThat(seen).containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    void aSinglePartRunsOnTheCallersThread() {
        var caller = Thread.currentThread();
        lanes.run(1, (lane, part) -> assertThat(Thread.currentThread()).isSameAs(caller));
    }

    @Test
    void aFailureIsThrownWhenAllLanesHaveEnded() {
        var runs = new AtomicIntegerArray(3);
        var all = new CyclicBarrier(3);
        assertThatThrownBy(() -> lanes.run(3, (lane, part) -> {
                    meet(all);
                    if (part == 1) {
                        throw new IllegalStateException("part 1 fails");
                    }
                    runs.incrementAndGet(part);
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("part 1 fails");
        assertThat(runs.get(0) + runs.get(2)).isEqualTo(2);
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
