package parathink.eval.comparison;

/**
 * What comparisons of two strategies that disagree in a known way can see. Every question is answered with the same random
 * numbers, so that answers do not depend on the order of questions. Immutable; may be used from any thread.
 *
 * @param disagreement of the strategies; its mean is replaced by the difference that is asked about
 * @param repeats attempts at each problem by each strategy
 * @param rounds to play where a chance cannot be counted
 * @param seed of the rounds
 */
record PowerAnalysis(Disagreement disagreement, int repeats, int rounds, long seed) {
    private static final int STEPS = 14; // of a search for a difference: to a hundredth of a point

    /** Chance of calling a true difference different, given as a share. */
    Power power(double difference, int problems) {
        return Power.of(disagreement.towards(difference).law(repeats), difference, problems, rounds, seed);
    }

    /** By the normal approximation, not rounded. */
    double problemsIfNormal(double difference, double power) {
        var law = disagreement.towards(difference).law(repeats);
        return new PairedDesign(law.variance()).problems(difference, power);
    }

    /** The fewest problems with which a true difference is seen so often. */
    double problems(double difference, double power) {
        var law = disagreement.towards(difference).law(repeats);
        double guess = Math.ceil(new PairedDesign(law.variance()).problems(difference, power));
        if (Power.isNormal(law, guess) || guess > Integer.MAX_VALUE / 4.0) {
            return guess;
        }
        int low = 0; // too few
        int high = (int) Math.max(2, guess);
        while (Power.of(law, difference, high, rounds, seed).value() < power) {
            low = high;
            high = Math.multiplyExact(high, 2);
        }
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (Power.of(law, difference, middle, rounds, seed).value() < power) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** The smallest true difference that so many problems show so often, as a share; 1 where they show none. */
    double smallestDifference(int problems, double power) {
        if (power(1, problems).value() < power) {
            return 1;
        }
        double low = 0;
        double high = 1;
        for (int step = 0; step < STEPS; step++) {
            double middle = (low + high) / 2;
            if (power(middle, problems).value() < power) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }
}
