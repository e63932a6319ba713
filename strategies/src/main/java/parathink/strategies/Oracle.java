package parathink.strategies;

import parathink.datasets.Answer;

/**
 * Says which answers are right, to a strategy that diagnoses a method and is none itself. The one who has the reference gives
 * it, and marks the run.
 */
@FunctionalInterface
public interface Oracle {
    /** For methods, which may not ask. */
    Oracle NONE = answer -> {
        throw new IllegalStateException("only a diagnosis is told what is right");
    };

    boolean isRight(Answer answer);
}
