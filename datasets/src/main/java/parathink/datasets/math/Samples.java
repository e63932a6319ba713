package parathink.datasets.math;

import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import parathink.datasets.math.Expression.Constant;

/**
 * The values of one formula at the fixed points: what it is compared by. A formula without variables has one value; a
 * point where it is undefined is absent.
 *
 * @param variables the names in the formula
 * @param discrete whether it has functions of whole numbers, so that whole points alone may decide
 */
record Samples(Map<Point, Scalar> values, Set<String> variables, boolean discrete) {
    private static final List<Point> REAL = List.of(Point.POSITIVE_1, Point.POSITIVE_2, Point.NEGATIVE, Point.MIXED);
    private static final List<Point> WHOLE = List.of(Point.WHOLE_1, Point.WHOLE_2, Point.WHOLE_3);

    Samples {
        values = Map.copyOf(values);
        variables = Set.copyOf(variables);
    }

    static Samples of(Rational value) {
        return new Samples(Map.of(Point.NOWHERE, new Scalar.Exact(value)), Set.of(), false);
    }

    /**
     * Works the formula out everywhere.
     *
     * @throws Unreadable when it has no value at all
     */
    static Samples of(Expression formula, Effort effort) {
        if (formula instanceof Expression.Literal(var value, int _)) {
            return of(value);
        }
        var shape = new Shape();
        shape.visit(formula);
        if (shape.variables.isEmpty()) {
            return new Samples(
                    Map.of(Point.NOWHERE, new Evaluator(Point.NOWHERE, effort).of(formula)), Set.of(), false);
        }
        var values = new EnumMap<Point, Scalar>(Point.class);
        fill(values, REAL, formula, effort);
        fill(values, WHOLE, formula, effort);
        if (values.isEmpty()) {
            throw new Unreadable("no value at any point");
        }
        return new Samples(values, shape.variables, shape.discrete);
    }

    private static void fill(Map<Point, Scalar> values, List<Point> points, Expression formula, Effort effort) {
        for (var point : points) {
            try {
                values.put(point, new Evaluator(point, effort).of(formula));
            } catch (Unreadable undefined) {
                effort.spend(1); // out of effort, this throws; undefined here only, the next point may do
            }
        }
    }

    boolean constant() {
        return variables.isEmpty();
    }

    Optional<Scalar> value() {
        return constant() ? at(Point.NOWHERE) : Optional.empty();
    }

    Optional<Scalar> at(Point point) {
        return Optional.ofNullable(values.get(constant() ? Point.NOWHERE : point));
    }

    /**
     * Whether two formulas have the same values: at every real point where both have one, or, where whole numbers are
     * meant, at every whole point.
     */
    boolean same(Samples other) {
        if (constant() && other.constant()) {
            return value().orElseThrow().near(other.value().orElseThrow());
        }
        return agree(other, REAL) || ((discrete || other.discrete) && agree(other, WHOLE));
    }

    private boolean agree(Samples other, List<Point> points) {
        int met = 0;
        for (var point : points) {
            var mine = at(point);
            var its = other.at(point);
            if (mine.isPresent() && its.isPresent()) {
                if (!mine.get().near(its.get())) {
                    return false;
                }
                met++;
            }
        }
        return met >= 2;
    }

    /** The constant c with {@code this = c * other} everywhere, if there is one. */
    Optional<Scalar> ratio(Samples other) {
        if (!variables.equals(other.variables)) {
            return Optional.empty();
        }
        var ratio = Optional.<Scalar>empty();
        int met = 0;
        for (var point : REAL) {
            var mine = at(point);
            var its = other.at(point);
            if (mine.isEmpty() || its.isEmpty()) {
                continue;
            }
            if (mine.get().isZero() || its.get().isZero()) {
                return Optional.empty();
            }
            var here = mine.get().over(its.get());
            if (ratio.isPresent() && !ratio.get().near(here)) {
                return Optional.empty();
            }
            ratio = Optional.of(here);
            met++;
        }
        return met >= 2 ? ratio : Optional.empty();
    }

    /** Collects what a formula is made of. */
    private static final class Shape {
        private final Set<String> variables = new LinkedHashSet<>();
        private boolean discrete;

        void visit(Expression formula) {
            switch (formula) {
                case Expression.Literal _, Expression.Based _, Constant _, Expression.Compound _ -> {}
                case Expression.Variable(var name) -> variables.add(name);
                case Expression.Sum(var terms) -> terms.forEach(this::visit);
                case Expression.Product(var factors) -> factors.forEach(this::visit);
                case Expression.Negative(var of) -> visit(of);
                case Expression.Quotient(var numerator, var denominator) -> {
                    visit(numerator);
                    visit(denominator);
                }
                case Expression.Power(var base, var exponent) -> {
                    // (-1)^n is meant for whole n
                    discrete |= base instanceof Expression.Negative;
                    visit(base);
                    visit(exponent);
                }
                case Expression.Root(int _, var radicand) -> visit(radicand);
                case Expression.Call(var function, var arguments) -> {
                    discrete |= function.discrete();
                    arguments.forEach(this::visit);
                }
                case Expression.Degrees(var of) -> visit(of);
                case Expression.Percent(var of) -> visit(of);
                case Expression.EitherSign(var of, boolean _) -> visit(of);
            }
        }
    }
}
