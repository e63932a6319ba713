package parathink.models.endpoint;

import java.util.Optional;
import parathink.models.ConfidenceWatch;
import parathink.models.Measures;
import parathink.models.ModelException;
import parathink.models.Prompt;
import parathink.models.StopRule;

/**
 * Refuses what a server cannot do that a strategy needs, and says what would do. Immutable.
 *
 * @param found what the server does
 * @param server its address, for messages
 */
record Needs(Capabilities found, String server) {

    void of(Prompt prompt) {
        if (prompt.raw() && !found.completions()) {
            throw unable("gives the model a raw text", "has no completions endpoint; one that has it can");
        }
    }

    void of(StopRule stop) {
        if (!stop.tokens().isEmpty()) {
            throw unable("ends texts at tokens by their numbers", "deals in texts; a model of this process can");
        }
        if (stop.watch().isPresent() && found.topLogprobs() < 1) {
            throw unable(
                    "measures the confidence of tokens", "gives no top_logprobs; one that does, or a local model, can");
        }
        int wanted = stop.watch().map(ConfidenceWatch::candidates).orElse(0);
        if (stop.watch().isPresent() && wanted > found.topLogprobs()) {
            throw unable(
                    "measures confidence by %d candidates a token".formatted(wanted),
                    "gives %d top_logprobs; ask for so many with -S candidates=%d, or a server that gives more"
                            .formatted(found.topLogprobs(), found.topLogprobs()));
        }
    }

    /** Why not all of this can be measured here, if so. */
    Optional<String> objection(Measures wanted) {
        try {
            if (wanted.candidates() > 0) {
                of(StopRule.watching(ConfidenceWatch.measuring(wanted.candidates(), 1)));
            }
            if (wanted.verdicts()) {
                ofChoice();
            }
        } catch (ModelException e) {
            return Optional.of(e.getMessage());
        }
        if (wanted.selfCertainty()) {
            return Optional.of(lack(
                    "ranks texts by self-certainty",
                    "does not give the whole distribution of every token; a local model does, and log-probabilities or votes"
                            + " can rank texts here"));
        }
        return wanted.logprobs() && !found.givesLogprobs()
                ? Optional.of(lack(
                        "scores texts by their log-probability",
                        "gives no logprobs; one that does, or a local model, can"))
                : Optional.empty();
    }

    void of(EndpointSequence sequence) {
        boolean chat = found.chat() && !sequence.prompt().raw();
        if (!sequence.begun().isEmpty() && chat && found.continuing() == Capabilities.Continuing.NO) {
            throw unable(
                    "goes on with a text that the model has begun",
                    "does not continue messages; vLLM, SGLang and llama.cpp's own server do, and any server's completions"
                            + " endpoint continues raw prompts");
        }
    }

    void ofChoice() {
        if (found.topLogprobs() < 2) {
            throw noVerdict();
        }
    }

    ModelException noVerdict() {
        return unable(
                "asks the model for a verdict", "gives no top_logprobs, in which a verdict is read; one that does can");
    }

    ModelException noSubstitutes() {
        return unable(
                "writes other tokens than those that are drawn", "draws them itself; a model of this process can");
    }

    ModelException noCandidates(String path) {
        return unable(
                "measures the confidence of tokens",
                "named no candidates for a token of %s; a server that gives top_logprobs for every token can"
                        .formatted(path));
    }

    private ModelException unable(String what, String lack) {
        return new ModelException(ModelException.Kind.UNABLE, lack(what, lack));
    }

    private String lack(String what, String lack) {
        return "this strategy %s, and %s %s".formatted(what, server, lack);
    }
}
