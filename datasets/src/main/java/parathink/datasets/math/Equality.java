package parathink.datasets.math;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parathink.datasets.math.Value.Clock;
import parathink.datasets.math.Value.Equation;
import parathink.datasets.math.Value.Grid;
import parathink.datasets.math.Value.Inequality;
import parathink.datasets.math.Value.Infinite;
import parathink.datasets.math.Value.Named;
import parathink.datasets.math.Value.Numeral;
import parathink.datasets.math.Value.Order;
import parathink.datasets.math.Value.Quantity;
import parathink.datasets.math.Value.Range;
import parathink.datasets.math.Value.Ratio;
import parathink.datasets.math.Value.Several;
import parathink.datasets.math.Value.Words;

/** Decides whether two values are the same; symmetric. Confined to one comparison. */
final class Equality {
    private final Effort effort = new Effort();
    private final QuantityEquality quantities = new QuantityEquality(effort);

    boolean same(Value a, Value b) {
        effort.enter();
        try {
            if (a instanceof Named || b instanceof Named) {
                return named(a, b);
            }
            return directed(a, b) || (a.getClass() != b.getClass() && directed(b, a));
        } finally {
            effort.leave();
        }
    }

    private boolean named(Value a, Value b) {
        if (a instanceof Named(var x, var v, var f) && b instanceof Named(var y, var w, var g)) {
            boolean comparable = x.equals(y)
                    || (isFunction(x) && (isFunction(y) || y.equals("y")))
                    || (isFunction(y) && x.equals("y"));
            return (comparable && same(v, w)) || (f.isPresent() && g.isPresent() && proportional(f.get(), g.get()));
        }
        if (a instanceof Named(var _, var v, var f)) {
            return b instanceof Equation(var g) ? f.isPresent() && proportional(f.get(), g) : same(v, b);
        }
        return named(b, a);
    }

    private static boolean isFunction(String name) {
        return name.length() > 1
                && name.endsWith(")")
                && "('".indexOf(name.charAt(1)) >= 0; // f(x) or f'(x), not sin(x)
    }

    private boolean directed(Value a, Value b) {
        return switch (a) {
            case Quantity x -> b instanceof Quantity y && quantities.same(x, y);
            case Numeral x -> numeral(x, b);
            case Infinite x -> x.equals(b);
            case Several x -> several(x, b);
            case Range x ->
                b instanceof Range y && spans(x.region().spans(), y.region().spans());
            case Grid x -> grid(x, b);
            case Named _ -> throw new IllegalStateException("names are taken off first");
            case Equation(var x) -> b instanceof Equation(var y) && proportional(x, y);
            case Inequality(var x, boolean strict) ->
                b instanceof Inequality(var y, boolean its) && strict == its && sameSide(x, y);
            case Ratio x -> ratio(x, b);
            case Clock x -> x.equals(b);
            case Words x -> words(x, b);
        };
    }

    private boolean numeral(Numeral a, Value b) {
        return switch (b) {
            case Numeral other -> a.value().equals(other.value());
            case Quantity other -> Samples.of(a.value()).same(other.samples());
            case Infinite _, Several _, Range _, Grid _, Named _, Equation _, Inequality _, Ratio _, Clock _, Words _ ->
                false;
        };
    }

    private boolean several(Several a, Value b) {
        if (b instanceof Several other) {
            if (a.order() == Order.TUPLE || other.order() == Order.TUPLE) {
                return a.order() != Order.SET && other.order() != Order.SET && inOrder(a.items(), other.items());
            }
            boolean sets = a.order() == Order.SET || other.order() == Order.SET;
            return sets
                    ? allIn(a.items(), other.items()) && allIn(other.items(), a.items())
                    : a.items().size() == other.items().size() && matched(a.items(), other.items());
        }
        if (b instanceof Range(var region)) {
            return rangeAs(a, region);
        }
        return !a.items().isEmpty()
                && a.order() != Order.TUPLE
                && a.items().stream().allMatch(item -> same(item, b)); // one value, perhaps written twice
    }

    /** (1, 3) may be a point or an open interval, [1, 3] a closed one or a list; {1, 3} may be written as a union. */
    private boolean rangeAs(Several items, Region region) {
        var spans = region.spans();
        if (items.order() == Order.SET) {
            return spans.stream().allMatch(Region.Span::isPoint) && same(items, new Several(Order.SET, lows(spans)));
        }
        if (spans.size() != 1 || items.items().size() != 2) {
            return false;
        }
        var low = spans.getFirst().low();
        var high = spans.getFirst().high();
        boolean closed = items.order() == Order.LIST;
        return low.closed() == closed
                && high.closed() == closed
                && low.value().isPresent()
                && high.value().isPresent()
                && same(items.items().getFirst(), low.value().get())
                && same(items.items().getLast(), high.value().get());
    }

    private static List<Value> lows(List<Region.Span> spans) {
        return spans.stream()
                .map(span -> (Value) span.low().value().orElseThrow())
                .toList();
    }

