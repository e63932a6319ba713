package parathink.strategies;

import java.util.Optional;
import parathink.datasets.Question;
import parathink.models.Dialect;
import parathink.models.SamplingParams;
import parathink.models.Session;

/**
 * A way to spend tokens on a question. Implementations are records whose components are their settings; they hold no state,
 * start no threads, read no clock and count no tokens, and may be used by any number of threads.
 */
public interface Strategy {
    /** Solves one question within a session, which the caller closes. */
    Outcome solve(Question question, Session session);

    /**
     * Solves one question with somebody to ask which answers are right. Only a diagnosis asks, and only it is given more than
     * {@link Oracle#NONE}.
     */
    default Outcome solve(Question question, Session session, Oracle oracle) {
        return solve(question, session);
    }

    /** Whether it asks which answers are right: then it measures a method, and is none to be compared with. */
    default boolean isDiagnostic() {
        return false;
    }

    /** How it draws when asked to draw so: a method that is greedy by its nature does not sample. */
    default SamplingParams drawing(SamplingParams sampling) {
        return sampling;
    }

    /** Why this strategy cannot work on such a question, if so; asked before a run starts. */
    default Optional<String> objection(Question question) {
        return Optional.empty();
    }

    /** Why it cannot work on such a question with a model that is asked in such texts, if so; asked before a run starts. */
    default Optional<String> objection(Question question, Dialect dialect) {
        return objection(question);
    }
}
