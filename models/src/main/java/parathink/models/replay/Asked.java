package parathink.models.replay;

import java.util.Optional;
import parathink.models.ConfidenceWatch;
import parathink.models.ModelException;
import parathink.models.Pause;
import parathink.models.Prompt;
import parathink.models.SamplingParams;
import parathink.models.StopRule;

/**
 * What the pool's completions of a problem are completions of; whatever else a strategy asks for would need new text.
 *
 * @param problem its id
 * @param prompt how it is asked
 * @param promptTokens of the prompt; 0 where the pool does not have it
 * @param sampling how the pool was drawn
 */
record Asked(String problem, Prompt prompt, int promptTokens, SamplingParams sampling) {

    /** Refuses a sequence that would not begin as the recorded ones did. */
    void require(Prompt other, SamplingParams wanted) {
        if (!other.equals(prompt)) {
            throw needsNewText("begins with another prompt than the question");
        }
        if (wanted.temperature() != sampling.temperature()
                || wanted.topK() != sampling.topK()
                || wanted.topP() != sampling.topP()
                || wanted.minP() != sampling.minP()) {
            throw needsNewText(
                    wanted.isGreedy()
                            ? "draws at temperature 0 (the strategy 'sample' gives a single completion of a pool)"
                            : "draws with other sampling settings than the pool was drawn with");
        }
    }

    /** Refuses a draw that lacks what a stop rule or a pause looks at. */
    void require(Draw draw, StopRule stop, Optional<Pause> pause) {
        stop.watch().ifPresent(watch -> requireConfidence(draw, watch));
        if (pause.isPresent() && pause.get() instanceof Pause.AfterWords && !draw.isText()) {
            throw needsNewText("pauses at words, and the pool has answers without their texts");
        }
        if (pause.isPresent() && pause.get() instanceof Pause.AfterChunks) {
            requireChunks(draw);
        }
    }

    private void requireChunks(Draw draw) {
        if (draw.chunks().isEmpty()) {
            throw new ModelException(
                    ModelException.Kind.UNABLE,
                    "problem '%s': the pool has no 'chunks' of this completion to cut it at; cut at words, tokens or a share"
                            .formatted(problem));
        }
    }

    private void requireConfidence(Draw draw, ConfidenceWatch watch) {
        if (draw.confidence().isEmpty()) {
            throw needsNewText("measures the confidence of tokens, which the pool does not have in 'confidence'");
        }
        if (watch.floor() > Double.NEGATIVE_INFINITY && !draw.hasTokenConfidence()) {
            throw needsNewText("ends texts by the confidence of each token, and the pool has not one number a token");
        }
    }

    /** What a pool cannot give. */
    ModelException needsNewText(String what) {
        return new ModelException(
                ModelException.Kind.UNABLE,
                ("problem '%s': this strategy %s, which needs newly generated text; a pool has recorded completions only,"
                                + " so give a --model that generates")
                        .formatted(problem, what));
    }
}
