package parathink.eval.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.hipparchus.util.CombinatoricsUtils;

/**
 * A diagnostic and no forecast: the numbers of "Phase Transition for Budgeted Multi-Agent Synergy" (arXiv 2601.17311) for the
 * flat vote of a run, whose channel loses nothing (gamma = 1). The theory is of two answers, of a signal near zero and of many
 * agents; {@link #cautions} says where a run is none of these.
 *
 * @param mu signed accuracy of one completion: 2 accuracy - 1, mean over problems
 * @param rho correlation of being right between two completions of one attempt, mean over the attempts of a problem, then over problems; problems of unequal
 *     difficulty alone make it positive
 * @param fanIn completions a vote, odd: the largest that every attempt has
 * @param alpha what one vote makes of a small signal: rho + (1 - rho) f'(0), with f'(0) = b C(b - 1, (b - 1) / 2) / 2^(b - 1)
 * @param s exponent of organisation: log alpha / log b
 * @param beta exponent of a single completion's signal against its tokens: slope of log mu over log limit, where completions that
 *     are longer than a limit count as wrong
 * @param manyBeatOne whether s exceeds beta: many short completions beat a long one at the same budget
 * @param cautions why these numbers should not be believed, one sentence each; never empty
 */
public record PhaseTransition(
        double mu,
        double rho,
        int fanIn,
        double alpha,
        double s,
        OptionalDouble beta,
        Optional<Boolean> manyBeatOne,
        List<String> cautions) {
    private static final int LIMITS = 10;
    private static final int FEWEST_LIMITS = 3;
    private static final int FEWEST_PROBLEMS = 30;
    private static final double SMALL = 0.3;

    public PhaseTransition {
        cautions = List.copyOf(cautions);
    }

    /** Empty with fewer than three completions a problem, or when all are right or all wrong, so that rho has no meaning. */
    public static Optional<PhaseTransition> of(List<Trial> trials) {
        var attempts = trials.stream()
                .filter(trial -> trial.isGraded() && !trial.hasFailed())
                .toList();
        int fewest = attempts.stream()
                .mapToInt(trial -> trial.branches().size())
                .min()
                .orElse(0);
        if (fewest < 3) {
            return Optional.empty();
        }
        double mu = overProblems(attempts, pool -> 2 * share(pool, Integer.MAX_VALUE) - 1);
        if (Math.abs(mu) >= 1 - 1e-12) {
            return Optional.empty();
        }
        double pairs = overProblems(attempts, PhaseTransition::pairProduct);
        double rho = (pairs - mu * mu) / (1 - mu * mu);
        int fanIn = fewest % 2 == 1 ? fewest : fewest - 1;
        double alpha = rho + (1 - rho) * slope(fanIn);
        double s = Math.log(alpha) / Math.log(fanIn);
        var beta = beta(attempts);
        var verdict = beta.isPresent() ? Optional.of(s > beta.getAsDouble()) : Optional.<Boolean>empty();
        return Optional.of(
                new PhaseTransition(mu, rho, fanIn, alpha, s, beta, verdict, cautions(attempts, mu, beta.isPresent())));
    }

    /** The mean of a figure over the attempts of a problem, then over problems. */
    private static double overProblems(List<Trial> attempts, ToDoubleFunction<List<Draw>> figure) {
        var means = new ProblemMeans(1);
        attempts.forEach(trial -> means.add(trial.problem(), figure.applyAsDouble(trial.branches())));
        return means.overall(0);
    }

    /** Share of a pool that is right within a limit of tokens. */
    private static double share(List<Draw> pool, int limit) {
        return pool.stream()
                        .filter(draw -> draw.right() && draw.tokens() <= limit)
                        .count()
                / (double) pool.size();
    }

    /** Mean product of the signs of two different completions. */
    private static double pairProduct(List<Draw> pool) {
        double n = pool.size();
        double sum = 2 * n * share(pool, Integer.MAX_VALUE) - n;
        return (sum * sum - n) / (n * (n - 1));
    }

    /** f'(0) of a majority of an odd number; by logarithms, since the binomial coefficient grows beyond a double. */
    static double slope(int fanIn) {
        return Math.exp(Math.log(fanIn)
                + CombinatoricsUtils.binomialCoefficientLog(fanIn - 1, (fanIn - 1) / 2)
                - (fanIn - 1) * Math.log(2));
    }

    private static OptionalDouble beta(List<Trial> attempts) {
        var right = attempts.stream()
                .flatMap(trial -> trial.branches().stream())
                .filter(Draw::right)
                .mapToInt(Draw::tokens)
                .sorted()
                .toArray();
        var x = new ArrayList<Double>();
        var y = new ArrayList<Double>();
        int before = 0;
        for (int i = 1; i <= LIMITS; i++) {
            int limit = right[Math.max(0, i * right.length / LIMITS - 1)];
            double mu = overProblems(attempts, pool -> 2 * share(pool, limit) - 1);
            if (limit > before && mu > 0) {
                x.add(Math.log(limit));
                y.add(Math.log(mu));
            }
            before = Math.max(before, limit);
        }
        return x.size() < FEWEST_LIMITS ? OptionalDouble.empty() : OptionalDouble.of(regression(x, y));
    }

    /** Slope of the least squares line. */
    private static double regression(List<Double> x, List<Double> y) {
        double meanX = x.stream().mapToDouble(value -> value).average().orElseThrow();
        double meanY = y.stream().mapToDouble(value -> value).average().orElseThrow();
        double product = 0;
        double square = 0;
        for (int i = 0; i < x.size(); i++) {
            product += (x.get(i) - meanX) * (y.get(i) - meanY);
            square += (x.get(i) - meanX) * (x.get(i) - meanX);
        }
        return product / square;
    }

    private static List<String> cautions(List<Trial> attempts, double mu, boolean hasBeta) {
        var cautions = new ArrayList<String>();
        cautions.add("The theory is asymptotic, and rho counts unequal difficulty of the problems as shared error.");
        double distinct = overProblems(
                attempts,
                pool -> pool.stream()
                        .flatMap(draw -> draw.answer().stream())
                        .distinct()
                        .count());
        if (distinct > 2) {
            cautions.add(
                    String.format(Locale.ROOT, "It is of two answers; here a problem has %.1f on average.", distinct));
        }
        if (mu <= 0) {
            cautions.add(
                    "Single completions are right in no more than half of the cases, where a majority of two answers loses.");
        } else if (mu > SMALL) {
            cautions.add(String.format(Locale.ROOT, "It is of a signal near zero; here mu is %.2f.", mu));
        }
        long problems = attempts.stream().map(Trial::problem).distinct().count();
        if (problems < FEWEST_PROBLEMS) {
            cautions.add("%d problems are few to tell a correlation by.".formatted(problems));
        }
        if (!hasBeta) {
            cautions.add(
                    "There is no beta: fewer than three limits on tokens leave single completions right in more than half "
                            + "of the cases.");
        }
        return cautions;
    }
}
