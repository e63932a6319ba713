package parathink.models;

import java.util.List;
import java.util.Map;

/**
 * Scores completions of a question from outside: a model that was trained for nothing else, or what was recorded. It sees no reference.
 * Thread-safe; closed by whoever opened it, after the sessions that ask it.
 */
public interface RewardModel extends AutoCloseable {
    /**
     * The rewards of some completions of one question, in their order; the same whatever others are asked for with them. A text that is longer
     * than the model reads has no score and is not read.
     *
     * @throws ModelException of kind {@code FAILED} when it failed
     */
    List<Reward> rewards(String question, List<Completion> completions);

    /** What a run must name so that it can be done again, by name. */
    Map<String, String> versions();

    @Override
    void close();
}
