package parathink.strategies.judges;

import java.util.Objects;

/**
 * Two texts of completions of the same question, as far as they have come.
 *
 * @param one the same text for all pairs of one decision, so that a judge need read it only once
 * @param other what it is compared with
 */
public record Pair(String one, String other) {
    public Pair {
        Objects.requireNonNull(one, "one");
        Objects.requireNonNull(other, "other");
    }
}
