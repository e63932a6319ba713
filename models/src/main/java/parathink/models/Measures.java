package parathink.models;

/**
 * What a strategy wants to be known of completions beside their texts. Not every engine can tell all of it. Immutable.
 *
 * @param logprobs the mean log-probability of each completion
 * @param candidates most probable tokens whose log-probabilities are wanted at every step; 0 for none
 * @param selfCertainty the divergence of every step's whole distribution from the uniform one
 * @param verdicts the probabilities of two labels as the next token
 */
public record Measures(boolean logprobs, int candidates, boolean selfCertainty, boolean verdicts) {
    /** Texts alone. */
    public static final Measures NONE = new Measures(false, 0, false, false);

    /** The mean log-probability of each completion. */
    public static final Measures LOGPROBS = new Measures(true, 0, false, false);

    /** The self-certainty of each completion. */
    public static final Measures SELF_CERTAINTY = new Measures(false, 0, true, false);

    /** Verdicts. */
    public static final Measures VERDICTS = new Measures(false, 0, false, true);

    public Measures {
        if (candidates < 0) {
            throw new IllegalArgumentException("candidates must be 0 or more, got " + candidates);
        }
    }

    /** The log-probabilities of so many candidates a token. */
    public static Measures ofCandidates(int candidates) {
        return new Measures(false, candidates, false, false);
    }

    /** The same without verdicts, where somebody else gives them. */
    Measures withoutVerdicts() {
        return new Measures(logprobs, candidates, selfCertainty, false);
    }
}
