package parathink.eval.evidence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * How far the share of the vote that an answer had tells whether it is right: attempts by vote share, in bins of equal width.
 * Attempts without an answer, without a vote or with a single completion are left out. An attempt counts one over the attempts
 * counted of its problem, so that every problem weighs the same.
 *
 * @param attempts counted
 * @param bins those with attempts in them, in the order of their shares
 * @param error expected calibration error: mean over attempts of the distance between the mean share and the accuracy of their
 *     bin (Naeini et al., 2015); noise in the bins makes it larger than that of the vote itself, so its interval, which is for that
 *     of the vote, may begin far below it, and begins at 0 where a calibrated vote is no surprise
 * @param ifCalibrated mean error that a vote with these shares would show if each were exactly the chance to be right; where
 *     problems were attempted more than once, the most that it can be however attempts of a problem depend on each other
 * @param ifCalibratedHigh the error that such a vote would exceed in 5 of 100 cases (Bröcker and Smith, 2007), the attempts of
 *     a problem as dependent as they can be
 * @param brier mean squared distance between share and being right
 */
public record Calibration(
        int attempts, List<Bin> bins, Estimate error, double ifCalibrated, double ifCalibratedHigh, double brier) {
    private static final int BINS = 10;
    private static final int SIMULATIONS = 2000;

    /**
     * Attempts whose shares are near each other.
     *
     * @param from excluded, but for the first bin
     * @param to included
     * @param attempts in it
     * @param share mean of theirs
     * @param right share of right answers among them: Wilson's interval, or the bootstrap over problems where a problem was
     *     attempted more than once
     */
    public record Bin(double from, double to, int attempts, double share, Estimate right) {}

    public Calibration {
        bins = List.copyOf(bins);
    }

    /** Empty when no attempt that can be graded gave an answer by a vote. */
    public static Optional<Calibration> of(List<Trial> trials, Intervals intervals) {
        var votes = Votes.of(trials);
        if (votes.size() == 0) {
            return Optional.empty();
        }
        var bins =
                IntStream.range(0, votes.size()).map(i -> bin(votes.share(i))).toArray();
        double error = error(votes, bins, votes.right());
        var simulated = simulate(votes, bins, intervals.seed());
        double expected = Arrays.stream(simulated).average().orElseThrow();
        double usual = simulated[(int) Math.ceil(0.95 * simulated.length) - 1];
        var ends = new CalibrationInversion(votes, bins, BINS, expected, usual, intervals.seed()).ends();
        double brier = 0;
        for (int i = 0; i < votes.size(); i++) {
            double miss = votes.share(i) - votes.right()[i];
            brier += votes.weight(i) * miss * miss;
        }
        return Optional.of(new Calibration(
                votes.size(),
                bins(votes, intervals),
                new Estimate(error, ends[0], Math.max(error, ends[1]), Estimate.Method.INVERSION),
                expected,
                usual,
                brier / votes.problems()));
    }

    private static int bin(double share) {
        return Math.clamp((int) Math.ceil(share * BINS - 1e-9) - 1, 0, BINS - 1);
    }

    private static double error(Votes votes, int[] bins, double[] right) {
        var gaps = new double[BINS];
        double all = 0;
        for (int i = 0; i < votes.size(); i++) {
            double weight = votes.weight(i);
            gaps[bins[i]] += weight * (votes.share(i) - right[i]);
            all += weight;
        }
        return Arrays.stream(gaps).map(Math::abs).sum() / all;
    }

    /**
     * Errors of votes whose shares are the chances to be right, smallest first. Attempts of one problem may depend on each
     * other in any way; one threshold for all of them is the comonotone way, whose sums spread most (in convex order, so that
     * no other way has a larger mean distance in any bin).
     */
    private static double[] simulate(Votes votes, int[] bins, long seed) {
        var random = new SplittableRandom(seed);
        var right = new double[votes.size()];
        var thresholds = new double[votes.problems()];
        var errors = new double[SIMULATIONS];
        for (int simulation = 0; simulation < SIMULATIONS; simulation++) {
            for (int problem = 0; problem < thresholds.length; problem++) {
                thresholds[problem] = random.nextDouble();
            }
            for (int i = 0; i < right.length; i++) {
                right[i] = thresholds[votes.problem(i)] < votes.share(i) ? 1 : 0;
            }
            errors[simulation] = error(votes, bins, right);
        }
        Arrays.sort(errors);
        return errors;
    }

    private static List<Bin> bins(Votes votes, Intervals intervals) {
        var bins = new ArrayList<Bin>();
        for (int bin = 0; bin < BINS; bin++) {
            var inside = new ProblemMeans(2);
            int attempts = 0;
            for (int i = 0; i < votes.size(); i++) {
                if (bin(votes.share(i)) == bin) {
                    inside.add(Integer.toString(votes.problem(i)), votes.share(i), votes.right()[i]);
                    attempts++;
                }
            }
            if (attempts > 0) {
                var estimates = inside.estimates(intervals);
                bins.add(new Bin(
                        (double) bin / BINS, (double) (bin + 1) / BINS, attempts, estimates[0].value(), estimates[1]));
            }
        }
        return bins;
    }
}
