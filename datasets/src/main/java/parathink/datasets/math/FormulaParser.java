package parathink.datasets.math;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parathink.datasets.math.Expression.Call;

/**
 * Reads one formula by recursive descent: sums of products of powers, with multiplication understood between neighbours.
 * Confined to one parse.
 */
final class FormulaParser {
    private static final List<String> SIGNS = List.of("+", "-", "±", "∓");
    private static final List<String> CLOSING = List.of("∪", "∩", "∖", ",", ";", ")", "\\}", "and", "or");
    private static final List<String> OPENING = List.of("(", "{", "\\{", "[", "⌊", "⌈", "∞", "∅", "ℝ", "‖");

    private final Cursor cursor;
    private final Effort effort;
    private final BracketParser brackets;
    private final OperandParser operands;

    /** Bars that are open: within them a bar closes. */
    private int bars;

    FormulaParser(Cursor cursor, Effort effort) {
        this.cursor = cursor;
        this.effort = effort;
        this.brackets = new BracketParser(cursor, effort, this);
        this.operands = new OperandParser(cursor, effort, this, brackets);
    }

    Expression formula() {
        effort.enter();
        try {
            return sum();
        } finally {
            effort.leave();
        }
    }

    private Expression sum() {
        var terms = new ArrayList<Expression>();
        terms.add(term());
        while (cursor.isAny(SIGNS)) {
            terms.add(term());
        }
        return terms.size() == 1 ? terms.getFirst() : new Expression.Sum(terms);
    }

    /** A product with the signs before it. */
    private Expression term() {
        boolean negative = false;
        var either = Optional.<Boolean>empty();
        while (true) {
            var sign = cursor.takeAny(SIGNS);
            if (sign.isEmpty()) {
                break;
            }
            effort.spend(1);
            switch (sign.get()) {
                case "-" -> negative = !negative;
                case "±" -> either = Optional.of(true);
                case "∓" -> either = Optional.of(false);
                default -> {}
            }
        }
        var product = product();
        if (either.isPresent()) {
            return new Expression.EitherSign(product, either.get() != negative);
        }
        return negative ? new Expression.Negative(product) : product;
    }

    private Expression product() {
        var above = new ArrayList<Expression>();
        var below = new ArrayList<Expression>();
        above.add(factor());
        while (true) {
            if (cursor.take("*")) {
                above.add(signed());
            } else if (cursor.take("/")) {
                below.add(signed());
            } else if (startsFactor()) {
                above.add(factor());
            } else {
                break;
            }
        }
        var numerator = above.size() == 1 ? above.getFirst() : new Expression.Product(above);
        if (below.isEmpty()) {
            return numerator;
        }
        return new Expression.Quotient(numerator, below.size() == 1 ? below.getFirst() : new Expression.Product(below));
    }

    private Expression signed() {
        boolean negative = false;
        while (cursor.isAny(List.of("+", "-"))) {
            effort.spend(1);
            negative ^= cursor.take().is("-");
        }
        return negative ? new Expression.Negative(factor()) : factor();
    }

    boolean startsFactor() {
        return switch (cursor.next()) {
            case Token.Name _ -> true;
            case Token.Command(var name) -> !name.startsWith("end:");
            case Token.Mark mark -> (OPENING.contains(mark.sign()) && !closesReversed()) || (mark.is("|") && bars == 0);
            case Token.Numeral _ -> !(cursor.peek(-1) instanceof Token.Numeral);
            case Token.Word _ -> false;
        };
    }

    /** Whether a bracket opens nothing, but closes an interval such as {@code [0, 1[}. */
    private boolean closesReversed() {
        return cursor.is("[")
                && (cursor.peek(1).is("")
                        || (cursor.peek(1) instanceof Token.Mark(var sign) && CLOSING.contains(sign)));
    }

    /** A power with its postfixes. */
    Expression factor() {
        effort.enter();
        try {
            var base = postfix(operands.primary());
            while (cursor.is("^")) {
                cursor.take();
                if (degree()) {
                    base = new Expression.Degrees(base);
                } else {
                    base = postfix(new Expression.Power(base, exponent()));
                }
            }
            return base;
        } finally {
            effort.leave();
        }
    }

    private boolean degree() {
        if (isDegree(cursor.next())) {
            cursor.take();
            return true;
        }
        if (cursor.is("{") && isDegree(cursor.peek(1)) && cursor.peek(2).is("}")) {
            cursor.take();
            cursor.take();
            cursor.take();
            return true;
        }
        return false;
    }

    private static boolean isDegree(Token token) {
        return token.is("°") || (token instanceof Token.Name(var name, boolean _) && name.equals("o"));
    }

    /** Towers lean right: 2^3^2 is 2^9. */
    Expression exponent() {
        boolean negative = cursor.take("-");
        var exponent = factor();
        return negative ? new Expression.Negative(exponent) : exponent;
    }

    private Expression postfix(Expression base) {
        var result = base;
        for (int count = 0; ; count++) {
            if (count > 6) {
                throw new Unreadable("too many postfixes");
            }
            if (cursor.is("!") && cursor.peek(1).is("!")) {
                cursor.take();
                cursor.take();
                result = new Call(Function.DOUBLE_FACTORIAL, List.of(result));
            } else if (cursor.take("!")) {
                result = new Call(Function.FACTORIAL, List.of(result));
            } else if (cursor.take("%")) {
                result = new Expression.Percent(result);
            } else if (cursor.take("°")) {
                result = new Expression.Degrees(result);
            } else {
                return result;
            }
        }
    }

    /** A formula in which a bar does not begin a factor, because it parts what is before it from a condition. */
    Expression beforeBar() {
        int outside = bars;
        bars = 1;
        var formula = formula();
        bars = outside;
        return formula;
    }

    /** The formula between two bars. */
    Expression absolute() {
        cursor.take();
        bars++;
        var inside = formula();
        bars--;
        cursor.expect("|");
        return new Call(Function.ABS, List.of(inside));
    }

    /** What is in brackets; the bars outside do not count there. */
    Expression bracketed() {
        int outside = bars;
        bars = 0;
        var inside = brackets.read();
        bars = outside;
        return inside;
    }
}
