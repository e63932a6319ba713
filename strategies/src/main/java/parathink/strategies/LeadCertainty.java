package parathink.strategies;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.GammaDistribution;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;

/**
 * How certain it is that the answer that leads a vote is the model's most probable one, given the counts so far and a uniform
 * prior over the answers' probabilities (adaptive consistency: Aggarwal et al., 2023, arXiv 2305.11860, section 3).
 */
public enum LeadCertainty {
    /** The first answer against the second alone: P(p > 1/2) for p distributed as Beta(a + 1, b + 1). */
    BETA {
        @Override
        double ofSeveral(List<Integer> counts) {
            int second = counts.size() > 1 ? counts.get(1) : 0;
            return BetaDistribution.of(counts.getFirst() + 1.0, second + 1.0).survivalProbability(0.5);
        }
    },
    /**
     * The first answer against the next four: P(p1 is the greatest) for p distributed as Dirichlet(counts + 1); with fewer than
     * three answers the same as {@link #BETA}, as in the authors' code.
     */
    DIRICHLET {
        @Override
        double ofSeveral(List<Integer> counts) {
            if (counts.size() < 3) {
                return BETA.ofSeveral(counts);
            }
            return greatest(counts.subList(0, Math.min(ANSWERS, counts.size())));
        }
    };

    private static final int ANSWERS = 5; // that the authors' code compares
    private static final int POINTS = 48; // enough for twelve digits, whatever the counts
    private static final double NEGLIGIBLE = 1e-14;

    /**
     * The certainty, from 0 to 1.
     *
     * @param counts completions by answer, most first
     */
    public double of(List<Integer> counts) {
        return counts.isEmpty() ? 0 : ofSeveral(counts);
    }

    /**
     * The certainty, where it is enough. Being the most probable of several is never more certain than being more probable than
     * the second, which is reckoned faster and so asked first.
     */
    OptionalDouble reaching(double threshold, List<Integer> counts) {
        if (BETA.of(counts) < threshold) {
            return OptionalDouble.empty();
        }
        double certainty = of(counts);
        return certainty >= threshold ? OptionalDouble.of(certainty) : OptionalDouble.empty();
    }

    abstract double ofSeveral(List<Integer> counts);

    /**
     * Shares of a Dirichlet distribution are independent gamma variables over their sum, so the first share is the greatest when
     * its gamma variable is: the mean, over that variable, of the probability that all others are below it.
     */
    private static double greatest(List<Integer> counts) {
        var first = gamma(counts.getFirst());
        var others = counts.stream().skip(1).map(LeadCertainty::gamma).toList();
        var quadrature = new GaussIntegratorFactory()
                .legendre(
                        POINTS,
                        first.inverseCumulativeProbability(NEGLIGIBLE),
                        first.inverseSurvivalProbability(NEGLIGIBLE));
        return quadrature.integrate(x -> {
            double below = first.density(x);
            for (var other : others) {
                below *= other.cumulativeProbability(x);
            }
            return below;
        });
    }

    private static GammaDistribution gamma(int count) {
        return GammaDistribution.of(count + 1.0, 1);
    }

    /** The word used in settings and notes. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
