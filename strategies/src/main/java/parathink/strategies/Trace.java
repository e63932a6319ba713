package parathink.strategies;

import java.util.Arrays;
import java.util.Collection;
import org.apache.commons.statistics.descriptive.Quantile;
import parathink.datasets.Answer;
import parathink.models.Completion;
import parathink.models.ModelException;

/**
 * An answered completion with the confidence that speaks for it.
 *
 * @param path of the completion
 * @param place of its branch in the order of all
 */
record Trace(String path, int place, Answer answer, double confidence) {
    private static final Quantile LINEAR = Quantile.withDefaults().with(Quantile.EstimationMethod.HF7);

    /** Refuses an answer of which nobody knows how sure the model was. */
    static void requireConfidence(Completion completion) {
        if (!completion.confidence().isKnown()) {
            throw new ModelException(
                    ModelException.Kind.UNUSABLE,
                    "completion %s has an answer but no token confidence, which DeepConf votes by"
                            .formatted(completion.path()));
        }
    }

    /**
     * The least confidence of those that a percentage keeps: the percentile 100 - keep, between two values in proportion.
     *
     * @param confidences at least one
     */
    static double threshold(Collection<Double> confidences, double keep) {
        double[] values = confidences.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(values);
        return LINEAR.evaluate(values, (100 - keep) / 100);
    }
}
