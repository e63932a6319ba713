package parathink.eval.evidence;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Problems drawn again with replacement, many times over. All draws come from one seeded stream, in order; only what is figured of
 * them is spread over the processor's cores, so that no result depends on how many there are. Immutable; may be used from any
 * thread.
 *
 * @param count of resamples
 * @param seed of the stream
 * @param problems how many there are to draw from
 */
public record Resamples(int count, long seed, int problems) {
    private static final int FEWEST_TOGETHER = 8; // resamples that share one pass over the problems
    private static final int MOST_TOGETHER = 64;
    private static final int MOST_GROUPS = 16;
    private static final int HELD = 1 << 23; // counts held at once

    public Resamples {
        if (count < 1 || problems < 1) {
            throw new IllegalArgumentException("cannot draw %d problems %d times".formatted(problems, count));
        }
    }

    /** Takes the resamples from one up to another, given how often each problem is in each of them. */
    private interface Reader {
        void read(int from, int[][] times);
    }

    /**
     * What a figure is of each resample.
     *
     * @param figures given how often each problem is in the resample; called by several threads at once
     */
    public double[][] figures(Function<int[], double[]> figures) {
        var drawn = new double[count][];
        forEachGroup((from, times) -> {
            for (int i = 0; i < times.length; i++) {
                drawn[from + i] = figures.apply(times[i]);
            }
        });
        return drawn;
    }

    /**
     * The mean of each column over the problems of each resample.
     *
     * @param values (problem, column)
     * @return (resample, column)
     */
    double[][] means(double[][] values) {
        int columns = values[0].length;
        var means = new double[count][columns];
        forEachGroup((from, times) -> {
            var sums = new double[columns][times.length];
            var counts = new double[times.length];
            for (int problem = 0; problem < problems; problem++) {
                for (int i = 0; i < counts.length; i++) {
                    counts[i] = times[i][problem];
                }
                for (int column = 0; column < columns; column++) {
                    addTimes(sums[column], counts, values[problem][column]);
                }
            }
            for (int i = 0; i < counts.length; i++) {
                for (int column = 0; column < columns; column++) {
                    means[from + i][column] = sums[column][i] / problems;
                }
            }
        });
        return means;
    }

    private void forEachGroup(Reader reader) {
        var random = new SplittableRandom(seed);
        int together = Math.clamp(HELD / problems, FEWEST_TOGETHER, MOST_TOGETHER);
        int block = together * Math.clamp(HELD / problems / together, 1, MOST_GROUPS);
        for (int begin = 0; begin < count; begin += block) {
            int first = begin;
            var times = new int[Math.min(block, count - first)][];
            for (int resample = 0; resample < times.length; resample++) {
                times[resample] = draw(random);
            }
            IntStream.range(0, Math.ceilDiv(times.length, together))
                    .map(group -> group * together)
                    .parallel()
                    .forEach(from -> reader.read(
                            first + from, Arrays.copyOfRange(times, from, Math.min(from + together, times.length))));
        }
    }

    private int[] draw(SplittableRandom random) {
        var times = new int[problems];
        for (int i = 0; i < problems; i++) {
            times[random.nextInt(problems)]++;
        }
        return times;
    }

    /** Every resample's own sum, so that no sum waits for another. */
    private static void addTimes(double[] sums, double[] counts, double value) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += counts[i] * value;
        }
    }
}
