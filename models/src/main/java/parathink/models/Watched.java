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
        if (size == tokens.length) {
            tokens = Arrays.copyOf(tokens, 2 * size);
        }
        tokens[size] = sampler.confidence(watch.candidates());
        group.add(tokens[size++]);
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
