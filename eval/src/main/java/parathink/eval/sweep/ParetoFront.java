package parathink.eval.sweep;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Which of several strategies are worth their cost: on the front is whatever no other one beats, by being at least as
 * accurate for at most the cost, and better in one of the two.
 */
final class ParetoFront {
    private ParetoFront() {}

    /** Whether each is on the front. */
    static boolean[] of(double[] accuracy, double[] cost) {
        var front = new boolean[accuracy.length];
        for (int i = 0; i < accuracy.length; i++) {
            front[i] = true;
            for (int other = 0; other < accuracy.length && front[i]; other++) {
                boolean noWorse = accuracy[other] >= accuracy[i] && cost[other] <= cost[i];
                front[i] = !(noWorse && (accuracy[other] > accuracy[i] || cost[other] < cost[i]));
            }
        }
        return front;
    }

    /**
     * How often each is on the front when problems are drawn again with replacement, the same for all: a place on it by luck
     * is lost in many of the draws.
     *
     * @param accuracy shares of right answers (strategy, problem)
     * @param cost (strategy, problem)
     * @return shares of the resamples
     */
    static double[] shares(double[][] accuracy, double[][] cost, int resamples, long seed) {
        int problems = accuracy[0].length;
        var random = new SplittableRandom(seed);
        var times = new int[problems];
        var counts = new int[accuracy.length];
        for (int resample = 0; resample < resamples; resample++) {
            Arrays.fill(times, 0);
            for (int i = 0; i < problems; i++) {
                times[random.nextInt(problems)]++;
            }
            var front = of(sums(accuracy, times), sums(cost, times));
            for (int i = 0; i < front.length; i++) {
                counts[i] += front[i] ? 1 : 0;
            }
        }
        return Arrays.stream(counts)
                .mapToDouble(count -> (double) count / resamples)
                .toArray();
    }

    private static double[] sums(double[][] values, int[] times) {
        var sums = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            for (int problem = 0; problem < times.length; problem++) {
                sums[i] += times[problem] * values[i][problem];
            }
        }
        return sums;
    }
}
