package parathink.models;

import java.util.List;

/**
 * Labels of which a model is to give one, by the probability that each begins the text that comes next.
 *
 * @param first the label whose share of the probability is told
 * @param second the other one
 */
public record Choice(String first, String second) {
    public Choice {
        if (first.isEmpty() || second.isEmpty() || first.equals(second)) {
            throw new IllegalArgumentException(
                    "a choice needs two different labels, got '%s' and '%s'".formatted(first, second));
        }
    }

    /** Both, the first one first. */
    public List<String> labels() {
        return List.of(first, second);
    }
}
