package parathink.datasets.math;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import parathink.datasets.math.Value.Order;

/** Writes values in one plain notation, the canonical form of an answer. */
final class Printer {
    private static final int SUM = 0;
    private static final int PRODUCT = 1;
    private static final int POWER = 2;

    private Printer() {}

    static String print(Value value) {
        return switch (value) {
            case Value.Quantity quantity -> quantity(quantity);
            case Value.Numeral(var digits, int base, var _) -> digits + "_" + base;
            case Value.Infinite(boolean positive) -> positive ? "inf" : "-inf";
            case Value.Several(var order, var items) -> several(order, items);
            case Value.Range(var region) -> region(region);
            case Value.Grid(var rows) ->
                rows.stream().map(row -> "[" + join(row) + "]").collect(Collectors.joining(", ", "[", "]"));
            case Value.Named(var name, var of, var _) ->
                name.equals("y") || name.endsWith(")") ? name + " = " + print(of) : print(of);
            case Value.Equation(var difference) -> print(difference) + " = 0";
            case Value.Inequality(var difference, boolean strict) -> print(difference) + (strict ? " > 0" : " >= 0");
            case Value.Ratio(var terms) -> terms.stream().map(Printer::print).collect(Collectors.joining(":"));
            case Value.Clock(int minutes) -> "%d:%02d".formatted(minutes / 60, minutes % 60);
            case Value.Words(var text) -> text;
        };
    }

    private static String quantity(Value.Quantity quantity) {
        var exact = quantity.samples().value();
        var number = exact.isPresent() && exact.get() instanceof Scalar.Exact(var value)
                ? value.toString()
                : print(quantity.formula());
        return number + (quantity.percent() ? "%" : "");
    }

    private static String several(Order order, List<Value> items) {
        return switch (order) {
            case SET -> "{" + join(items) + "}";
            case TUPLE -> "(" + join(items) + ")";
            case LIST -> join(items);
        };
    }

    private static String join(List<Value> items) {
        return items.stream().map(Printer::print).collect(Collectors.joining(", "));
    }

    private static String region(Region region) {
        if (region.spans().isEmpty()) {
            return "{}";
        }
        return region.spans().stream()
                .map(span -> (span.low().closed() ? "[" : "(")
                        + span.low().value().map(Printer::quantity).orElse("-inf")
                        + ", "
                        + span.high().value().map(Printer::quantity).orElse("inf")
                        + (span.high().closed() ? "]" : ")"))
                .collect(Collectors.joining(" u "));
    }

    static String print(Expression formula) {
        return print(formula, SUM);
    }

    private static String print(Expression formula, int within) {
        return switch (formula) {
            case Expression.Literal(var value, int _) -> number(value);
            case Expression.Based(var digits, int base, var _) -> digits + "_" + base;
            case Expression.Variable(var name) -> name;
            case Expression.Sum(var terms) -> bracketed(sum(terms), within > SUM);
            case Expression.Product(var factors) ->
                bracketed(
                        factors.stream().map(factor -> print(factor, PRODUCT)).collect(Collectors.joining("*")),
                        within > PRODUCT);
            case Expression.Negative(var of) -> bracketed("-" + print(of, PRODUCT), within > SUM);
            case Expression.Quotient(var numerator, var denominator) ->
                bracketed(print(numerator, PRODUCT) + "/" + print(denominator, POWER), within > PRODUCT);
            case Expression.Power(var base, var exponent) ->
                bracketed(print(base, POWER) + "^" + print(exponent, POWER), within > PRODUCT);
            case Expression.Root(int degree, var radicand) ->
                degree == 2 ? "sqrt(" + print(radicand) + ")" : "root(" + degree + ", " + print(radicand) + ")";
            case Expression.Call(var function, var arguments) ->
                function + arguments.stream().map(Printer::print).collect(Collectors.joining(", ", "(", ")"));
            case Expression.Degrees(var of) -> print(of, POWER) + "°";
            case Expression.Percent(var of) -> print(of, POWER) + "%";
            case Expression.EitherSign(var of, boolean plusFirst) -> (plusFirst ? "±" : "∓") + print(of, PRODUCT);
            case Expression.Compound(var value) -> print(value);
            case Expression.Constant constant ->
                switch (constant) {
                    case PI -> "pi";
                    case E -> "e";
                    case I -> "i";
                    case INFINITY -> "inf";
                };
        };
    }

    private static String sum(List<Expression> terms) {
        var sum = new StringBuilder(print(terms.getFirst(), SUM));
        for (var term : terms.subList(1, terms.size())) {
            if (term instanceof Expression.Negative(var of)) {
                sum.append(" - ").append(print(of, PRODUCT));
            } else {
                sum.append(" + ").append(print(term, SUM));
            }
        }
        return sum.toString();
    }

    private static String number(Rational value) {
        return value.ending(12).map(BigDecimal::toPlainString).orElse("(" + value + ")");
    }

    private static String bracketed(String text, boolean needed) {
        return needed ? "(" + text + ")" : text;
    }
}
