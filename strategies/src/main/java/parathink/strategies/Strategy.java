package parathink.strategies;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import parathink.datasets.Question;
import parathink.models.Dialect;
import parathink.models.Measures;
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

    /** What makes one answer of its completions; recorded with a run, so that its report names losses by what they are. */
    default Decision decision() {
        return Decision.OTHER;
    }

    /** How it draws when asked to draw so: a method that is greedy by its nature does not sample. */
    default SamplingParams drawing(SamplingParams sampling) {
        return sampling;
    }

    /** Why it cannot work on such a question with a model that is asked in such texts, if so; asked before a run starts. */
    default Optional<String> objection(Question question, Dialect dialect) {
        return Optional.empty();
    }

    /** Whether it asks another model than the one that solves to judge completions, which {@code --judge} names. */
    default boolean asksJudge() {
        return false;
    }

    /** What it wants to be measured; a server that cannot is refused before a run starts, by what it was found to do. */
    default Measures measures() {
        return Measures.NONE;
    }

    /** Why it works on a pool of recorded completions alone, if so. */
    default Optional<String> needsPool() {
        return Optional.empty();
    }

    /** How many of its completions finish, where it gives the others up: a replay is put beside plain majority of the pool. */
    default Optional<Pruning> pruning() {
        return Optional.empty();
    }

    /** What its user should know before a run. */
    default List<String> remarks() {
        return List.of();
    }

    /**
     * SHA-256 of what its settings name and do not spell out, such as a file, by setting. A run goes on with the same alone.
     */
    default Map<String, String> hashes() {
        return Map.of();
    }
}
