package parathink.strategies;

import java.util.List;
import parathink.models.Completion;

/**
 * What calls of the next round read.
 *
 * @param text empty where there was nothing to read
 * @param calls the calls that led to it, one a step: the longest way to a draft in it, then those that chose and wrote
 */
record Workspace(String text, List<Completion> calls) {
    Workspace {
        calls = List.copyOf(calls);
    }
}
