package parathink.eval.comparison;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What a comparison is to be able to see, and what is assumed where no run tells.
 *
 * @param difference points of accuracy
 * @param power chance of calling it different
 * @param problems of the dataset, where its size is given
 * @param accuracy assumed share of right answers
 * @param between assumed share of the variance of an answer's being right that lies between problems
 * @param correlation assumed between the two strategies' chances of being right, over problems
 * @param seed of the bootstrap over the problems of a pilot
 */
public record DesignSpec(
        double difference,
        double power,
        OptionalInt problems,
        OptionalDouble accuracy,
        OptionalDouble between,
        OptionalDouble correlation,
        long seed) {
    private static final double USUAL_ACCURACY = 0.6;
    private static final double USUAL_BETWEEN = 0.8;
    private static final double USUAL_CORRELATION = 0.95;

    public DesignSpec {
        if (!(difference > 0 && difference < 100)) {
            throw new IllegalArgumentException("--difference must be points above 0 and below 100, got " + difference);
        }
        if (!(power > 0.05 && power < 1)) {
            throw new IllegalArgumentException("--power must be above 0.05, the level, and below 1, got " + power);
        }
        if (problems.isPresent() && problems.getAsInt() < 2) {
            throw new IllegalArgumentException("--problems must be 2 or more, got " + problems.getAsInt());
        }
        share("--accuracy", accuracy);
        share("--between", between);
        share("--correlation", correlation);
    }

    private static void share(String option, OptionalDouble value) {
        if (value.isPresent() && !(value.getAsDouble() >= 0 && value.getAsDouble() <= 1)) {
            throw new IllegalArgumentException("%s must be from 0 to 1, got %s".formatted(option, value.getAsDouble()));
        }
    }

    double assumedAccuracy() {
        return accuracy.orElse(USUAL_ACCURACY);
    }

    double assumedBetween() {
        return between.orElse(USUAL_BETWEEN);
    }

    double assumedCorrelation() {
        return correlation.orElse(USUAL_CORRELATION);
    }
}
