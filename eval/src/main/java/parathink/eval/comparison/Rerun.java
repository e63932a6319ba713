package parathink.eval.comparison;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import parathink.eval.directory.RunDirectory;

/**
 * A run whose strategy stops by itself, and what it did when it was run again with other numbers of completions.
 *
 * @param run as it was
 * @param again by the number of completions that it might draw, its own among them
 */
public record Rerun(RunDirectory run, SortedMap<Integer, RunDirectory> again) {
    public Rerun {
        if (again.isEmpty()) {
            throw new IllegalArgumentException(run.path() + ": was not run again");
        }
        again = Collections.unmodifiableSortedMap(new TreeMap<>(again));
    }
}
