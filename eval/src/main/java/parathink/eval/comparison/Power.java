package parathink.eval.comparison;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * The chance that a comparison of some problems calls two strategies different, by the very test that it makes
 * ({@link SignFlipTest}, mid-p). With one attempt of each it is summed over all that can happen; with more the comparison is
 * played many times. Where so many problems differ that the test's chances are as good as normal, it is Connor's formula.
 *
 * @param value the chance
 * @param error standard error that the playing leaves; 0 where nothing was played
 */
record Power(double value, double error) {
    /** Differing problems, in expectation, from which on the normal approximation is within a third of a point. */
    static final int MANY = 200;

    private static final int SEVERAL = 40; // differing problems from which on a test of many sizes is normal
    private static final double NEGLIGIBLE = 1e-12;

    /** Whether so many problems are too many to be counted or played. */
    static boolean isNormal(DifferenceLaw law, double problems) {
        return problems * law.differing() > MANY;
    }

    /**
     * Of a comparison of so many problems.
     *
     * @param difference mean of the law
     * @param rounds to be played where that is needed
     */
    static Power of(DifferenceLaw law, double difference, int problems, int rounds, long seed) {
        if (isNormal(law, problems)) {
            return new Power(new PairedDesign(law.variance()).power(difference, problems), 0);
        }
        return law.repeats() == 1 ? counted(law, problems) : played(law, problems, rounds, new SplittableRandom(seed));
    }

    private static Power counted(DifferenceLaw law, int problems) {
        double often = law.differing();
        if (often <= 0) {
            return new Power(0, 0);
        }
        double won = Math.clamp(law.chances()[2] / often, 0, 1);
        var counts = BinomialDistribution.of(problems, Math.min(1, often));
        double power = 0;
        for (int differing = 1; differing <= problems; differing++) {
            double chance = counts.probability(differing);
            if (chance <= NEGLIGIBLE && differing > problems * often) {
                break;
            }
            if (chance > NEGLIGIBLE) {
                int enough = enough(differing);
                var wins = BinomialDistribution.of(differing, won);
                power += chance
                        * (wins.survivalProbability(enough - 1) + wins.cumulativeProbability(differing - enough));
            }
        }
        return new Power(Math.min(1, power), 0);
    }

    /** The fewest wins of so many differing problems that are called different; one more than there can be where none are. */
    static int enough(int differing) {
        double chance = Math.pow(0.5, differing); // of exactly so many wins
        double beyond = 0; // of more
        int wins = differing;
        while (2 * wins > differing && 2 * beyond + chance <= Difference.LEVEL) {
            beyond += chance;
            chance *= wins / (differing - wins + 1.0);
            wins--;
        }
        return wins + 1;
    }

    private static Power played(DifferenceLaw law, int problems, int rounds, SplittableRandom random) {
        var drawing = law.drawing();
        int called = 0;
        for (int round = 0; round < rounds; round++) {
            called += isCalled(drawing.draw(random, problems)) ? 1 : 0;
        }
        double share = (double) called / rounds;
        return new Power(share, Math.sqrt(share * (1 - share) / rounds));
    }

    private static boolean isCalled(long[] units) {
        long differing = Arrays.stream(units).filter(unit -> unit != 0).count();
        var test = differing < SEVERAL ? SignFlipTest.of(units) : SignFlipTest.normal(units);
        return test.mid() <= Difference.LEVEL;
    }
}
