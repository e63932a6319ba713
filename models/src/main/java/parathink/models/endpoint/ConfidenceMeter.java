package parathink.models.endpoint;

import java.util.Arrays;
import parathink.models.Confidence;
import parathink.models.ConfidenceWatch;
import parathink.models.GroupConfidence;

/** The confidences of one completion as it arrives, from the candidates that the server names. Used by one thread. */
final class ConfidenceMeter {
    private final ConfidenceWatch watch;
    private GroupConfidence group;
    private double[] tokens = new double[64];
    private int size;
    private boolean ended;

    ConfidenceMeter(ConfidenceWatch watch) {
        this.watch = watch;
        this.group = new GroupConfidence(watch.window());
    }

    /** Measures a token: the mean negative log-probability of its most probable candidates. */
    void add(Piece.Token token) {
        if (size == tokens.length) {
            tokens = Arrays.copyOf(tokens, 2 * size);
        }
        tokens[size] = token.candidates().stream()
                .limit(watch.candidates())
                .mapToDouble(candidate -> -candidate.logprob())
                .average()
                .orElseThrow();
        group.add(tokens[size++]);
        ended |= watch.ends(group);
    }

    /** Forgets all tokens: the completion begins again. */
    void clear() {
        group = new GroupConfidence(watch.window());
        size = 0;
        ended = false;
    }

    /** Whether the completion is to end. */
    boolean ends() {
        return ended;
    }

    String reason() {
        return watch.reason();
    }

    Confidence confidence() {
        return Confidence.of(watch.window(), Arrays.copyOf(tokens, size));
    }
}
