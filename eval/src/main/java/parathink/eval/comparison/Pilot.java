package parathink.eval.comparison;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import parathink.eval.RunDirectory;

/**
 * What finished runs tell of the variance of a comparison: two runs of it directly, one run of the share of it that lies between
 * problems, none nothing. Immutable.
 */
final class Pilot {
    private static final int RESAMPLES = 2000;

    private final String origin;
    private final int problems;
    private final boolean parted;
    private final Moments moments;

    private Pilot(String origin, int problems, boolean parted, Moments moments) {
        this.origin = origin;
        this.problems = problems;
        this.parted = parted;
        this.moments = moments;
    }

    /** The variance by problems that count so many times. */
    interface Moments {
        PairedVariance of(int[] times);
    }

    /** Where the variance comes from, in words. */
    String origin() {
        return origin;
    }

    int problems() {
        return problems;
    }

    /** Whether the variance between problems is known apart from that within, so that the worth of repeats is. */
    boolean isParted() {
        return parted;
    }

    PairedVariance variance() {
        var once = new int[problems];
        Arrays.fill(once, 1);
        return moments.of(once);
    }

    /** An interval for a figure of the variance, from the pilot's problems drawn again; nothing without a pilot. */
    Optional<Interval> interval(long seed, ToDoubleFunction<PairedVariance> figure) {
        if (problems < 2) {
            return Optional.empty();
        }
        return Optional.of(
                new Bootstrap(problems, RESAMPLES, seed).interval(times -> figure.applyAsDouble(moments.of(times))));
    }

    /** Nothing was run. */
    static Pilot none(DesignSpec spec) {
        var assumed = PairedVariance.assumed(spec.assumedAccuracy(), spec.assumedBetween(), spec.assumedCorrelation());
        var origin = "assumed: accuracy %s, %s of the variance between problems, correlation %s"
                .formatted(spec.assumedAccuracy(), spec.assumedBetween(), spec.assumedCorrelation());
        return new Pilot(origin, 0, true, times -> assumed);
    }

    /** Two runs on the same problems. */
    static Pilot of(RunDirectory first, RunDirectory second) {
        var common = CommonProblems.of(List.of(first, second));
        var here = rights(common, 1);
        var there = rights(common, 0);
        boolean parted = here[0].length > 1 && there[0].length > 1;
        var origin = parted
                ? "measured on %d problems, %d and %d repeats".formatted(here.length, there[0].length, here[0].length)
                : "measured on %d problems with 1 repeat, which does not tell what more repeats are worth"
                        .formatted(here.length);
        return new Pilot(origin, here.length, parted, times -> paired(here, there, times));
    }

    /** One run: the other strategy is taken to be like it, on problems as hard for both as the correlation says. */
    static Pilot of(RunDirectory run, DesignSpec spec) {
        var right = rights(CommonProblems.alone(run), 0);
        boolean parted = right[0].length > 1;
        var origin = "one run of %d problems, %d repeats; assumed of the other strategy: the same, with correlation %s"
                        .formatted(right.length, right[0].length, spec.assumedCorrelation())
                + (parted ? "" : ", and %s of the variance between problems".formatted(spec.assumedBetween()));
        return new Pilot(origin, right.length, true, times -> alone(right, times, spec));
    }

    private static double[][] rights(CommonProblems common, int run) {
        return common.attempts().get(run).stream()
                .map(lines -> lines.stream()
                        .mapToDouble(line -> line.isRight() ? 1 : 0)
                        .toArray())
                .toArray(double[][]::new);
    }

    static PairedVariance paired(double[][] here, double[][] there, int[] times) {
        var differences = new double[here.length];
        var withins = new double[here.length];
        boolean parted = here[0].length > 1 && there[0].length > 1;
        boolean sameRepeats = here[0].length == there[0].length;
        double ofMean = 0;
        for (int i = 0; i < here.length; i++) {
            differences[i] = mean(here[i]) - mean(there[i]);
            if (parted && sameRepeats) { // attempts of one repeat may share random numbers, so their difference is one
                // draw
                withins[i] = variance(Difference.minus(here[i], there[i]));
                ofMean += times[i] * withins[i] / here[i].length;
            } else if (parted) {
                withins[i] = variance(here[i]) + variance(there[i]);
                ofMean += times[i] * (variance(here[i]) / here[i].length + variance(there[i]) / there[i].length);
            }
        }
        double total = FewDifferences.variance(differences, times);
        return new PairedVariance(
                Math.max(0, total - ofMean / here.length),
                Bootstrap.mean(withins).of(times));
    }

    private static PairedVariance alone(double[][] right, int[] times, DesignSpec spec) {
        var means = Arrays.stream(right).mapToDouble(Pilot::mean).toArray();
        double accuracy = Bootstrap.mean(means).of(times);
        if (right[0].length == 1) {
            return PairedVariance.assumed(accuracy, spec.assumedBetween(), spec.assumedCorrelation());
        }
        double within = Bootstrap.mean(
                        Arrays.stream(right).mapToDouble(Pilot::variance).toArray())
                .of(times);
        double between = Math.max(0, variance(means, times) - within / right[0].length);
        return new PairedVariance(2 * between * (1 - spec.assumedCorrelation()), 2 * within);
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).sum() / values.length;
    }

    private static double variance(double[] values) {
        var once = new int[values.length];
        Arrays.fill(once, 1);
        return variance(values, once);
    }

    /** Unbiased, of values that count so many times. */
    private static double variance(double[] values, int[] times) {
        double mean = Bootstrap.mean(values).of(times);
        double squares = 0;
        for (int i = 0; i < values.length; i++) {
            squares += times[i] * (values[i] - mean) * (values[i] - mean);
        }
        return squares / (values.length - 1);
    }
}
