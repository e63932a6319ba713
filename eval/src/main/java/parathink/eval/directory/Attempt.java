package parathink.eval.directory;

import java.util.Objects;

/**
 * One solving of one problem.
 *
 * @param problem the problem's id
 * @param repeat counted from 0
 */
public record Attempt(String problem, int repeat) {
    public Attempt {
        Objects.requireNonNull(problem, "problem");
        if (repeat < 0) {
            throw new IllegalArgumentException("repeat must be 0 or more, got " + repeat);
        }
    }
}
