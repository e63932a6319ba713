package parathink.datasets.math;

import java.util.ArrayList;
import java.util.List;
import parathink.datasets.math.Expression.Compound;
import parathink.datasets.math.Expression.Constant;
import parathink.datasets.math.Value.Infinite;
import parathink.datasets.math.Value.Order;
import parathink.datasets.math.Value.Quantity;
import parathink.datasets.math.Value.Several;

/** Turns formulas into what they denote. */
final class Values {
    private Values() {}

    static boolean infinite(Expression formula) {
        return formula == Constant.INFINITY
                || (formula instanceof Expression.Negative(var of) && of == Constant.INFINITY);
    }

    /** The value of a formula whose signs are all chosen. */
    static Value of(Expression formula, Effort effort) {
        if (infinite(formula)) {
            return new Infinite(formula == Constant.INFINITY);
        }
        if (formula instanceof Compound(var value)) {
            return value;
        }
        if (formula instanceof Expression.Based(var digits, int base, var value)) {
            return new Value.Numeral(digits, base, value);
        }
        if (formula instanceof Expression.Product(var factors) && factors.size() == 1) {
            return of(factors.getFirst(), effort);
        }
        if (!holdsCompound(formula)) {
            return Quantity.of(formula, effort);
        }
        if (formula instanceof Expression.Negative(var of)) {
            return Grids.scaled(of(of, effort), new Expression.Literal(Rational.of(-1), 0), effort);
        }
        if (formula instanceof Expression.Sum(var terms)) {
            return Grids.sum(terms, effort);
        }
        if (formula instanceof Expression.Product(var factors)) {
            if (remarked(factors)) {
                return of(new Expression.Product(factors.subList(0, factors.size() - 1)), effort);
            }
            return labelled(factors) ? of(factors.getLast(), effort) : Grids.product(factors, effort);
        }
        throw new Unreadable("arithmetic with something that is no number");
    }

    /** Words in brackets after the value, such as {@code 5 (approximately)}. */
    private static boolean remarked(List<Expression> factors) {
        return factors.size() > 1 && factors.getLast() instanceof Compound(Value.Words _);
    }

    /** A point with its name before it, such as {@code P(1, 2)}. */
    private static boolean labelled(List<Expression> factors) {
        return factors.size() == 2
                && factors.getFirst() instanceof Expression.Variable(var name)
                && Character.isUpperCase(name.charAt(0))
                && factors.getLast() instanceof Compound(Several(var order, var _))
                && order == Order.TUPLE;
    }

    /** One value, or the two that a formula with ± stands for. */
    static List<Value> all(Expression formula, Effort effort) {
        if (!undecided(formula)) {
            return List.of(of(formula, effort));
        }
        return List.of(of(chosen(formula, true), effort), of(chosen(formula, false), effort));
    }

    /** A collection of the items; a point with ± in it is two points. */
    static Expression eachSign(List<Expression> items, Effort effort, Order order) {
        if (order == Order.TUPLE && items.stream().anyMatch(Values::undecided)) {
            var points = new ArrayList<Value>();
            for (boolean plus : new boolean[] {true, false}) {
                points.add(new Several(
                        order,
                        items.stream()
                                .map(item -> of(chosen(item, plus), effort))
                                .toList()));
            }
            return new Compound(new Several(Order.LIST, points));
        }
        return new Compound(new Several(
                order,
                items.stream().flatMap(item -> all(item, effort).stream()).toList()));
    }

    static boolean holdsCompound(Expression formula) {
        return switch (formula) {
            case Compound _ -> true;
            case Expression.Negative(var of) -> holdsCompound(of);
            case Expression.Sum(var terms) -> terms.stream().anyMatch(Values::holdsCompound);
            case Expression.Product(var factors) -> factors.stream().anyMatch(Values::holdsCompound);
            case Expression.Literal _, Expression.Based _, Expression.Variable _, Constant _ -> false;
            case Expression.Quotient _, Expression.Power _, Expression.Root _, Expression.Call _ -> false;
            case Expression.Degrees _, Expression.Percent _, Expression.EitherSign _ -> false;
        };
    }

    static boolean undecided(Expression formula) {
        return switch (formula) {
            case Expression.EitherSign _ -> true;
            case Expression.Literal _, Expression.Based _, Expression.Variable _, Constant _, Compound _ -> false;
            case Expression.Sum(var terms) -> terms.stream().anyMatch(Values::undecided);
            case Expression.Product(var factors) -> factors.stream().anyMatch(Values::undecided);
            case Expression.Negative(var of) -> undecided(of);
            case Expression.Quotient(var numerator, var denominator) -> undecided(numerator) || undecided(denominator);
            case Expression.Power(var base, var exponent) -> undecided(base) || undecided(exponent);
            case Expression.Root(int _, var radicand) -> undecided(radicand);
            case Expression.Call(var _, var arguments) -> arguments.stream().anyMatch(Values::undecided);
            case Expression.Degrees(var of) -> undecided(of);
            case Expression.Percent(var of) -> undecided(of);
        };
    }

    /** The formula with every ± read one way. */
    static Expression chosen(Expression formula, boolean plus) {
        return switch (formula) {
            case Expression.EitherSign(var of, boolean plusFirst) ->
                plus == plusFirst ? chosen(of, plus) : new Expression.Negative(chosen(of, plus));
            case Expression.Literal _, Expression.Based _, Expression.Variable _, Constant _, Compound _ -> formula;
            case Expression.Sum(var terms) -> new Expression.Sum(chosen(terms, plus));
            case Expression.Product(var factors) -> new Expression.Product(chosen(factors, plus));
            case Expression.Negative(var of) -> new Expression.Negative(chosen(of, plus));
            case Expression.Quotient(var numerator, var denominator) ->
                new Expression.Quotient(chosen(numerator, plus), chosen(denominator, plus));
            case Expression.Power(var base, var exponent) ->
                new Expression.Power(chosen(base, plus), chosen(exponent, plus));
            case Expression.Root(int degree, var radicand) -> new Expression.Root(degree, chosen(radicand, plus));
            case Expression.Call(var function, var arguments) -> new Expression.Call(function, chosen(arguments, plus));
            case Expression.Degrees(var of) -> new Expression.Degrees(chosen(of, plus));
            case Expression.Percent(var of) -> new Expression.Percent(chosen(of, plus));
        };
    }

    private static List<Expression> chosen(List<Expression> formulas, boolean plus) {
        return formulas.stream().map(formula -> chosen(formula, plus)).toList();
    }
}
