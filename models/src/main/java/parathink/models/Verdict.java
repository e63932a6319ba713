package parathink.models;

import java.util.Objects;

/**
 * How a model is asked whether two texts will come to the same answer.
 *
 * @param prompt what is read first; the same for all comparisons of one text with others, where {@code rest} is not empty
 * @param rest appended to it; the verdict begins where it ends
 * @param choice the label for "same" first
 */
public record Verdict(Prompt prompt, String rest, Choice choice) {
    public Verdict {
        Objects.requireNonNull(prompt, "prompt");
        Objects.requireNonNull(rest, "rest");
        Objects.requireNonNull(choice, "choice");
    }

    /** A comparison in one piece. */
    public Verdict(Prompt prompt, Choice choice) {
        this(prompt, "", choice);
    }
}
