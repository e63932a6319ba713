package parathink.eval.comparison;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import parathink.eval.directory.RunDirectory;

/**
 * What finished runs tell of how two strategies disagree: two runs directly, one run of its own chances, none nothing. Immutable.
 */
final class Pilot {
    private static final int FEW = 10; // attempts that differ

    private final String origin;
    private final int problems;
    private final boolean parted;
    private final Estimate estimate;

    private Pilot(String origin, int problems, boolean parted, Estimate estimate) {
        this.origin = origin;
        this.problems = problems;
        this.parted = parted;
        this.estimate = estimate;
    }

    /** How the strategies disagree, by problems that count so many times. */
    interface Estimate {
        Disagreement of(int[] times);
    }

    /** Where it comes from, in words. */
    String origin() {
        return origin;
    }

    /** Whether the variance between problems is known apart from that within, so that the worth of repeats is. */
    boolean isParted() {
        return parted;
    }

    Disagreement disagreement() {
        var once = new int[problems];
        Arrays.fill(once, 1);
        return estimate.of(once);
    }

    /** An interval for a figure, from the pilot's problems drawn again; nothing without a pilot. */
    Optional<Interval> interval(int resamples, long seed, ToDoubleFunction<Disagreement> figure) {
        if (problems < 2) {
            return Optional.empty();
        }
        return Optional.of(
                new Bootstrap(problems, resamples, seed).interval(times -> figure.applyAsDouble(estimate.of(times))));
    }

    /** Nothing was run. */
    static Pilot none(DesignSpec spec) {
        double accuracy = spec.assumedAccuracy();
        var assumed = Disagreement.alike(
                accuracy, accuracy * (1 - accuracy) * spec.assumedBetween(), spec.assumedCorrelation());
        var origin = "assumed: accuracy %s, %s of the variance between problems, correlation %s"
                .formatted(accuracy, spec.assumedBetween(), spec.assumedCorrelation());
        return new Pilot(origin, 0, true, times -> assumed);
    }

    /** Two runs on the same problems. */
    static Pilot of(RunDirectory first, RunDirectory second) {
        return of(CommonProblems.of(List.of(first, second)));
    }

    /** Two aligned runs, the reference first. */
    static Pilot of(CommonProblems common) {
        var here = rights(common, 1);
        var there = rights(common, 0);
        boolean parted = isParted(here, there);
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
        var origin = "one run of %d problems, %d repeat%s; assumed of the other strategy: the same, with correlation %s"
                        .formatted(right.length, right[0].length, parted ? "s" : "", spec.assumedCorrelation())
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

    private static boolean isParted(double[][] here, double[][] there) {
        return here[0].length > 1 && there[0].length > 1;
    }

    /** Right answers by problem and repeat, of one strategy and the other. */
    static Disagreement paired(double[][] here, double[][] there, int[] times) {
        var variance = variance(here, there, times);
        var differences = new double[here.length];
        Arrays.setAll(differences, i -> mean(here[i]) - mean(there[i]));
        double mean = Bootstrap.mean(differences).of(times);
        int repeats = isParted(here, there) ? Math.min(here[0].length, there[0].length) : 1;
        double often = variance.between() + variance.within() + mean * mean;
        double attempts = (double) here.length * repeats;
        if (attempts * often < FEW) { // as if one more were won and one more lost
            double more = (attempts * often + 2) / (attempts + 2);
            variance = new PairedVariance(variance.between(), variance.within() + more - often);
        }
        return Disagreement.measured(variance, mean, repeats == 1 ? 0 : spread(here, there, repeats, times));
    }

    /**
     * Without bias: the part within is taken off the variance of the means. With one repeat all of it counts as within, and is that of
     * the shares won and lost as they are.
     */
    static PairedVariance variance(double[][] here, double[][] there, int[] times) {
        var differences = new double[here.length];
        var withins = new double[here.length];
        double ofMean = 0;
        for (int i = 0; i < here.length; i++) {
            differences[i] = mean(here[i]) - mean(there[i]);
            if (here[0].length == there[0].length) { // attempts of one repeat may share random numbers
                withins[i] = variance(Difference.minus(here[i], there[i]));
                ofMean += times[i] * withins[i] / here[i].length;
            } else {
                withins[i] = variance(here[i]) + variance(there[i]);
                ofMean += times[i] * (variance(here[i]) / here[i].length + variance(there[i]) / there[i].length);
            }
        }
        double total = variance(differences, times);
        if (!isParted(here, there)) {
            return new PairedVariance(0, total * (here.length - 1) / here.length);
        }
        return new PairedVariance(
                Math.max(0, total - ofMean / here.length),
                Bootstrap.mean(withins).of(times));
    }

    /** Variance over problems of the chance to disagree, from attempts side by side. */
    private static double spread(double[][] here, double[][] there, int repeats, int[] times) {
        var shares = new double[here.length];
        for (int i = 0; i < shares.length; i++) {
            for (int repeat = 0; repeat < repeats; repeat++) {
                shares[i] += here[i][repeat] == there[i][repeat] ? 0 : 1.0 / repeats;
            }
        }
        return spread(shares, repeats, times);
    }

    /** Variance of chances, from the shares of so many attempts in which what they are of happened. */
    private static double spread(double[] shares, int attempts, int[] times) {
        var ofDraws = Arrays.stream(shares)
                .map(share -> share * (1 - share) / (attempts - 1))
                .toArray();
        return Math.max(0, variance(shares, times) - Bootstrap.mean(ofDraws).of(times));
    }

    private static Disagreement alone(double[][] right, int[] times, DesignSpec spec) {
        var means = Arrays.stream(right).mapToDouble(Pilot::mean).toArray();
        double accuracy = Bootstrap.mean(means).of(times);
        double between = right[0].length == 1
                ? accuracy * (1 - accuracy) * spec.assumedBetween()
                : spread(means, right[0].length, times);
        return Disagreement.alike(accuracy, between, spec.assumedCorrelation());
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).sum() / values.length;
    }

    private static double variance(double[] values) {
        if (values.length == 1) {
            return 0; // one draw shows no spread
        }
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
