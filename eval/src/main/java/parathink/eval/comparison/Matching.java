package parathink.eval.comparison;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import parathink.eval.ResultsException;

/**
 * Brings runs to the same spend where their completions tell what fewer of them would have done, and plain majority to the spend
 * of those that stay where they are. Every resample is matched anew, so that the intervals know that a spend is measured too.
 */
final class Matching {
    private final List<Arm> arms;
    private final Optional<PlainPool> pool;
    private final Measure measure;
    private final ComparisonSpec spec;
    private final Bootstrap bootstrap;

    Matching(List<Arm> arms, Optional<PlainPool> pool, Measure measure, ComparisonSpec spec, Bootstrap bootstrap) {
        this.arms = List.copyOf(arms);
        this.pool = pool;
        this.measure = measure;
        this.spec = spec;
        this.bootstrap = bootstrap;
    }

    /** A run as it enters: with a curve, or as a point. */
    private record Contender(Arm arm, SpendCurve curve, boolean movable) {
        double completionsAt(int[] times, double spend) {
            return curve.line(times).completionsAt(spend);
        }

        double spend(SpendCurve.Line line, double target) {
            return movable ? Math.clamp(target, line.first(), line.last()) : line.first();
        }
    }

    /** One row a run, and the runs at the common spend against the first of them. */
    record Outcome(OptionalDouble target, List<Matched> rows, List<Pair> pairs) {}

    /** Two runs at the common spend. */
    record Pair(String run, String reference, Interval difference, double pValue, double adjusted) {
        boolean different() {
            return adjusted <= Difference.LEVEL;
        }
    }

    Outcome outcome() {
        for (var arm : arms) {
            if (arm.of(measure).isEmpty()) {
                throw new ResultsException("%s: cannot be matched by %s: %s"
                        .formatted(
                                arm.directory().path(),
                                measure.word(),
                                arm.unknown().get(measure)));
            }
        }
        var contenders = arms.stream().map(this::contender).toList();
        var target = target(contenders);
        var majority = pool.flatMap(plain -> plain.majority(measure, spec));
        var rows = contenders.stream()
                .map(contender -> row(contender, target, majority))
                .toList();
        return new Outcome(once(target), adjusted(rows), pairs(contenders, target));
    }

    private Contender contender(Arm arm) {
        var curve = spec.match().isPresent() ? Subsampling.of(arm, measure, spec) : Optional.<SpendCurve>empty();
        return curve.map(known -> new Contender(arm, known, true))
                .orElseGet(() -> new Contender(
                        arm, SpendCurve.point(arm.accuracy(), arm.of(measure).orElseThrow()), false));
    }

    /** The common spend of some problems, which are counted so many times; nothing where none is wanted. */
    private Optional<Bootstrap.Statistic> target(List<Contender> contenders) {
        if (spec.match().isEmpty()) {
            return Optional.empty();
        }
        if (spec.at().isPresent()) {
            double at = spec.at().getAsDouble();
            return Optional.of(times -> at);
        }
        var many = contenders.stream()
                .filter(contender -> !isSingle(contender.arm()))
                .toList();
        return (many.isEmpty() ? contenders : many)
                .stream()
                        .map(contender -> contender.arm().of(measure).orElseThrow())
                        .min(Comparator.comparingDouble(
                                spend -> Arrays.stream(spend).sum()))
                        .map(Bootstrap::mean);
    }

    /** One completion cannot be brought to fewer, so it sets no common spend. */
    private static boolean isSingle(Arm arm) {
        for (int problem = 0; problem < arm.problems(); problem++) {
            if (arm.draws(problem).stream().anyMatch(draws -> draws.size() > 1)) {
                return false;
            }
        }
        return true;
    }

    private OptionalDouble once(Optional<Bootstrap.Statistic> target) {
        var once = once();
        return target.isPresent() ? OptionalDouble.of(target.get().of(once)) : OptionalDouble.empty();
    }

    private int[] once() {
        var once = new int[arms.getFirst().problems()];
        Arrays.fill(once, 1);
        return once;
    }

    private Matched row(Contender contender, Optional<Bootstrap.Statistic> target, Optional<SpendCurve> majority) {
        var curve = contender.curve();
        var line = curve.line(once());
        double wanted = target.map(statistic -> statistic.of(once())).orElse(line.first());
        double spend = contender.spend(line, wanted);
        var accuracy = bootstrap.interval(times -> {
            var drawn = curve.line(times);
            return drawn.accuracyAt(contender.spend(
                    drawn, target.map(statistic -> statistic.of(times)).orElse(drawn.first())));
        });
        boolean itself =
                pool.isPresent() && pool.get().arm().equals(contender.arm()) && Subsampling.isMajority(contender.arm());
        var reach = majority.map(known -> known.line(once()));
        boolean beyond = reach.isPresent() && spend > reach.get().last() * (1 + 1e-9);
        var versus = itself || beyond || majority.isEmpty()
                ? Optional.<Matched.Versus>empty()
                : Optional.of(versus(contender, target, majority.get(), spend));
        return new Matched(
                contender.arm().label(),
                contender.arm().directory().run().strategy(),
                contender.movable(),
                spend,
                contender.movable() ? Optional.of(line.completionsAt(spend)) : Optional.empty(),
                accuracy,
                versus,
                remark(contender, spend, wanted, itself, reach));
    }

