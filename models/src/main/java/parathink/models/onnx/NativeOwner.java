package parathink.models.onnx;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Owns native objects and releases them in the reverse order of their making; an arena promises no order, and a session
 * must go before its environment. Not thread-safe; closed by the class that made it.
 */
final class NativeOwner implements AutoCloseable {
    private final Deque<Runnable> releases = new ArrayDeque<>();

    void add(Runnable release) {
        releases.push(release);
    }

    @Override
    public void close() {
        while (!releases.isEmpty()) {
            releases.pop().run();
        }
    }
}
