package parathink.models;

import java.util.Objects;

/**
 * How a model is asked whether two texts will come to the same answer.
 *
 * @param prompt ends where the verdict is to begin
 * @param choice the label for "same" first
 */
public record Verdict(Prompt prompt, Choice choice) {
    public Verdict {
        Objects.requireNonNull(prompt, "prompt");
        Objects.requireNonNull(choice, "choice");
    }
}
