package parathink.eval.comparison;

import java.util.SplittableRandom;

/**
 * How the difference of one problem is distributed: right answers of the one strategy less those of the other, in so many attempts
 * of each. Immutable.
 */
final class DifferenceLaw {
    private final int repeats; // attempts of each strategy
    private final double[] chances; // of the differences from -repeats to repeats; they add up to 1

    DifferenceLaw(int repeats, double[] chances) {
        if (repeats < 1 || chances.length != 2 * repeats + 1) {
            throw new IllegalArgumentException("%d chances for %d repeats".formatted(chances.length, repeats));
        }
        this.repeats = repeats;
        this.chances = chances;
    }

    int repeats() {
        return repeats;
    }

    double[] chances() {
        return chances;
    }

    /** Chance that a problem is not a draw. */
    double differing() {
        return 1 - chances[repeats];
    }

    /** Variance of the difference as a share. */
    double variance() {
        double mean = 0;
        double squares = 0;
        for (int i = 0; i < chances.length; i++) {
            double share = (double) (i - repeats) / repeats;
            mean += chances[i] * share;
            squares += chances[i] * share * share;
        }
        return Math.max(0, squares - mean * mean);
    }

    /** Draws differences of so many problems. */
    Drawing drawing() {
        var below = new double[chances.length];
        double sum = 0;
        for (int i = 0; i < below.length; i++) {
            sum += chances[i];
            below[i] = sum;
        }
        return (random, problems) -> {
            var units = new long[problems];
            for (int problem = 0; problem < problems; problem++) {
                units[problem] = (long) place(below, random.nextDouble()) - repeats;
            }
            return units;
        };
    }

    /** Makes differences of problems, in units of one right answer. */
    interface Drawing {
        long[] draw(SplittableRandom random, int problems);
    }

    private static int place(double[] below, double at) {
        int low = 0;
        int high = below.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (at < below[middle]) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
