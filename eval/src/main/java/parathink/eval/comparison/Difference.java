package parathink.eval.comparison;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * One run against another on the same problems.
 *
 * @param run label of the one
 * @param reference label of the other
 * @param accuracy share of right answers of the one less that of the other, over problems
 * @param won problems on which the one has more right answers
 * @param lost problems on which it has fewer
 * @param test of no difference
 * @param adjusted the test's mid-p, adjusted for all comparisons made together (Holm)
 * @param spend by measure: of the one less the other
 * @param ratio by measure: how many times as much; not a number where the other spends nothing
 */
public record Difference(
        String run,
        String reference,
        Interval accuracy,
        int won,
        int lost,
        SignFlipTest test,
        double adjusted,
        Map<Measure, Interval> spend,
        Map<Measure, Interval> ratio) {
    static final double LEVEL = 0.05;

    /** Whether the two are called different. */
    boolean different() {
        return adjusted <= LEVEL;
    }

    /** Whether the one is no worse than the other by a margin in points: the interval lies above it. */
    boolean noWorse(double margin) {
        return accuracy.low() > -margin / 100;
    }

    /** One of the two. */
    public static final class Side {
        private final String label;
        private final long[] right; // answers of each problem
        private final int repeats; // attempts at each problem
        private final Map<Measure, double[]> spent; // mean of a problem's attempts, by those measures that are known

        public Side(String label, long[] right, int repeats, Map<Measure, double[]> spent) {
            this.label = label;
            this.right = right;
            this.repeats = repeats;
            this.spent = spent;
        }

        String label() {
            return label;
        }

        long[] right() {
            return right;
        }

        int repeats() {
            return repeats;
        }

        Map<Measure, double[]> spent() {
            return spent;
        }

        public static Side of(Arm arm) {
            return new Side(arm.label(), arm.right(), arm.repeats(), arm.spent());
        }

        public double[] accuracy() {
            return Arrays.stream(right)
                    .mapToDouble(count -> (double) count / repeats)
                    .toArray();
        }
    }

    public static Difference of(Side run, Side reference, Bootstrap bootstrap) {
        var units = units(run, reference);
        var spend = new EnumMap<Measure, Interval>(Measure.class);
        var ratio = new EnumMap<Measure, Interval>(Measure.class);
        for (var measure : Measure.values()) {
            if (run.spent().containsKey(measure) && reference.spent().containsKey(measure)) {
                var here = run.spent().get(measure);
                var there = reference.spent().get(measure);
                spend.put(measure, bootstrap.interval(Bootstrap.mean(minus(here, there))));
                ratio.put(measure, bootstrap.interval(Bootstrap.ratio(here, there)));
            }
        }
        var test = SignFlipTest.of(units);
        return new Difference(
                run.label(),
                reference.label(),
                interval(minus(run.accuracy(), reference.accuracy()), bootstrap),
                (int) Arrays.stream(units).filter(unit -> unit > 0).count(),
                (int) Arrays.stream(units).filter(unit -> unit < 0).count(),
                test,
                test.mid(),
                spend,
                ratio);
    }

    /** The mean of one difference of shares a problem: the bootstrap's where enough of them differ from zero. */
    public static Interval interval(double[] differences, Bootstrap bootstrap) {
        return FewDifferences.in(differences)
                .map(FewDifferences::interval)
                .orElseGet(() -> bootstrap.interval(Bootstrap.mean(differences)));
    }

    /** Holm's adjustment over all of them. */
    public static List<Difference> adjusted(List<Difference> differences) {
        var adjusted = Holm.adjusted(differences.stream()
                .mapToDouble(difference -> difference.test().mid())
                .toArray());
        var list = new ArrayList<Difference>();
        for (int i = 0; i < adjusted.length; i++) {
            list.add(differences.get(i).with(adjusted[i]));
        }
        return list;
    }

    private Difference with(double other) {
        return new Difference(run, reference, accuracy, won, lost, test, other, spend, ratio);
    }

    /** The difference of each problem as a whole number of the smallest step that the repeats of both allow. */
    private static long[] units(Side run, Side reference) {
        long common = lcm(run.repeats(), reference.repeats());
        var here = run.right();
        var there = reference.right();
        var units = new long[here.length];
        Arrays.setAll(units, i -> here[i] * (common / run.repeats()) - there[i] * (common / reference.repeats()));
        return units;
    }

    private static long lcm(long a, long b) {
        return a / BigInteger.valueOf(a).gcd(BigInteger.valueOf(b)).longValueExact() * b;
    }

    static double[] minus(double[] here, double[] there) {
        var differences = new double[here.length];
        Arrays.setAll(differences, i -> here[i] - there[i]);
        return differences;
    }
}