    private boolean inOrder(List<? extends Value> a, List<? extends Value> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!same(a.get(i), b.get(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean allIn(List<Value> items, List<Value> others) {
        return items.stream().allMatch(item -> others.stream().anyMatch(other -> same(item, other)));
    }

    private boolean matched(List<Value> items, List<Value> others) {
        var taken = new boolean[others.size()];
        for (int i = 0; i < items.size(); i++) {
            int at = i; // lists in the same order meet at once
            int tried = 0;
            while (tried < taken.length && (taken[at] || !same(items.get(i), others.get(at)))) {
                at = (at + 1) % taken.length;
                tried++;
            }
            if (tried == taken.length) {
                return false;
            }
            taken[at] = true;
        }
        return true;
    }

    private boolean spans(List<Region.Span> a, List<Region.Span> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!bounds(a.get(i).low(), b.get(i).low())
                    || !bounds(a.get(i).high(), b.get(i).high())) {
                return false;
            }
        }
        return true;
    }

    private boolean bounds(Region.Bound a, Region.Bound b) {
        if (a.value().isEmpty() || b.value().isEmpty()) {
            return a.value().isEmpty() && b.value().isEmpty();
        }
        return a.closed() == b.closed() && same(a.value().get(), b.value().get());
    }

    private boolean grid(Grid a, Value b) {
        if (b instanceof Grid other) {
            if (a.rows().size() != other.rows().size()) {
                return false;
            }
            for (int i = 0; i < a.rows().size(); i++) {
                if (!inOrder(a.rows().get(i), other.rows().get(i))) {
                    return false;
                }
            }
            return true;
        }
        boolean vector = a.rows().size() == 1 || a.rows().stream().allMatch(row -> row.size() == 1);
        return vector
                && b instanceof Several other
                && other.order() == Order.TUPLE
                && inOrder(a.rows().stream().flatMap(List::stream).toList(), other.items());
    }

    private boolean proportional(Expression a, Expression b) {
        var ratio = Samples.of(cleared(a), effort).ratio(Samples.of(cleared(b), effort));
        return ratio.isPresent() && !ratio.get().isZero();
    }

    /** The formula times the denominators of its terms: {@code a/b = 3} is {@code a = 3b}. */
    private static Expression cleared(Expression difference) {
        var factors = new ArrayList<Expression>();
        factors.add(difference);
        if (difference instanceof Expression.Sum(var terms)) {
            for (var term : terms) {
                var positive = term instanceof Expression.Negative(var of) ? of : term;
                if (positive instanceof Expression.Quotient(var _, var denominator)
                        && !Names.variables(denominator).isEmpty()) {
                    factors.add(denominator);
                }
            }
        }
        return factors.size() == 1 ? difference : new Expression.Product(factors);
    }

    private boolean sameSide(Expression a, Expression b) {
        return Samples.of(a, effort)
                .ratio(Samples.of(b, effort))
                .flatMap(Scalar::real)
                .filter(ratio -> ratio.signum() > 0)
                .isPresent();
    }

    private boolean ratio(Ratio a, Value b) {
        if (b instanceof Quantity other && a.terms().size() == 2) {
            return quotient(a).filter(other.samples()::same).isPresent();
        }
        if (!(b instanceof Ratio(var terms)) || terms.size() != a.terms().size()) {
            return false;
        }
        for (int i = 1; i < terms.size(); i++) {
            var mine =
                    quotient(new Ratio(List.of(a.terms().getFirst(), a.terms().get(i))));
            var its = quotient(new Ratio(List.of(terms.getFirst(), terms.get(i))));
            if (mine.isEmpty() || its.isEmpty() || !mine.get().same(its.get())) {
                return false;
            }
        }
        return true;
    }

    private Optional<Samples> quotient(Ratio ratio) {
        var first = ratio.terms().getFirst().formula();
        var second = ratio.terms().get(1).formula();
        try {
            return Optional.of(Samples.of(new Expression.Quotient(first, second), effort));
        } catch (Unreadable undefined) {
            return Optional.empty();
        }
    }

    private static boolean words(Words a, Value b) {
        return switch (b) {
            case Words other -> a.text().equals(other.text());
            case Quantity other ->
                other.formula() instanceof Expression.Variable(var name)
                        && Wording.normal(name).equals(a.text());
            case Numeral _,
                    Infinite _,
                    Several _,
                    Range _,
                    Grid _,
                    Named _,
                    Equation _,
                    Inequality _,
                    Ratio _,
                    Clock _ -> false;
        };
    }

    /** A whole number of these digits, for a numeral whose base the question already gives. */
    static boolean sameDigits(Numeral numeral, Value other) {
        return other instanceof Quantity quantity
                && quantity.places() == 0
                && quantity.samples()
                        .value()
                        .flatMap(Scalar::real)
                        .filter(value -> numeral.digits().matches("\\d{1,30}")
                                && value.compareTo(new BigDecimal(numeral.digits())) == 0)
                        .isPresent();
    }
}
