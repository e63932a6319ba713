package parathink.eval.comparison;

import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * How many tokens lie in caches at once: attempts of a pilot are drawn again as a run of them, so many side by side. All branches of an attempt
 * begin together and take a step at a time, and a branch that ends gives its cache back at once; a strategy that begins some of them later needs
 * less. Immutable.
 *
 * @param attempts of the pilot, by problem
 */
record Occupancy(List<List<Attempt>> attempts) {
    private static final int RESAMPLES = 200;
    private static final int MOMENTS = 2048; // at which a run is looked at
    private static final double TAIL = 0.025;

    /**
     * What one attempt kept in caches.
     *
     * @param prompt tokens, which every branch has, and the trunk that they were forked from
     * @param lengths tokens decoded by each branch
     */
    record Attempt(double prompt, List<Integer> lengths) {
        Attempt {
            lengths = lengths.stream().sorted().toList();
        }

        int steps() {
            return lengths.isEmpty() ? 0 : lengths.getLast();
        }

        private Attempt drawn(int branches, SplittableRandom random) {
            if (lengths.isEmpty()) {
                return this;
            }
            return new Attempt(
                    prompt,
                    random.ints(branches, 0, lengths.size())
                            .mapToObj(lengths::get)
                            .toList());
        }
    }

    Occupancy {
        attempts = attempts.stream().map(List::copyOf).toList();
    }

    /**
     * The most tokens at once, with the range that holds it in 95 of 100 runs. The pilot's problems are drawn again first, since others might have been
     * in it.
     *
     * @param branches of an attempt, drawn from those that it had; 0 for all of them as they were
     */
    Prediction peak(int runs, int concurrency, int branches, long seed) {
        var random = new SplittableRandom(seed);
        var peaks = new double[RESAMPLES];
        Arrays.setAll(peaks, i -> {
            var problems = random.ints(attempts.size(), 0, attempts.size())
                    .mapToObj(attempts::get)
                    .toList();
            var drawn = random.ints(runs, 0, problems.size())
                    .mapToObj(problems::get)
                    .map(repeats -> repeats.get(random.nextInt(repeats.size())))
                    .map(attempt -> branches == 0 ? attempt : attempt.drawn(branches, random))
                    .toList();
            return peak(drawn, concurrency);
        });
        Arrays.sort(peaks);
        int cut = (int) (TAIL * RESAMPLES);
        return new Prediction(Arrays.stream(peaks).average().orElseThrow(), peaks[cut], peaks[RESAMPLES - 1 - cut]);
    }

    /** The most tokens at once of attempts in this order, each begun as soon as one of so many places is free. */
    static double peak(List<Attempt> run, int concurrency) {
        var free = new PriorityQueue<Long>();
        var starts = new long[run.size()];
        long end = 0;
        for (int i = 0; i < starts.length; i++) {
            starts[i] = free.size() < concurrency ? 0 : free.remove();
            free.add(starts[i] + run.get(i).steps());
            end = Math.max(end, starts[i] + run.get(i).steps());
        }
        long stride = Math.max(1, Math.ceilDiv(end, MOMENTS));
        var tokens = new double[Math.toIntExact(end / stride) + 1];
        for (int i = 0; i < starts.length; i++) {
            fill(tokens, run.get(i), starts[i], stride);
        }
        return Arrays.stream(tokens).max().orElseThrow();
    }

    /** Adds what an attempt has in caches at each moment; in its step t every branch that is not done has t tokens behind its prompt. */
    private static void fill(double[] tokens, Attempt attempt, long start, long stride) {
        var lengths = attempt.lengths();
        int done = 0;
        for (long at = Math.ceilDiv(start, stride); at * stride < start + attempt.steps(); at++) {
            long step = at * stride - start + 1;
            while (lengths.get(done) < step) {
                done++;
            }
            tokens[Math.toIntExact(at)] += attempt.prompt() + (lengths.size() - done) * (attempt.prompt() + step);
        }
    }
}
