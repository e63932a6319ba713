package parathink.datasets.math;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import parathink.datasets.math.Value.Order;
import parathink.datasets.math.Value.Quantity;
import parathink.datasets.math.Value.Several;

/** What may stand between two sets of numbers. */
enum SetOperation {
    UNION("∪") {
        @Override
        Value on(Value a, Value b) {
            if (a instanceof Several(var order, var items)
                    && b instanceof Several(var other, var others)
                    && order != Order.TUPLE
                    && other != Order.TUPLE) {
                var all = new ArrayList<>(items);
                all.addAll(others);
                return new Several(Order.SET, all);
            }
            return new Value.Range(region(a).union(region(b)));
        }
    },
    INTERSECTION("∩") {
        @Override
        Value on(Value a, Value b) {
            return new Value.Range(region(a).intersection(region(b)));
        }
    },
    DIFFERENCE("∖") {
        @Override
        Value on(Value a, Value b) {
            return new Value.Range(region(a).intersection(region(b).complement()));
        }
    };

    static final List<String> SIGNS =
            Arrays.stream(values()).map(operation -> operation.sign).toList();

    private final String sign;

    SetOperation(String sign) {
        this.sign = sign;
    }

    /** The operation of one of the signs. */
    static SetOperation of(String sign) {
        return values()[SIGNS.indexOf(sign)];
    }

    /** The set that comes out. */
    abstract Value on(Value a, Value b);

    /** In a union, (1, 3) is an interval and {3} a point on the line. */
    private static Region region(Value value) {
        if (value instanceof Value.Range(var region)) {
            return region;
        }
        if (value instanceof Several(var order, var items)) {
            if (order == Order.TUPLE && items.size() == 2) {
                return Region.of(bound(items.getFirst()), bound(items.getLast()));
            }
            return items.stream()
                    .map(item -> item instanceof Quantity point ? Region.point(point) : region(item))
                    .reduce(Region::union)
                    .orElseGet(() -> new Region(List.of()));
        }
        throw new Unreadable("no set of numbers");
    }

    private static Region.Bound bound(Value end) {
        if (end instanceof Quantity quantity) {
            return Region.Bound.at(quantity, false);
        }
        throw new Unreadable("an end that is no number");
    }
}
