package parathink.models.template;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import parathink.models.template.Expression.Given;
import parathink.models.template.Value.Kind;

/** Reads what stands between the operators of an expression. Used by one thread. */
final class OperandParser {
    private static final Set<String> TEST_STOPS = Set.of("else", "or", "and");
    private static final int MOST_DIGITS = 1000;

    private final TokenStream tokens;
    private final Consumer<Token> names; // hears of every name that is looked up
    private final ExpressionParser expressions;

    OperandParser(TokenStream tokens, Consumer<Token> names, ExpressionParser expressions) {
        this.tokens = tokens;
        this.names = names;
        this.expressions = expressions;
    }

    /** A name, a literal, or what stands in parentheses. */
    Expression primary() {
        var token = tokens.current();
        return switch (token.kind()) {
            case NAME -> name(tokens.next());
            case STRING -> string(token.line());
            case INTEGER ->
                new Expression.Constant(new Value.Whole(whole(tokens.next().text())), token.line());
            case FLOAT ->
                new Expression.Constant(
                        new Value.Real(Double.parseDouble(tokens.next().text().replace("_", ""))), token.line());
            case OPERATOR -> enclosed(token);
            case DATA, OUTPUT_BEGIN, OUTPUT_END, BLOCK_BEGIN, BLOCK_END, END ->
                throw tokens.unexpected("an expression");
        };
    }

    private Expression name(Token token) {
        var constant = switch (token.text()) {
            case "true", "True" -> Optional.<Value>of(Value.Truth.TRUE);
            case "false", "False" -> Optional.<Value>of(Value.Truth.FALSE);
            case "none", "None" -> Optional.<Value>of(Value.None.NONE);
            default -> Optional.<Value>empty();
        };
        if (constant.isPresent()) {
            return new Expression.Constant(constant.get(), token.line());
        }
        names.accept(token);
        return new Expression.Name(token.text(), token.line());
    }

    private Expression string(int line) {
        var text = new StringBuilder();
        while (tokens.current().kind() == TokenKind.STRING) {
            text.append(tokens.next().text());
        }
        return new Expression.Constant(new Value.Text(text.toString()), line);
    }

    static BigInteger whole(String literal) {
        var digits = literal.replace("_", "");
        int radix = digits.length() < 2
                ? 10
                : switch (Character.toLowerCase(digits.charAt(1))) {
                    case 'b' -> 2;
                    case 'o' -> 8;
                    case 'x' -> 16;
                    default -> 10;
                };
        if (digits.length() > MOST_DIGITS) {
            throw new TemplateException("a number of %d digits is not supported".formatted(digits.length()));
        }
        return new BigInteger(radix == 10 ? digits : digits.substring(2), radix);
    }

    private Expression enclosed(Token token) {
        if (tokens.takeOperator("(")) {
            var value = expressions.parenthesized();
            tokens.expectOperator(")");
            return value;
        }
        if (tokens.takeOperator("[")) {
            var items = new ArrayList<Expression>();
            until("]", () -> items.add(expressions.expression()));
            return new Expression.Items(Kind.LIST, List.copyOf(items), token.line());
        }
        if (tokens.takeOperator("{")) {
            var entries = new ArrayList<Expression.Entry>();
            until("}", () -> {
                var key = expressions.expression();
                tokens.expectOperator(":");
                entries.add(new Expression.Entry(key, expressions.expression()));
            });
            return new Expression.Entries(List.copyOf(entries), token.line());
        }
        throw tokens.unexpected("an expression");
    }

    /** Reads elements with commas between them, and perhaps one behind the last. */
    private void until(String close, Runnable element) {
        while (!tokens.takeOperator(close)) {
            element.run();
            if (!tokens.isOperator(close)) {
                tokens.expectOperator(",");
            }
        }
    }

    /** What is taken from a value: attributes, elements, and what calls give. */
    Expression postfix(Expression owner) {
        var value = owner;
        while (true) {
            int line = tokens.line();
            if (tokens.takeOperator(".")) {
                value = attribute(value, line);
            } else if (tokens.takeOperator("[")) {
                value = element(value, line);
            } else if (tokens.isOperator("(")) {
                value = new Expression.Call(value, given(), line);
            } else {
                return value;
            }
        }
    }

