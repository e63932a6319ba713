package parathink.datasets;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import parathink.datasets.CountdownExpression.Negative;
import parathink.datasets.CountdownExpression.Operation;
import parathink.datasets.CountdownExpression.Whole;

/**
 * Reads an expression in plain characters, typographic signs or LaTeX. A long text is refused before it is read, which
 * also bounds the depth of the recursion.
 */
final class CountdownParser {
    private static final int LONGEST = 200;
    private static final int MOST_NUMBERS = 30;
    private static final String IGNORED = "(?:\\s|\\$|\\\\left|\\\\right|\\\\[,;:! ()\\[\\]])*";
    private static final Pattern TOKEN =
            Pattern.compile(IGNORED + "([0-9]+|[-+*/(){}×÷−·]|\\\\times|\\\\cdot|\\\\div|\\\\[dt]?frac)" + IGNORED);

    private final List<String> tokens;
    private int next;
    private int numbers;

    private CountdownParser(List<String> tokens) {
        this.tokens = tokens;
    }

    /** The expression, or nothing when the text is anything else. */
    static Optional<CountdownExpression> parse(String written) {
        if (written.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            var parser = new CountdownParser(tokens(written));
            var expression = parser.sum();
            return parser.next == parser.tokens.size() ? Optional.of(expression) : Optional.empty();
        } catch (NotAnExpression e) {
            return Optional.empty();
        }
    }

    private static List<String> tokens(String written) throws NotAnExpression {
        var tokens = new ArrayList<String>();
        var matcher = TOKEN.matcher(written);
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            tokens.add(plain(matcher.group(1)));
            end = matcher.end();
        }
        if (end < written.length()) {
            throw new NotAnExpression();
        }
        return tokens;
    }

    private static String plain(String token) {
        return switch (token) {
            case "×", "·", "\\times", "\\cdot" -> "*";
            case "÷", "\\div" -> "/";
            case "−" -> "-";
            case "\\dfrac", "\\tfrac" -> "\\frac";
            default -> token;
        };
    }

    private CountdownExpression sum() throws NotAnExpression {
        var sum = product();
        while (sees("+") || sees("-")) {
            char operator = take().charAt(0);
            sum = new Operation(sum, operator, product());
        }
        return sum;
    }

    /** A sign before a product is the sign of the whole product. */
    private CountdownExpression product() throws NotAnExpression {
        if (sees("-")) {
            take();
            return new Negative(product());
        }
        var product = factor();
        while (sees("*") || sees("/")) {
            char operator = take().charAt(0);
            product = new Operation(product, operator, factor());
        }
        return product;
    }

    private CountdownExpression factor() throws NotAnExpression {
        var token = take();
        return switch (token) {
            case "+" -> factor();
            case "-" -> new Negative(factor());
            case "(" -> closed(")");
            case "\\frac" -> {
                expect("{");
                var numerator = closed("}");
                expect("{");
                yield new Operation(numerator, '/', closed("}"));
            }
            default -> number(token);
        };
    }

    private CountdownExpression closed(String end) throws NotAnExpression {
        var inner = sum();
        expect(end);
        return inner;
    }

    private CountdownExpression number(String token) throws NotAnExpression {
        if (!Character.isDigit(token.charAt(0)) || ++numbers > MOST_NUMBERS) {
            throw new NotAnExpression();
        }
        return new Whole(new BigInteger(token));
    }

    private boolean sees(String token) {
        return next < tokens.size() && tokens.get(next).equals(token);
    }

    private String take() throws NotAnExpression {
        if (next == tokens.size()) {
            throw new NotAnExpression();
        }
        return tokens.get(next++);
    }

    private void expect(String token) throws NotAnExpression {
        if (!take().equals(token)) {
            throw new NotAnExpression();
        }
    }

    /** The text goes on, or ends, as no expression does. */
    private static final class NotAnExpression extends Exception {
        private static final long serialVersionUID = 1L;

        NotAnExpression() {
            super("not an expression", null, false, false);
        }
    }
}
