package parathink.datasets.math;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import parathink.datasets.math.Expression.Compound;
import parathink.datasets.math.Value.Order;

/** Reads what stands in brackets: a group, a point, an interval, a set, a matrix. Confined to one parse. */
final class BracketParser {
    private static final List<String> SEPARATORS = List.of(",", ";");
    private static final int MAX_ITEMS = 2_000;

    private final Cursor cursor;
    private final Effort effort;
    private final FormulaParser formulas;

    BracketParser(Cursor cursor, Effort effort, FormulaParser formulas) {
        this.cursor = cursor;
        this.effort = effort;
        this.formulas = formulas;
    }

    Expression read() {
        if (!(cursor.take() instanceof Token.Mark(var open))) {
            throw new Unreadable("a bracket expected");
        }
        return switch (open) {
            case "(", "[", "]" -> round(open);
            case "{" -> group();
            case "\\{" -> set();
            case "∅" -> new Compound(new Value.Several(Order.SET, List.of()));
            case "ℝ" -> new Compound(new Value.Range(Region.LINE));
            default -> throw new Unreadable("'%s' begins no formula".formatted(open));
        };
    }

    private Expression round(String open) {
        var items = items();
        var close = cursor.takeAny(List.of(")", "]", "[")).orElseThrow(() -> new Unreadable("an open bracket"));
        boolean round = open.equals("(") && close.equals(")");
        if (items.size() == 1) {
            if (!round && !(open.equals("[") && close.equals("]"))) {
                throw new Unreadable("brackets that do not match");
            }
            return items.getFirst();
        }
        if (items.size() == 2 && (!round || items.stream().anyMatch(Values::infinite))) {
            return new Compound(new Value.Range(interval(items, open.equals("["), close.equals("]"))));
        }
        if (!round && !(open.equals("[") && close.equals("]"))) {
            throw new Unreadable("brackets that do not match");
        }
        return Values.eachSign(items, effort, Order.TUPLE);
    }

    private Region interval(List<Expression> ends, boolean closedLow, boolean closedHigh) {
        return Region.of(bound(ends.getFirst(), closedLow), bound(ends.getLast(), closedHigh));
    }

    private Region.Bound bound(Expression end, boolean closed) {
        return Values.infinite(end) ? Region.Bound.UNBOUNDED : Region.Bound.at(Value.Quantity.of(end, effort), closed);
    }

    /** Braces that only group; with commas between, a list. */
    private Expression group() {
        var items = items();
        cursor.expect("}");
        return items.size() == 1 ? items.getFirst() : Values.eachSign(items, effort, Order.LIST);
    }

    private Expression set() {
        if (cursor.take("\\}")) {
            return new Compound(new Value.Several(Order.SET, List.of()));
        }
        var items = items();
        if (items.size() == 1 && cursor.isAny(List.of("|", ":", "∈"))) {
            return builder();
        }
        cursor.expect("\\}");
        return Values.eachSign(items, effort, Order.SET);
    }

    /** {@code {x | condition}}: what the condition says. */
    private Expression builder() {
        if (cursor.take("∈")) {
            formulas.formula();
        }
        cursor.take();
        var condition = new StatementParser(cursor, effort, formulas).conditions();
        cursor.expect("\\}");
        return new Compound(condition);
    }

    private List<Expression> items() {
        var items = new ArrayList<Expression>();
        do {
            items.add(item());
            if (items.size() > MAX_ITEMS) {
                throw new Unreadable("too many items");
            }
        } while (cursor.takeAny(SEPARATORS).isPresent() || cursor.take(Symbols.AND));
        return items;
    }

    /** An item may be a formula, a word, or a formula with its unit. */
    private Expression item() {
        cursor.take(Symbols.AND);
        var statement = new StatementParser(cursor, effort, formulas);
        if (cursor.next() instanceof Token.Word) {
            return new Compound(statement.words());
        }
        return statement.withUnit(formulas.beforeBar());
    }

    /** The arguments of a function: in brackets, or the formula that is understood without them. */
    List<Expression> arguments(Supplier<Expression> understood) {
        if (cursor.is("(") || cursor.is("[")) {
            boolean round = cursor.take().is("(");
            var items = items();
            cursor.expect(round ? ")" : "]");
            return items;
        }
        return List.of(understood.get());
    }

    /** Statements that hold together, one a row. */
    Expression cases() {
        var together = new StatementParser(cursor, effort, formulas).conditions();
        if (!(cursor.take() instanceof Token.Command(var name)) || !name.equals("end:cases")) {
            throw new Unreadable("cases without an end");
        }
        return new Compound(together);
    }

    Expression matrix(String kind) {
        var rows = new ArrayList<List<Value>>();
        var row = new ArrayList<Value>();
        while (true) {
            if (cursor.next() instanceof Token.Command(var name) && name.equals("end:" + kind)) {
                cursor.take();
                break;
            }
            effort.spend(1);
            row.add(Values.of(formulas.formula(), effort));
            if (!cursor.take("&")) {
                rows.add(List.copyOf(row));
                row.clear();
                boolean more = cursor.take("\\\\");
                if (!more && !(cursor.next() instanceof Token.Command)) {
                    throw new Unreadable("a matrix without an end");
                }
            }
        }
        if (rows.isEmpty()
                || rows.stream()
                        .anyMatch(other -> other.size() != rows.getFirst().size())) {
            throw new Unreadable("a matrix with uneven rows");
        }
        var grid = new Value.Grid(rows);
        return kind.equals("vmatrix") ? Grids.determinant(grid, effort) : new Compound(grid);
    }
}
