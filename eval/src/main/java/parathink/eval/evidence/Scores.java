package parathink.eval.evidence;

import java.util.OptionalDouble;

/**
 * What is known of how good a completion is, without its reference; each may be missing.
 *
 * @param score a verifier's or reward model's
 * @param confidence of its tokens (Fu et al., 2025)
 * @param logprob mean log-probability of its tokens
 * @param selfCertainty mean self-certainty of its tokens (Kang et al., 2025)
 */
public record Scores(
        OptionalDouble score, OptionalDouble confidence, OptionalDouble logprob, OptionalDouble selfCertainty) {
    /** Nothing is known. */
    public static final Scores NONE =
            new Scores(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());

    /** One instance for all that know nothing, so that a million completions need no room for it. */
    public static Scores of(
            OptionalDouble score, OptionalDouble confidence, OptionalDouble logprob, OptionalDouble selfCertainty) {
        boolean known = score.isPresent() || confidence.isPresent() || logprob.isPresent() || selfCertainty.isPresent();
        return known ? new Scores(score, confidence, logprob, selfCertainty) : NONE;
    }
}
