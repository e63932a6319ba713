package parathink.datasets;

import java.util.Objects;
import java.util.Optional;

/**
 * One problem of a dataset.
 *
 * @param id unique within its dataset and stable from load to load
 * @param question what a strategy may see
 * @param reference the reference answer as the dataset gives it, where it gives one
 */
public record Problem(String id, Question question, Optional<String> reference) {
    public Problem {
        if (id.isBlank()) {
            throw new IllegalArgumentException("a problem needs an id");
        }
        Objects.requireNonNull(question, "question");
        Objects.requireNonNull(reference, "reference");
    }
}
