package parathink.eval.evidence;

import java.util.OptionalInt;
import org.hipparchus.analysis.MultivariateMatrixFunction;
import org.hipparchus.analysis.MultivariateVectorFunction;
import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresBuilder;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LevenbergMarquardtOptimizer;

/**
 * F(N) = limit (1 - (1 - chance)^N): success with N completions when all problems that can be solved are equally hard (TTSPM:
 * "Scaling over Scaling", 2025). Fitted by least squares to the curve at every N.
 *
 * @param limit success with any number of completions
 * @param chance that one completion solves a problem that can be solved
 */
public record SaturationLaw(double limit, double chance) {
    private static final int EVALUATIONS = 2000;

    public SaturationLaw {
        if (!(limit >= 0 && limit <= 1 && chance >= 0 && chance <= 1)) {
            throw new IllegalArgumentException("limit and chance are from 0 to 1, got %s, %s".formatted(limit, chance));
        }
    }

    public double at(double completions) {
        return -limit * Math.expm1(completions * Math.log1p(-chance));
    }

    /**
     * The smallest N at which one more completion adds no more than {@code gain}: the marginal gain is limit chance (1 -
     * chance)^N. Empty when there is none, or none below 2^31.
     */
    public OptionalInt saturation(double gain) {
        if (limit * chance <= gain) {
            return OptionalInt.of(0);
        }
        double completions = Math.ceil(Math.log(gain / (limit * chance)) / Math.log1p(-chance) - 1e-9);
        return completions < Integer.MAX_VALUE ? OptionalInt.of((int) completions) : OptionalInt.empty();
    }

    /**
     * Fits the law.
     *
     * @param observed success with 1, 2, … completions, at least two of them
     * @throws MathIllegalStateException when the optimiser finds no end
     */
    static SaturationLaw fit(double[] observed) {
        double last = Math.clamp(observed[observed.length - 1], 1e-3, 1 - 1e-3);
        double first = Math.clamp(observed[0] / last, 1e-3, 1 - 1e-3);
        var problem = new LeastSquaresBuilder()
                .start(new double[] {logit(last), logit(first)})
                .model(values(observed.length), slopes(observed.length))
                .target(observed)
                .lazyEvaluation(false)
                .maxEvaluations(EVALUATIONS)
                .maxIterations(EVALUATIONS)
                .build();
        var found = new LevenbergMarquardtOptimizer().optimize(problem).getPoint();
        return new SaturationLaw(logistic(found.getEntry(0)), logistic(found.getEntry(1)));
    }

    private static MultivariateVectorFunction values(int count) {
        return point -> {
            var law = new SaturationLaw(logistic(point[0]), logistic(point[1]));
            var values = new double[count];
            for (int i = 0; i < count; i++) {
                values[i] = law.at(i + 1);
            }
            return values;
        };
    }

    /** By the logits of limit and chance, so that both stay between 0 and 1. */
    private static MultivariateMatrixFunction slopes(int count) {
        return point -> {
            double limit = logistic(point[0]);
            double chance = logistic(point[1]);
            var slopes = new double[count][];
            for (int i = 0; i < count; i++) {
                int n = i + 1;
                double reached = -Math.expm1(n * Math.log1p(-chance));
                double byChance = limit * n * Math.pow(1 - chance, n - 1);
                slopes[i] = new double[] {limit * (1 - limit) * reached, chance * (1 - chance) * byChance};
            }
            return slopes;
        };
    }

    private static double logit(double share) {
        return Math.log(share) - Math.log1p(-share);
    }

    private static double logistic(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
