package parathink.eval.comparison;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import parathink.eval.directory.ResultsException;

/**
 * Brings runs to the same spend where their completions tell what fewer of them would have done, and plain majority to the spend
 * of those that stay where they are. Every resample is matched anew, so that the intervals know that a spend is measured too.
 */
final class Matching {
    private final List<Arm> arms;
    private final List<Optional<Ladder>> ladders;
    private final Optional<PlainPool> pool;
    private final Measure measure;
    private final ComparisonSpec spec;
    private final Bootstrap bootstrap;

    /**
     * Prepares it.
     *
     * @param ladders of the arms, where they were run again; empty where none was
     */
    Matching(
            List<Arm> arms,
            List<Optional<Ladder>> ladders,
            Optional<PlainPool> pool,
            Measure measure,
            ComparisonSpec spec,
            Bootstrap bootstrap) {
        this.arms = List.copyOf(arms);
        this.ladders = List.copyOf(ladders);
        this.pool = pool;
        this.measure = measure;
        this.spec = spec;
        this.bootstrap = bootstrap;
    }

    /** A run as it enters: with a curve, or as a point. */
    private record Contender(Arm arm, EqualSpend.Side side, Optional<Ladder> ladder) {
        SpendCurve curve() {
            return side.curve();
        }

        boolean movable() {
            return side.movable();
        }

        double placeAt(int[] times, double spend) {
            return curve().line(times).completionsAt(spend);
        }

        double completionsAt(int[] times, double spend) {
            double place = placeAt(times, spend);
            return ladder.map(steps -> steps.completions(place)).orElse(place);
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

    /** The common spend of the problems as they are, where one is wanted. */
    OptionalDouble target() {
        check();
        return target(contenders())
                .map(common -> OptionalDouble.of(common.of(once())))
                .orElseGet(OptionalDouble::empty);
    }

    /** The runs that stay at their own spend. */
    List<Arm> standing() {
        return contenders().stream()
                .filter(contender -> !contender.movable())
                .map(Contender::arm)
                .toList();
    }

    private void check() {
        for (var arm : arms) {
            if (arm.of(measure).isEmpty()) {
                throw new ResultsException("%s: cannot be matched by %s: %s"
                        .formatted(
                                arm.directory().path(),
                                measure.word(),
                                arm.unknown().get(measure)));
            }
        }
    }

    Outcome outcome() {
        check();
        var contenders = contenders();
        var target = target(contenders);
        var majority = pool.flatMap(plain -> plain.majority(measure, spec));
        var equal = new EqualSpend(bootstrap, target);
        var rows = contenders.stream()
                .map(contender -> row(contender, equal, majority))
                .toList();
        return new Outcome(
                target.map(common -> OptionalDouble.of(common.of(once()))).orElseGet(OptionalDouble::empty),
                adjusted(rows),
                pairs(contenders, equal));
    }

    private List<Contender> contenders() {
        var contenders = new ArrayList<Contender>();
        for (int i = 0; i < arms.size(); i++) {
            contenders.add(contender(arms.get(i), ladders.isEmpty() ? Optional.empty() : ladders.get(i)));
        }
        return contenders;
    }

    private Contender contender(Arm arm, Optional<Ladder> ladder) {
        var curve = spec.match().isPresent() ? Subsampling.of(arm, measure, spec) : Optional.<SpendCurve>empty();
        return ladder.map(steps -> steps.curve(measure))
                .or(() -> curve)
                .map(known -> new Contender(arm, new EqualSpend.Side(known, true), ladder))
                .orElseGet(() -> new Contender(
                        arm,
                        new EqualSpend.Side(
                                SpendCurve.point(arm.accuracy(), arm.of(measure).orElseThrow()), false),
                        Optional.empty()));
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

    private int[] once() {
        return bootstrap.once();
    }

    private Matched row(Contender contender, EqualSpend equal, Optional<SpendCurve> majority) {
        var line = contender.curve().line(once());
        double wanted = equal.wanted(contender.side());
        double spend = contender.side().spend(line, wanted);
        boolean itself =
                pool.isPresent() && pool.get().arm().equals(contender.arm()) && Subsampling.isMajority(contender.arm());
        var reach = majority.map(known -> known.line(once()));
        boolean beyond = reach.isPresent() && spend > reach.get().last() * (1 + 1e-9);
        var versus = itself || beyond || majority.isEmpty()
                ? Optional.<Matched.Versus>empty()
                : Optional.of(equal.versus(contender.side(), majority.get()));
        return new Matched(
                contender.arm().label(),
                contender.arm().directory().run().strategy(),
                contender.movable(),
                spend,
                contender.movable() ? Optional.of(contender.completionsAt(once(), spend)) : Optional.empty(),
                equal.accuracy(contender.side()),
                versus,
                remark(contender, spend, wanted, itself, reach));
    }

    private String remark(
            Contender contender, double spend, double wanted, boolean itself, Optional<SpendCurve.Line> reach) {
        var remarks = new ArrayList<String>();
        if (!contender.movable() && spec.match().isPresent() && Math.abs(spend / wanted - 1) > 0.005) {
            remarks.add(Subsampling.advice(contender.arm()));
        }
        if (contender.movable() && Math.abs(spend / wanted - 1) > 1e-9) {
            remarks.add("its %s reach %s to %s only"
                    .formatted(
                            contender.ladder().isPresent() ? "runs" : "completions",
                            Figures.amount(contender.curve().line(once()).first()),
                            Figures.amount(contender.curve().line(once()).last())));
        }
        contender
                .ladder()
                .ifPresent(steps -> remarks.add("was run again with -n %s; here it has %s of them"
                        .formatted(
                                steps.sizes().stream().map(String::valueOf).collect(Collectors.joining(", ")),
                                Figures.amount(contender.completionsAt(once(), spend)))));
        double drawing = contender.curve().drawingError(contender.placeAt(once(), spend));
        if (drawing > 0) {
            remarks.add(String.format(
                    Locale.ROOT,
                    "its curve is drawn, %d orders a problem or more, which leaves a standard error of %.2f points",
                    Subsampling.ORDERS,
                    100 * drawing));
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
    private List<Pair> pairs(List<Contender> contenders, EqualSpend equal) {
        var there = contenders.stream()
                .filter(contender -> equal.isReachedBy(contender.side()))
                .toList();
        if (there.isEmpty() || !there.getFirst().equals(contenders.getFirst())) {
            return List.of();
        }
        var first = there.getFirst();
        var others = there.subList(1, there.size());
        var tested = others.stream()
                .map(other -> equal.difference(other.side(), first.side()))
                .toList();
        var adjusted = Holm.adjusted(
                tested.stream().mapToDouble(EqualSpend.Tested::pValue).toArray());
        var pairs = new ArrayList<Pair>();
        for (int i = 0; i < adjusted.length; i++) {
            pairs.add(new Pair(
                    others.get(i).arm().label(),
                    first.arm().label(),
                    tested.get(i).difference(),
                    tested.get(i).pValue(),
                    adjusted[i]));
        }
        return pairs;
    }
}
