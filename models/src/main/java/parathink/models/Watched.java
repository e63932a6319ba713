package parathink.models;

import java.util.Arrays;

/** The confidences of one decode under a watch, as it grows. Belongs to the decode loop. */
final class Watched {
    private final ConfidenceWatch watch;
    private final GroupConfidence group;
    private double[] tokens = new double[64];
    private int size;

    Watched(ConfidenceWatch watch) {
        this.watch = watch;
        this.group = new GroupConfidence(watch.window());
    }

    /** Measures the token that was drawn last. */
    void add(Sampler sampler) {
        add(sampler.confidence(watch.candidates()));
    }

    /** Takes the confidence of the next token. */
    void add(double confidence) {
        if (size == tokens.length) {
            tokens = Arrays.copyOf(tokens, 2 * size);
        }
        tokens[size++] = confidence;
        group.add(confidence);
    }

    /** Confidences of the tokens from one on. */
    double[] from(int token) {
        return Arrays.copyOfRange(tokens, token, size);
    }

    boolean ends() {
        return watch.ends(group);
    }

    String reason() {
        return watch.reason();
    }

    Confidence confidence() {
        return Confidence.of(watch.window(), Arrays.copyOf(tokens, size));
    }
}
