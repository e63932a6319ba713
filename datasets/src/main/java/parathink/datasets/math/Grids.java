package parathink.datasets.math;

import java.util.ArrayList;
import java.util.List;
import parathink.datasets.math.Value.Grid;
import parathink.datasets.math.Value.Order;
import parathink.datasets.math.Value.Quantity;
import parathink.datasets.math.Value.Several;

/** The arithmetic of matrices and vectors, as far as answers use it. */
final class Grids {
    private static final int MAX_DETERMINANT = 5;

    private Grids() {}

    static Value sum(List<Expression> terms, Effort effort) {
        var sum = Values.of(terms.getFirst(), effort);
        for (var term : terms.subList(1, terms.size())) {
            sum = plus(sum, Values.of(term, effort), effort);
        }
        return sum;
    }

    static Value product(List<Expression> factors, Effort effort) {
        var product = Values.of(factors.getFirst(), effort);
        for (var factor : factors.subList(1, factors.size())) {
            product = times(product, Values.of(factor, effort), effort);
        }
        return product;
    }

    static Value scaled(Value value, Expression factor, Effort effort) {
        if (value instanceof Quantity quantity) {
            return Quantity.of(new Expression.Product(List.of(factor, quantity.formula())), effort);
        }
        if (value instanceof Grid(var rows)) {
            return new Grid(
                    rows.stream().map(row -> scaled(row, factor, effort)).toList());
        }
        if (value instanceof Several(var order, var items) && order == Order.TUPLE) {
            return new Several(order, scaled(items, factor, effort));
        }
        throw new Unreadable("arithmetic with something that is no number");
    }

    private static List<Value> scaled(List<Value> items, Expression factor, Effort effort) {
        return items.stream().map(item -> scaled(item, factor, effort)).toList();
    }

    private static Value plus(Value a, Value b, Effort effort) {
        if (a instanceof Quantity x && b instanceof Quantity y) {
            return Quantity.of(new Expression.Sum(List.of(x.formula(), y.formula())), effort);
        }
        if (a instanceof Grid(var mine) && b instanceof Grid(var its) && mine.size() == its.size()) {
            var rows = new ArrayList<List<Value>>();
            for (int i = 0; i < mine.size(); i++) {
                rows.add(plus(mine.get(i), its.get(i), effort));
            }
            return new Grid(rows);
        }
        if (a instanceof Several(var order, var mine)
                && b instanceof Several(var other, var its)
                && order == Order.TUPLE
                && other == Order.TUPLE) {
            return new Several(order, plus(mine, its, effort));
        }
        throw new Unreadable("a sum of different things");
    }

    private static List<Value> plus(List<Value> a, List<Value> b, Effort effort) {
        if (a.size() != b.size()) {
            throw new Unreadable("a sum of different sizes");
        }
        var sums = new ArrayList<Value>();
        for (int i = 0; i < a.size(); i++) {
            sums.add(plus(a.get(i), b.get(i), effort));
        }
        return sums;
    }

    private static Value times(Value a, Value b, Effort effort) {
        if (a instanceof Quantity x) {
            return scaled(b, x.formula(), effort);
        }
        if (b instanceof Quantity y) {
            return scaled(a, y.formula(), effort);
        }
        if (!(a instanceof Grid(var rows))
                || !(b instanceof Grid(var columns))
                || rows.getFirst().size() != columns.size()) {
            throw new Unreadable("a product of different things");
        }
        var product = new ArrayList<List<Value>>();
        for (var row : rows) {
            var entries = new ArrayList<Value>();
            for (int column = 0; column < columns.getFirst().size(); column++) {
                var terms = new ArrayList<Expression>();
                for (int i = 0; i < row.size(); i++) {
                    terms.add(new Expression.Product(
                            List.of(formula(row.get(i)), formula(columns.get(i).get(column)))));
                }
                entries.add(Quantity.of(new Expression.Sum(terms), effort));
            }
            product.add(entries);
        }
        return new Grid(product);
    }

    private static Expression formula(Value value) {
        if (value instanceof Quantity quantity) {
            return quantity.formula();
        }
        throw new Unreadable("an entry that is no number");
    }

    static Expression determinant(Grid grid, Effort effort) {
        int size = grid.rows().size();
        if (size > MAX_DETERMINANT || grid.rows().getFirst().size() != size) {
            throw new Unreadable("no determinant of this size");
        }
        return determinant(
                grid.rows().stream()
                        .map(row -> row.stream().map(Grids::formula).toList())
                        .toList(),
                effort);
    }

    private static Expression determinant(List<List<Expression>> rows, Effort effort) {
        effort.spend(1);
        if (rows.size() == 1) {
            return rows.getFirst().getFirst();
        }
        var terms = new ArrayList<Expression>();
        for (int skip = 0; skip < rows.size(); skip++) {
            var minor = new ArrayList<List<Expression>>();
            for (var row : rows.subList(1, rows.size())) {
                var rest = new ArrayList<>(row);
                rest.remove(skip);
                minor.add(rest);
            }
            var term = new Expression.Product(List.of(rows.getFirst().get(skip), determinant(minor, effort)));
            terms.add(skip % 2 == 0 ? term : new Expression.Negative(term));
        }
        return new Expression.Sum(terms);
    }
}
