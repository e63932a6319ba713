package parathink.models.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import parathink.models.template.Expression.Given;
import parathink.models.template.Value.Kind;

/** Reads expressions, with the precedences of Jinja. Used by one thread. */
final class ExpressionParser {
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");

    private final TokenStream tokens;
    private final OperandParser operands;

    /** A parser that tells of every name that is looked up. */
    ExpressionParser(TokenStream tokens, Consumer<Token> names) {
        this.tokens = tokens;
        this.operands = new OperandParser(tokens, names, this);
    }

    OperandParser operands() {
        return operands;
    }

    Expression expression() {
        return nested(this::conditional);
    }

    /** An expression, or several with commas between them as a tuple. */
    Expression tuple() {
        return several(this::expression, false);
    }

    /** The same without {@code if} and {@code else} outside of parentheses. */
    Expression tupleWithoutCondition() {
        return several(() -> nested(this::or), false);
    }

    private Expression nested(Supplier<Expression> parse) {
        tokens.enter();
        try {
            return parse.get();
        } finally {
            tokens.leave();
        }
    }

    private Expression several(Supplier<Expression> parse, boolean parentheses) {
        int line = tokens.line();
        var items = new ArrayList<Expression>();
        boolean several = false;
        while (!atTupleEnd()) {
            items.add(parse.get());
            if (!tokens.takeOperator(",")) {
                break;
            }
            several = true;
        }
        if (!several && items.size() == 1) {
            return items.getFirst();
        }
        if (items.isEmpty() && !parentheses) {
            throw tokens.unexpected("an expression");
        }
        return new Expression.Items(Kind.TUPLE, List.copyOf(items), line);
    }

    private boolean atTupleEnd() {
        var kind = tokens.current().kind();
        return kind == TokenKind.OUTPUT_END
                || kind == TokenKind.BLOCK_END
                || tokens.isOperator(")")
                || tokens.isName("recursive");
    }

    private Expression conditional() {
        int line = tokens.line();
        var value = or();
        while (tokens.takeName("if")) {
            var condition = or();
            var no = tokens.takeName("else") ? Optional.of(nested(this::conditional)) : Optional.<Expression>empty();
            value = new Expression.Conditional(condition, value, no, line);
        }
        return value;
    }

    private Expression or() {
        var left = and();
        while (tokens.isName("or")) {
            int line = tokens.next().line();
            left = new Expression.Logical(false, left, and(), line);
        }
        return left;
    }

    private Expression and() {
        var left = not();
        while (tokens.isName("and")) {
            int line = tokens.next().line();
            left = new Expression.Logical(true, left, not(), line);
        }
        return left;
    }

    private Expression not() {
        if (tokens.isName("not")) {
            int line = tokens.next().line();
            return new Expression.Unary("not", nested(this::not), line);
        }
        return comparison();
    }

    private Expression comparison() {
        int line = tokens.line();
        var first = sum();
        var others = new ArrayList<Expression.Operand>();
        while (true) {
            var token = tokens.current();
            if (token.kind() == TokenKind.OPERATOR && COMPARISONS.contains(token.text())) {
                tokens.next();
                others.add(new Expression.Operand(token.text(), sum()));
            } else if (tokens.takeName("in")) {
                others.add(new Expression.Operand("in", sum()));
            } else if (tokens.isName("not") && tokens.look().is(TokenKind.NAME, "in")) {
                tokens.next();
                tokens.next();
                others.add(new Expression.Operand("notin", sum()));
            } else {
                return others.isEmpty() ? first : new Expression.Comparison(first, List.copyOf(others), line);
            }
        }
    }

    private Expression sum() {
        return chain(Set.of("+", "-"), this::concatenation);
    }

    private Expression concatenation() {
        var left = product();
        while (tokens.isOperator("~")) {
            int line = tokens.next().line();
            left = new Expression.Binary("~", unmarked(left), unmarked(product()), line);
        }
        return left;
    }

    /**
     * The value that a filter marks as safe: no escaping is on, so in an output and with {@code ~} the mark changes nothing.
     * Elsewhere it would have texts that are joined to it escaped, which is not supported.
     */
    static Expression unmarked(Expression value) {
        return value instanceof Expression.Filtered filtered
                        && filtered.name().equals("safe")
                        && filtered.given().equals(Given.NOTHING)
                ? filtered.value()
                : value;
    }

    private Expression product() {
        return chain(Set.of("*", "/", "//", "%"), this::power);
    }

    private Expression power() {
        return chain(Set.of("**"), () -> unary(true));
    }

    /** Operators of the same rank, from left to right; Jinja does so with powers too. */
    private Expression chain(Set<String> signs, Supplier<Expression> operand) {
        var left = operand.get();
        while (tokens.current().kind() == TokenKind.OPERATOR
                && signs.contains(tokens.current().text())) {
            var sign = tokens.next();
            left = new Expression.Binary(sign.text(), left, operand.get(), sign.line());
        }
        return left;
    }

    private Expression unary(boolean withFilters) {
        int line = tokens.line();
        Expression value;
        if (tokens.isOperator("-") || tokens.isOperator("+")) {
            var sign = tokens.next().text();
            value = new Expression.Unary(sign, nested(() -> unary(false)), line);
        } else {
            value = operands.primary();
        }
        value = operands.postfix(value);
        return withFilters ? operands.filters(value) : value;
    }

    /** Several expressions with commas between them, or none, up to a closing parenthesis. */
    Expression parenthesized() {
        return several(this::expression, true);
    }
}