    private Expression attribute(Expression owner, int line) {
        if (tokens.current().kind() == TokenKind.INTEGER) {
            var place = new Value.Whole(whole(tokens.next().text()));
            return new Expression.Element(owner, new Expression.Constant(place, line), line);
        }
        return new Expression.Attribute(owner, tokens.expect(TokenKind.NAME).text(), line);
    }

    private Expression element(Expression owner, int line) {
        Optional<Expression> from = tokens.isOperator(":") ? Optional.empty() : Optional.of(expressions.expression());
        if (tokens.isOperator(",")) {
            throw new TemplateException(line, "several places between brackets are not supported");
        }
        if (from.isPresent() && tokens.takeOperator("]")) {
            return new Expression.Element(owner, from.get(), line);
        }
        tokens.expectOperator(":");
        var to = bound();
        var step = tokens.takeOperator(":") ? bound() : Optional.<Expression>empty();
        tokens.expectOperator("]");
        return new Expression.Slice(owner, from, to, step, line);
    }

    private Optional<Expression> bound() {
        return tokens.isOperator(":") || tokens.isOperator("]")
                ? Optional.empty()
                : Optional.of(expressions.expression());
    }

    private Given given() {
        var positional = new ArrayList<Expression>();
        var named = new LinkedHashMap<String, Expression>();
        tokens.expectOperator("(");
        until(")", () -> argument(positional, named));
        return new Given(List.copyOf(positional), Collections.unmodifiableMap(named));
    }

    private void argument(List<Expression> positional, Map<String, Expression> named) {
        if (tokens.isOperator("*") || tokens.isOperator("**")) {
            throw new TemplateException(
                    tokens.line(),
                    "arguments from a list or a mapping (%s) are not supported"
                            .formatted(tokens.current().text()));
        }
        if (tokens.current().kind() == TokenKind.NAME && tokens.look().is(TokenKind.OPERATOR, "=")) {
            var name = tokens.next();
            tokens.next();
            if (named.put(name.text(), expressions.expression()) != null) {
                throw new TemplateException(name.line(), "the argument '%s' is given twice".formatted(name.text()));
            }
        } else if (named.isEmpty()) {
            positional.add(expressions.expression());
        } else {
            throw new TemplateException(tokens.line(), "an argument without a name stands behind one with a name");
        }
    }

    /** Filters and tests behind a value. */
    Expression filters(Expression filtered) {
        var value = filtered;
        while (true) {
            int line = tokens.line();
            if (tokens.isOperator("|")) {
                var filter = filter();
                value = new Expression.Filtered(value, filter.name(), filter.given(), filter.line());
            } else if (tokens.takeName("is")) {
                value = test(value, line);
            } else if (tokens.isOperator("(")) {
                value = new Expression.Call(value, given(), line);
            } else {
                return value;
            }
        }
    }

    /** A sign and the name of a filter behind it. */
    Node.Filter filter() {
        tokens.expectOperator("|");
        return filterName();
    }

    Node.Filter filterName() {
        int line = tokens.line();
        var name = dottedName();
        return new Node.Filter(name, tokens.isOperator("(") ? given() : Given.NOTHING, line);
    }

    private String dottedName() {
        var name = new StringBuilder(tokens.expect(TokenKind.NAME).text());
        while (tokens.takeOperator(".")) {
            name.append('.').append(tokens.expect(TokenKind.NAME).text());
        }
        return name.toString();
    }

    private Expression test(Expression value, int line) {
        boolean negated = tokens.takeName("not");
        var name = dottedName();
        Expression test = new Expression.Tested(value, name, testGiven(), line);
        return negated ? new Expression.Unary("not", test, line) : test;
    }

    private Given testGiven() {
        if (tokens.isOperator("(")) {
            return given();
        }
        var token = tokens.current();
        boolean stands = switch (token.kind()) {
            case NAME -> !TEST_STOPS.contains(token.text());
            case STRING, INTEGER, FLOAT -> true;
            case OPERATOR -> token.text().equals("[") || token.text().equals("{");
            case DATA, OUTPUT_BEGIN, OUTPUT_END, BLOCK_BEGIN, BLOCK_END, END -> false;
        };
        if (!stands) {
            return Given.NOTHING;
        }
        if (tokens.isName("is")) {
            throw new TemplateException(token.line(), "several tests behind each other are not supported");
        }
        return new Given(List.of(postfix(primary())), Map.of());
    }
}
