package parathink.models;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What one decode gave.
 *
 * @param path place in the session's fork tree, such as {@code 0/3}
 * @param text the decoded text without the stop token; special tokens by name
 * @param tokens tokens decoded, the stop token included
 * @param finish why it ended
 * @param seed the number its random stream was made from
 * @param logprob mean log-probability (natural, temperature 1) of its tokens, where known
 * @param selfCertainty mean over its tokens of the divergence of the next-token distribution from the uniform one (Kang et
 *     al., 2025, section 3), where known
 * @param confidence of each of its tokens, where it was asked for
 * @param stoppedBy the rule that cancelled it; empty otherwise
 * @param role what the strategy wanted it for
 * @param choice the first label's share of the probability of both, of a verdict
 * @param recorded what a pool knew of it beyond that
 * @param insideThinking true when the prompt left a thinking block open, so that the text begins inside it
 */
public record Completion(
        String path,
        String text,
        int tokens,
        FinishReason finish,
        long seed,
        OptionalDouble logprob,
        OptionalDouble selfCertainty,
        Confidence confidence,
        String stoppedBy,
        Role role,
        OptionalDouble choice,
        Recorded recorded,
        boolean insideThinking) {
    public Completion {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(finish, "finish");
        Objects.requireNonNull(confidence, "confidence");
        Objects.requireNonNull(stoppedBy, "stoppedBy");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(choice, "choice");
        Objects.requireNonNull(recorded, "recorded");
        if (tokens < 0) {
            throw new IllegalArgumentException("tokens must not be negative, got " + tokens);
        }
    }

    /** A completion that is generated now. */
    public Completion(
            String path,
            String text,
            int tokens,
            FinishReason finish,
            long seed,
            OptionalDouble logprob,
            OptionalDouble selfCertainty,
            Confidence confidence,
            String stoppedBy,
            boolean insideThinking) {
        this(
                path,
                text,
                tokens,
                finish,
                seed,
                logprob,
                selfCertainty,
                confidence,
                stoppedBy,
                Role.BRANCH,
                OptionalDouble.empty(),
                Recorded.NOTHING,
                insideThinking);
    }

    /** The same completion of a prompt that did or did not leave a thinking block open. */
    public Completion insideThinking(boolean open) {
        return with(role, choice, open);
    }

    /** The same completion wanted for something. */
    public Completion as(Role wanted) {
        return with(wanted, choice, insideThinking);
    }

    /** The same completion as a verdict. */
    public Completion choosing(OptionalDouble share) {
        return with(role, share, insideThinking);
    }

    private Completion with(Role wanted, OptionalDouble share, boolean open) {
        return new Completion(
                path,
                text,
                tokens,
                finish,
                seed,
                logprob,
                selfCertainty,
                confidence,
                stoppedBy,
                wanted,
                share,
                recorded,
                open);
    }

    /** The text in which an answer may be looked for: a thinking block opened by the prompt is opened here too. */
    public String answerText() {
        return insideThinking ? "<think>" + text : text;
    }
}
