package parathink.models;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What one completion is worth.
 *
 * @param score more is better; on the model's own scale; nothing where none is known
 * @param tokens read for it, 0 or more
 */
public record Reward(OptionalDouble score, int tokens) {
    public Reward {
        Objects.requireNonNull(score, "score");
        if (tokens < 0) {
            throw new IllegalArgumentException("tokens must not be negative, got " + tokens);
        }
    }
}
