package parathink.eval.evidence;

import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.SimpleValueChecker;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.hipparchus.optim.nonlinear.scalar.noderiv.SimplexOptimizer;
import org.hipparchus.special.Beta;

/**
 * Success with N completions when every problem has its own chance, and the chances follow a beta distribution: 1 - B(a, b + N)
 * / B(a, b). Fitted by maximum likelihood to the right completions of each problem.
 *
 * @param a first shape of the distribution
 * @param b second shape; a / (a + b) is the mean chance
 */
public record BetaBinomial(double a, double b) {
    private static final double WIDEST =
            12; // of the logit of the mean and the logarithm of a + b: beyond, nothing changes
    private static final int EVALUATIONS = 4000;

    public BetaBinomial {
        if (!(a > 0 && b > 0 && Double.isFinite(a) && Double.isFinite(b))) {
            throw new IllegalArgumentException("the shapes of a beta distribution are positive, got " + a + ", " + b);
        }
    }

    public double at(double completions) {
        return -Math.expm1(Beta.logBeta(a, b + completions) - Beta.logBeta(a, b));
    }

    /** The mean chance of a problem. */
    public double mean() {
        return a / (a + b);
    }

    /**
     * Fits the distribution.
     *
     * @param right right completions by problem
     * @param drawn completions by problem, at least one each
     * @throws MathIllegalStateException when the optimiser finds no end
     */
    static BetaBinomial fit(double[] right, double[] drawn) {
        var found = new SimplexOptimizer(new SimpleValueChecker(1e-12, 1e-9))
                .optimize(
                        new MaxEval(EVALUATIONS),
                        GoalType.MAXIMIZE,
                        new ObjectiveFunction(point -> of(point).logLikelihood(right, drawn)),
                        new InitialGuess(start(right, drawn)),
                        new NelderMeadSimplex(2, 0.5));
        return of(found.getPoint());
    }

    private static double[] start(double[] right, double[] drawn) {
        double successes = 0.5; // half a success and half a failure more keep the logit finite
        double all = 1;
        for (int i = 0; i < right.length; i++) {
            successes += right[i];
            all += drawn[i];
        }
        return new double[] {Math.log(successes / (all - successes)), 0};
    }

    private static BetaBinomial of(double[] point) {
        double mean = 1 / (1 + Math.exp(-Math.clamp(point[0], -WIDEST, WIDEST)));
        double size = Math.exp(Math.clamp(point[1], -WIDEST, WIDEST));
        return new BetaBinomial(mean * size, (1 - mean) * size);
    }

    /** Without the binomial coefficients, which do not depend on the shapes. */
    double logLikelihood(double[] right, double[] drawn) {
        double sum = 0;
        double base = Beta.logBeta(a, b);
        for (int i = 0; i < right.length; i++) {
            sum += Beta.logBeta(a + right[i], b + drawn[i] - right[i]) - base;
        }
        return sum;
    }
}
