package parathink.datasets.math;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import parathink.datasets.math.Expression.Compound;

/** Tells what only names a value ({@code x}, {@code AB}, {@code |AB|}, {@code (p, q)}) from what takes part in an equation. */
final class Names {
    private static final int MAX_LETTERS = 5;

    private Names() {}

    static Optional<String> of(Expression formula) {
        return names(formula) ? Optional.of(Printer.print(formula)) : Optional.empty();
    }

    private static boolean names(Expression formula) {
        return switch (formula) {
            case Expression.Variable _ -> true;
            case Expression.Constant constant -> constant == Expression.Constant.E || constant == Expression.Constant.I;
            case Expression.Product(var factors) ->
                factors.size() <= MAX_LETTERS && factors.stream().allMatch(Names::names);
            case Expression.Call(var _, var arguments) -> arguments.stream().allMatch(Names::names);
            case Expression.Quotient(var numerator, var denominator) -> names(numerator) && names(denominator);
            case Compound(Value.Several(var order, var items)) ->
                order == Value.Order.TUPLE && items.stream().allMatch(Names::names);
            case Compound(Value.Ratio(var terms)) -> terms.stream().allMatch(Names::names);
            case Compound(Value.Words _) -> true;
            case Compound _, Expression.Literal _, Expression.Based _, Expression.Sum _, Expression.Negative _ -> false;
            case Expression.Power _, Expression.Root _ -> false;
            case Expression.Degrees _, Expression.Percent _, Expression.EitherSign _ -> false;
        };
    }

    private static boolean names(Value value) {
        return value instanceof Value.Quantity quantity && names(quantity.formula());
    }

    /** The variables of a formula. */
    static Set<String> variables(Expression formula) {
        return switch (formula) {
            case Expression.Variable(var name) -> Set.of(name);
            case Expression.Literal _, Expression.Based _, Expression.Constant _, Compound _ -> Set.of();
            case Expression.Sum(var terms) -> variables(terms);
            case Expression.Product(var factors) -> variables(factors);
            case Expression.Negative(var of) -> variables(of);
            case Expression.Quotient(var numerator, var denominator) -> variables(List.of(numerator, denominator));
            case Expression.Power(var base, var exponent) -> variables(List.of(base, exponent));
            case Expression.Root(int _, var radicand) -> variables(radicand);
            case Expression.Call(var _, var arguments) -> variables(arguments);
            case Expression.Degrees(var of) -> variables(of);
            case Expression.Percent(var of) -> variables(of);
            case Expression.EitherSign(var of, boolean _) -> variables(of);
        };
    }

    private static Set<String> variables(List<Expression> formulas) {
        return formulas.stream()
                .flatMap(formula -> variables(formula).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
