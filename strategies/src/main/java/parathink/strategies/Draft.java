package parathink.strategies;

import java.util.List;
import java.util.Optional;
import parathink.datasets.Answer;
import parathink.models.Completion;

/**
 * An attempt that later calls may read.
 *
 * @param text what they read of it: its solution, within its allowance; empty where it came to none
 * @param calls the calls that led to it, one a step, itself the last
 */
record Draft(Completion completion, String text, Optional<Answer> answer, List<Completion> calls) {
    Draft {
        calls = List.copyOf(calls);
    }
}