    private String remark(
            Contender contender, double spend, double wanted, boolean itself, Optional<SpendCurve.Line> reach) {
        var remarks = new ArrayList<String>();
        if (!contender.movable() && spec.match().isPresent() && Math.abs(spend / wanted - 1) > 0.005) {
            remarks.add(Subsampling.advice(contender.arm(), spend, wanted));
        }
        if (contender.movable() && Math.abs(spend / wanted - 1) > 1e-9) {
            remarks.add("its completions reach %s to %s only"
                    .formatted(
                            Figures.amount(contender.curve().line(once()).first()),
                            Figures.amount(contender.curve().line(once()).last())));
        }
        double drawing = contender.curve().drawingError(contender.completionsAt(once(), spend));
        if (drawing > 0) {
            remarks.add("its curve is drawn, %d orders a problem or more, which leaves a standard error of %.2f points"
                    .formatted(Subsampling.ORDERS, 100 * drawing));
        }
        if (itself) {
            remarks.add("is the majority itself");
        } else if (reach.isPresent() && spend > reach.get().last() * (1 + 1e-9)) {
            remarks.add("spends more than all %d plain completions; give a larger pool with --baseline"
                    .formatted(pool.orElseThrow().size()));
        } else if (reach.isPresent() && spend < reach.get().first() * (1 - 1e-9)) {
            remarks.add("spends less than the one plain completion beside it, %s"
                    .formatted(Figures.amount(reach.get().first())));
        }
        return String.join("; ", remarks);
    }

    private Matched.Versus versus(
            Contender contender, Optional<Bootstrap.Statistic> target, SpendCurve majority, double spend) {
        var drawn = bootstrap.drawn(times -> {
            var own = contender.curve().line(times);
            var plain = majority.line(times);
            double at = contender.spend(
                    own, target.map(statistic -> statistic.of(times)).orElse(own.first()));
            double here = own.accuracyAt(at);
            double there = plain.accuracyAt(at);
            double crossing = contender.movable() ? own.crossing(plain) : Double.NaN;
            return new double[] {there, here - there, plain.spendFor(here), crossing};
        });
        double completions = majority.line(once()).completionsAt(spend);
        var few = FewDifferences.in(Difference.minus(
                contender.curve().accuracies(contender.completionsAt(once(), spend)),
                majority.accuracies(completions)));
        double pValue = few.map(FewDifferences::pValue).orElseGet(() -> drawn.pValue(1));
        return new Matched.Versus(
                completions,
                drawn.interval(0),
                few.map(FewDifferences::interval).orElseGet(() -> drawn.interval(1)),
                pValue,
                pValue,
                drawn.interval(2),
                drawn.value(3).map(known -> new Matched.Crossing(drawn.interval(3), drawn.known(3))));
    }

    private static List<Matched> adjusted(List<Matched> rows) {
        var tested = rows.stream().filter(row -> row.versus().isPresent()).toList();
        var adjusted = Holm.adjusted(tested.stream()
                .mapToDouble(row -> row.versus().orElseThrow().pValue())
                .toArray());
        var list = new ArrayList<Matched>();
        int next = 0;
        for (var row : rows) {
            list.add(row.versus().isPresent() ? row.with(row.versus().get().with(adjusted[next++])) : row);
        }
        return list;
    }

    /** The runs at the common spend against the first of them. */
    private List<Pair> pairs(List<Contender> contenders, Optional<Bootstrap.Statistic> target) {
        if (target.isEmpty()) {
            return List.of();
        }
        var common = target.get();
        var there = contenders.stream()
                .filter(contender -> isAt(contender, common.of(once())))
                .toList();
        if (there.isEmpty() || !there.getFirst().equals(contenders.getFirst())) {
            return List.of();
        }
        var pairs = new ArrayList<Pair>();
        var first = there.getFirst();
        for (var other : there.subList(1, there.size())) {
            pairs.add(pair(other, first, common));
        }
        var adjusted = Holm.adjusted(pairs.stream().mapToDouble(Pair::pValue).toArray());
        var list = new ArrayList<Pair>();
        for (int i = 0; i < adjusted.length; i++) {
            var pair = pairs.get(i);
            list.add(new Pair(pair.run(), pair.reference(), pair.difference(), pair.pValue(), adjusted[i]));
        }
        return list;
    }

    private Pair pair(Contender other, Contender first, Bootstrap.Statistic common) {
        double wanted = common.of(once());
        var few = FewDifferences.in(Difference.minus(accuracies(other, wanted), accuracies(first, wanted)));
        var drawn = bootstrap.drawn(
                times -> new double[] {accuracy(other, common, times) - accuracy(first, common, times)});
        double pValue = few.map(FewDifferences::pValue).orElseGet(() -> drawn.pValue(0));
        var interval = few.map(FewDifferences::interval).orElseGet(() -> drawn.interval(0));
        return new Pair(other.arm().label(), first.arm().label(), interval, pValue, pValue);
    }

    private double[] accuracies(Contender contender, double wanted) {
        var line = contender.curve().line(once());
        return contender.curve().accuracies(contender.completionsAt(once(), contender.spend(line, wanted)));
    }

    private boolean isAt(Contender contender, double common) {
        return Math.abs(contender.spend(contender.curve().line(once()), common) / common - 1) < 1e-9;
    }

    private static double accuracy(Contender contender, Bootstrap.Statistic common, int[] times) {
        var line = contender.curve().line(times);
        return line.accuracyAt(contender.spend(line, common.of(times)));
    }
}
