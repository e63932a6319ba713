package parathink.models.endpoint;

import java.util.Optional;
import java.util.OptionalDouble;
import parathink.models.Confidence;
import parathink.models.ConfidenceWatch;

/** The text of one completion as it arrives, with what its tokens tell of the model's confidence. Used by one thread. */
final class MeasuredText {
    private final ThinkingText text = new ThinkingText();
    private final Logprobs logprobs = new Logprobs();
    private final Optional<ConfidenceMeter> meter;

    /** An empty one, whose confidence is measured where that is wanted. */
    MeasuredText(Optional<ConfidenceWatch> watch) {
        this.meter = watch.map(ConfidenceMeter::new);
    }

    /** Adds a piece; whether its tokens could be measured, where they had to be. */
    boolean add(Piece piece) {
        text.add(piece);
        logprobs.add(piece);
        if (meter.isPresent()) {
            if (piece.tokens().isEmpty()
                    || piece.tokens().stream()
                            .anyMatch(token -> token.candidates().isEmpty())) {
                return false;
            }
            piece.tokens().forEach(meter.get()::add);
        }
        return true;
    }

    /** Adds a text and nothing that would be measured. */
    void add(String words) {
        text.add(Piece.of(words));
    }

    /** Takes note of the log-probabilities of a piece whose text is not wanted. */
    void hear(Piece piece) {
        logprobs.add(piece);
    }

    ThinkingText text() {
        return text;
    }

    /** Why the completion is to end for want of confidence, where it is. */
    Optional<String> doubt() {
        return meter.filter(ConfidenceMeter::ends).map(ConfidenceMeter::reason);
    }

    OptionalDouble logprob() {
        return logprobs.mean();
    }

    Confidence confidence() {
        return meter.map(ConfidenceMeter::confidence).orElse(Confidence.UNKNOWN);
    }

    void clear() {
        text.clear();
        logprobs.clear();
        meter.ifPresent(ConfidenceMeter::clear);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
