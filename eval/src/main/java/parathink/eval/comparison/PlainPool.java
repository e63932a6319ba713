package parathink.eval.comparison;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import parathink.eval.directory.RunDirectory;
import parathink.eval.evidence.Draw;
import parathink.eval.evidence.PlainSampling;
import parathink.eval.evidence.Subsets;
import parathink.models.ModelSize;

/**
 * Plain completions of every problem, the same number in each attempt, none of them stopped by a strategy: what a majority of
 * any size up to that number would have said is an expectation over all subsets. Immutable.
 *
 * @param arm the run that drew them
 * @param size completions an attempt
 */
record PlainPool(Arm arm, int size) {
    private static final long STREAMS = 1L << 32; // more than a run has attempts

    /**
     * The pool that a run is, where it is one: its branches are plain samples by the one rule ({@link PlainSampling}), there is nothing else,
     * whose spend could not be told from theirs, and they differ by chance.
     */
    static Optional<PlainPool> of(Arm arm) {
        var ends = new ArrayList<List<Draw.End>>();
        for (int problem = 0; problem < arm.problems(); problem++) {
            var attempts = arm.attempts().get(problem);
            for (int repeat = 0; repeat < attempts.size(); repeat++) {
                var draws = arm.draws(problem).get(repeat);
                if (attempts.get(repeat).error().isEmpty()) {
                    if (draws.isEmpty() || !draws.stream().allMatch(RunDirectory.Draw::isBranch)) {
                        return Optional.empty();
                    }
                    ends.add(draws.stream().map(draw -> draw.finish().end()).toList());
                }
            }
        }
        var run = arm.directory().run();
        boolean greedy = run.strategy().equals("greedy")
                || run.settings().path("sampling").path("temperature").asDouble(1) == 0;
        return ends.isEmpty() || greedy || PlainSampling.brokenEnds(ends).isPresent()
                ? Optional.empty()
                : Optional.of(new PlainPool(arm, ends.getFirst().size()));
    }

    /** Majority of 1, 2, … completions, ties shared equally; nothing where the spend of fewer completions is not known. */
    Optional<SpendCurve> majority(Measure measure, ComparisonSpec spec) {
        return curve(measure, spec, (subsets, draws, random) -> Expectation.exact(subsets.plurality(groups(draws))));
    }

    /** What subsets of one attempt achieve, by their size; what is drawn is drawn from a stream of this attempt's own. */
    interface Credit {
        Expectation of(Subsets subsets, List<RunDirectory.Draw> draws, SplittableRandom random);
    }

    Optional<SpendCurve> curve(Measure measure, ComparisonSpec spec, Credit credit) {
        var whole = arm.of(measure);
        if (whole.isEmpty()) {
            return Optional.empty();
        }
        int upTo = Math.min(size, Subsets.largest(size));
        var accuracy = new double[arm.problems()][];
        var drawing = new double[arm.problems()][];
        var spend = new double[arm.problems()][];
        IntStream.range(0, arm.problems()).parallel().forEach(problem -> {
            var accuracies = new double[upTo];
            var variances = new double[upTo];
            var spends = new double[upTo];
            var attempts = arm.draws(problem);
            for (int repeat = 0; repeat < attempts.size(); repeat++) {
                var draws = attempts.get(repeat);
                var subsets = new Subsets(size, upTo);
                var random = new SplittableRandom(STREAMS * spec.seed() + (long) problem * attempts.size() + repeat);
                var expected = credit.of(subsets, draws, random);
                add(accuracies, expected.means(), attempts.size());
                add(variances, expected.variances(), (double) attempts.size() * attempts.size());
                add(spends, spends(subsets, draws, measure, spec, whole.get()[problem], problem), attempts.size());
            }
            accuracy[problem] = accuracies;
            drawing[problem] = variances;
            spend[problem] = spends;
        });
        return Optional.of(new SpendCurve(accuracy, spend, drawing));
    }

    private static void add(double[] sum, double[] values, double of) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += values[i] / of;
        }
    }

    private double[] spends(
            Subsets subsets,
            List<RunDirectory.Draw> draws,
            Measure measure,
            ComparisonSpec spec,
            double whole,
            int problem) {
        var tokens = new long[size]; // completions that an error lost spent nothing
        for (int i = 0; i < draws.size(); i++) {
            tokens[i] = draws.get(i).tokens();
        }
        var spends = new double[subsets.any(0).length];
        double mean = Arrays.stream(tokens).sum() / (double) size;
        switch (measure) {
            case WORK -> Arrays.setAll(spends, i -> (i + 1) * mean);
            case SPAN -> spends = subsets.largestOf(tokens);
            case SECONDS -> Arrays.setAll(spends, i -> whole * (i + 1) / size);
            case FLOPS -> {
                var shape = spec.size().or(() -> arm.directory().run().size()).orElseThrow();
                double each = flops(shape, tokens) / size;
                Arrays.setAll(spends, i -> (i + 1) * each);
            }
            case USD -> {
                var prices = spec.prices().orElseThrow();
                double prompt = arm.of(Measure.PREFILL).orElseThrow()[problem];
                Arrays.setAll(spends, i -> prices.of(prompt, (i + 1) * mean));
            }
            case PREFILL, JUDGE -> throw new IllegalArgumentException("runs are not matched by " + measure.word());
        }
        return spends;
    }

    private static double flops(ModelSize shape, long[] tokens) {
        return Arrays.stream(tokens).mapToDouble(shape::multiplyAccumulates).sum();
    }

    private static List<Subsets.Group> groups(List<RunDirectory.Draw> draws) {
        Map<String, int[]> counts = new LinkedHashMap<>();
        for (var draw : draws) {
            if (draw.answer().isPresent()) {
                var count = counts.computeIfAbsent(draw.answer().get(), answer -> new int[2]);
                count[0]++;
                count[1] += draw.isRight() ? 1 : 0;
            }
        }
        return counts.values().stream()
                .map(count -> new Subsets.Group(count[0], (double) count[1] / count[0]))
                .toList();
    }
}
