package parathink.eval.evidence;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The interval of a calibration error, by inverting a test: it holds the errors at which the one that was found is not surprising.
 * For each candidate the votes are simulated with chances to be right that are off by just so much, in the bins and directions in
 * which they were found to be off, so that the noise of the bins is in both. Used by one thread.
 */
final class CalibrationInversion {
    private static final double LEVEL = 0.05;
    private static final int STEPS = 10; // of a search for an end: to a thousandth of the range
    private static final int INNER_STEPS = 30;
    private static final int MOST = 1000; // simulations of a candidate
    private static final int FEWEST = 200;
    private static final int WORK = 4_000_000; // attempts in all simulations of a candidate

    private final Votes votes;
    private final int[] bins;
    private final double[] gaps; // found, by bin: share less accuracy, weighted
    private final double[] weights; // of the attempts in a bin
    private final double all;
    private final double found;
    private final double noise;
    private final double usual;
    private final long seed;
    private final int simulations;

    /**
     * Prepares it.
     *
     * @param bins of the attempts
     * @param count of the bins
     * @param noise mean error of calibrated votes with these shares
     * @param usual error that they exceed in 5 of 100 cases
     */
    CalibrationInversion(Votes votes, int[] bins, int count, double noise, double usual, long seed) {
        this.votes = votes;
        this.bins = bins;
        this.noise = noise;
        this.usual = usual;
        this.seed = seed;
        weights = new double[count];
        for (int i = 0; i < bins.length; i++) {
            weights[bins[i]] += votes.weight(i);
        }
        all = Arrays.stream(weights).sum();
        gaps = gaps(votes.right());
        found = error(gaps);
        simulations = Math.clamp(WORK / bins.length, FEWEST, MOST);
    }

    private double[] gaps(double[] right) {
        var sums = new double[weights.length];
        for (int i = 0; i < bins.length; i++) {
            sums[bins[i]] += votes.weight(i) * (votes.share(i) - right[i]) / all;
        }
        return sums;
    }

    private static double error(double[] gaps) {
        return Arrays.stream(gaps).map(Math::abs).sum();
    }

    /** Both ends. */
    double[] ends() {
        double low = 0;
        if (found > usual) {
            double high = found;
            for (int step = 0; step < STEPS; step++) {
                double middle = (low + high) / 2;
                if (isLowEnough(middle)) {
                    high = middle;
                } else {
                    low = middle;
                }
            }
        }
        double inside = found;
        double outside = 1;
        for (int step = 0; step < STEPS; step++) {
            double middle = (inside + outside) / 2;
            if (isHighEnough(middle)) {
                outside = middle;
            } else {
                inside = middle;
            }
        }
        return new double[] {low, outside};
    }

    /** Whether an error so large as the one found is no surprise when the true one is this. */
    private boolean isLowEnough(double truth) {
        return share(truth, true) >= LEVEL - above(truth);
    }

    /** Whether an error so small as the one found is a surprise when the true one is this. */
    private boolean isHighEnough(double truth) {
        return share(truth, false) < above(truth);
    }

    /** What of the level goes to true errors above the interval: none at zero, where there is nothing below to make up for it. */
    private double above(double truth) {
        return LEVEL / 2 * (noise == 0 ? 1 : Math.min(1, truth / noise));
    }

    /** Share of the simulated errors that are at least, or at most, as large as the one found. */
    private double share(double truth, boolean larger) {
        var chances = chances(truth);
        var random = new SplittableRandom(seed);
        var thresholds = new double[votes.problems()];
        var right = new double[bins.length];
        int count = 0;
        for (int simulation = 0; simulation < simulations; simulation++) {
            Arrays.setAll(thresholds, problem -> random.nextDouble());
            for (int i = 0; i < right.length; i++) {
                right[i] = thresholds[votes.problem(i)] < chances[i] ? 1 : 0;
            }
            double error = error(gaps(right));
            count += (larger ? error >= found - 1e-12 : error <= found + 1e-12) ? 1 : 0;
        }
        return (double) count / simulations;
    }

    /** Chances to be right with which the error is this. */
    private double[] chances(double truth) {
        var wanted = wanted(truth);
        var shifts = new double[weights.length];
        Arrays.setAll(shifts, bin -> weights[bin] == 0 ? 0 : shift(bin, wanted[bin]));
        var chances = new double[bins.length];
        Arrays.setAll(chances, i -> Math.clamp(votes.share(i) - shifts[bins[i]], 0, 1));
        return chances;
    }

    /** The gaps found, each nearer to zero by as much as its noise, or all of them larger by a factor, to give another error. */
    private double[] wanted(double truth) {
        var wanted = new double[gaps.length];
        if (truth >= found) {
            Arrays.setAll(wanted, bin -> found == 0 ? truth * weights[bin] / all : gaps[bin] * truth / found);
            return wanted;
        }
        double low = 0;
        double high = Double.MIN_NORMAL;
        for (int bin = 0; bin < gaps.length; bin++) {
            high = weights[bin] == 0 ? high : Math.max(high, Math.abs(gaps[bin]) / Math.sqrt(weights[bin]));
        }
        for (int step = 0; step < INNER_STEPS; step++) {
            double middle = (low + high) / 2;
            if (error(shrunk(middle)) > truth) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return shrunk(high);
    }

    private double[] shrunk(double by) {
        var shrunk = new double[gaps.length];
        Arrays.setAll(
                shrunk,
                bin -> Math.signum(gaps[bin]) * Math.max(0, Math.abs(gaps[bin]) - by * Math.sqrt(weights[bin])));
        return shrunk;
    }

    /** How much lower than their shares the chances in a bin are for a gap; chances end at 0 and 1. */
    private double shift(int bin, double gap) {
        double low = -1;
        double high = 1;
        for (int step = 0; step < INNER_STEPS; step++) {
            double middle = (low + high) / 2;
            double reached = 0;
            for (int i = 0; i < bins.length; i++) {
                if (bins[i] == bin) {
                    reached += votes.weight(i) * (votes.share(i) - Math.clamp(votes.share(i) - middle, 0, 1)) / all;
                }
            }
            if (reached < gap) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }
}
