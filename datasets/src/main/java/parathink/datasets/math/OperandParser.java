package parathink.datasets.math;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parathink.datasets.math.Expression.Call;
import parathink.datasets.math.Expression.Constant;
import parathink.datasets.math.Expression.Literal;

/** Reads one operand: a number, a name, a function with its arguments, a root or a fraction. Confined to one parse. */
final class OperandParser {
    private static final List<String> ENVIRONMENTS =
            List.of("pmatrix", "bmatrix", "vmatrix", "Bmatrix", "matrix", "array", "smallmatrix", "Vmatrix");

    private final Cursor cursor;
    private final Effort effort;
    private final FormulaParser formulas;
    private final BracketParser brackets;

    OperandParser(Cursor cursor, Effort effort, FormulaParser formulas, BracketParser brackets) {
        this.cursor = cursor;
        this.effort = effort;
        this.formulas = formulas;
        this.brackets = brackets;
    }

    Expression primary() {
        effort.spend(1);
        var token = cursor.next();
        return switch (token) {
            case Token.Numeral numeral -> numeral(numeral);
            case Token.Name(var name, boolean _) -> {
                cursor.take();
                yield name(name);
            }
            case Token.Command(var name) -> {
                cursor.take();
                yield command(name);
            }
            case Token.Word word -> throw new Unreadable("the word " + word.text());
            case Token.Mark(var sign) -> mark(sign);
        };
    }

    private Expression mark(String sign) {
        return switch (sign) {
            case "|" -> formulas.absolute();
            case "⌊" -> rounded(Function.FLOOR, "⌋");
            case "⌈" -> rounded(Function.CEIL, "⌉");
            case "∞" -> {
                cursor.take();
                yield Constant.INFINITY;
            }
            default -> formulas.bracketed();
        };
    }

    private Expression rounded(Function function, String close) {
        cursor.take();
        var inside = formulas.formula();
        cursor.expect(close);
        return new Call(function, List.of(inside));
    }

    private Expression numeral(Token.Numeral numeral) {
        cursor.take();
        if (cursor.is("_")) {
            cursor.take();
            return based(numeral.digits());
        }
        var whole = new Literal(numeral.value(), numeral.places());
        if (!numeral.whole()) {
            return whole;
        }
        return mixed().<Expression>map(part -> new Expression.Sum(List.of(whole, part)))
                .orElse(whole);
    }

    /** The fraction of a mixed number: {@code 1\frac{1}{2}} or {@code 1 1/2}. */
    private Optional<Expression> mixed() {
        int start = cursor.position();
        if (cursor.next() instanceof Token.Command(var name) && name.equals("frac")) {
            cursor.take();
            var fraction = fraction();
            if (fraction instanceof Expression.Quotient(Literal(var up, int p), Literal(var down, int q))
                    && p == 0
                    && q == 0
                    && up.compareTo(down) < 0) {
                return Optional.of(fraction);
            }
        } else if (cursor.next() instanceof Token.Numeral up
                && up.spaced()
                && up.whole()
                && cursor.peek(1).is("/")
                && cursor.peek(2) instanceof Token.Numeral down
                && down.whole()
                && up.value().compareTo(down.value()) < 0) {
            cursor.take();
            cursor.take();
            cursor.take();
            return Optional.of(new Expression.Quotient(new Literal(up.value(), 0), new Literal(down.value(), 0)));
        }
        cursor.back(start);
        return Optional.empty();
    }

    private Expression based(String digits) {
        boolean braced = cursor.take("{");
        boolean word = cursor.next() instanceof Token.Word;
        if (word || !(cursor.take() instanceof Token.Numeral base) || !base.whole()) {
            throw new Unreadable("a base that is not a number");
        }
        if (braced) {
            cursor.expect("}");
        }
        int radix = base.value().numerator().bitLength() > 6
                ? 0
                : base.value().numerator().intValue();
        if (radix < 2 || radix > 36) {
            throw new Unreadable("a base out of range");
        }
        try {
            return new Expression.Based(digits, radix, Rational.of(new BigInteger(digits, radix)));
        } catch (NumberFormatException e) {
            throw new Unreadable("%s is no numeral of base %d".formatted(digits, radix));
        }
    }

    private Expression name(String letter) {
        var name = new StringBuilder(letter);
        if (cursor.take("_")) {
            name.append('_').append(subscript());
        }
        while (cursor.take("'")) {
            effort.spend(1);
            name.append('\'');
        }
        if ((letter.equals("f") || letter.equals("g")) && cursor.is("(")) {
            int start = cursor.position();
            var argument = formulas.bracketed();
            if (!(argument instanceof Expression.Compound)) {
                return new Expression.Variable(name + "(" + Printer.print(argument) + ")");
            }
            cursor.back(start);
        }
        if (name.length() == 1) {
            if (letter.equals("e")) {
                return Constant.E;
            }
            if (letter.equals("i")) {
                return Constant.I;
            }
        }
        return new Expression.Variable(name.toString());
    }

    /** A subscript is part of the name, whatever it says. */
    private String subscript() {
        if (!cursor.take("{")) {
            return label(cursor.take());
        }
        var text = new StringBuilder();
        int depth = 1;
        while (!cursor.atEnd()) {
            effort.spend(1);
            var token = cursor.take();
            depth += token.is("{") ? 1 : token.is("}") ? -1 : 0;
            if (depth == 0) {
                return text.toString();
            }
            text.append(label(token));
        }
        throw new Unreadable("an open brace");
    }

    private static String label(Token token) {
        return switch (token) {
            case Token.Numeral numeral -> numeral.digits();
            case Token.Name(var name, boolean _) -> name;
            case Token.Word(var word) -> word;
            case Token.Command(var command) -> command;
            case Token.Mark(var sign) -> sign;
        };
    }

    private Expression command(String name) {
        var function = Symbols.function(name);
        if (function.isPresent()) {
            return call(function.get(), name);
        }
        if (name.startsWith("begin:") && ENVIRONMENTS.contains(name.substring(6))) {
            return brackets.matrix(name.substring(6));
        }
        return switch (name) {
            case "begin:cases" -> brackets.cases();
            case "pi" -> Constant.PI;
            case "frac" -> fraction();
            case "binom" -> new Call(Function.BINOMIAL, List.of(argument(), argument()));
            case "sqrt" -> root();
            case "imath" -> Constant.I;
            default -> throw new Unreadable("the command " + name);
        };
    }

    private Expression fraction() {
        var numerator = argument();
        return new Expression.Quotient(numerator, argument());
    }

    /** What follows a command: a group, one digit, or one sign. */
    private Expression argument() {
        if (cursor.next() instanceof Token.Numeral run) {
            var digit = cursor.takeDigit(run);
            return new Literal(digit.value(), digit.places());
        }
        effort.enter();
        try {
            return primary();
        } finally {
            effort.leave();
        }
    }

    private Expression root() {
        if (cursor.take("[")) {
            var degree = formulas.formula();
            cursor.expect("]");
            var radicand = rooted();
            if (degree instanceof Literal(var value, int _)
                    && value.isInteger()
                    && value.numerator().bitLength() < 10) {
                return new Expression.Root(value.numerator().intValue(), radicand);
            }
            return new Expression.Power(radicand, new Expression.Quotient(Literal.ONE, degree));
        }
        return new Expression.Root(2, rooted());
    }

    /** Unlike a fraction, a root written without a group takes the whole number: {@code \sqrt12} is meant as it reads. */
    private Expression rooted() {
        effort.enter();
        try {
            if (cursor.next() instanceof Token.Numeral run) {
                cursor.take();
                return literal(run);
            }
            return primary();
        } finally {
            effort.leave();
        }
    }

    private Expression call(Function function, String name) {
        var called = function;
        var base = Optional.<Expression>empty();
        var power = Optional.<Expression>empty();
        if (function == Function.LOG) {
            base = cursor.take("_")
                    ? Optional.of(subscripted())
                    : name.equals("lg") ? Optional.of(new Literal(Rational.of(10), 0)) : Optional.of(Constant.E);
        }
        if (cursor.is("^") && function != Function.ABS) {
            cursor.take();
            var exponent = exponentOfName();
            if (exponent instanceof Expression.Negative(Literal(var one, int _)) && one.equals(Rational.ONE)) {
                called = function.inverse();
            } else {
                power = Optional.of(exponent);
            }
        }
        var arguments = new ArrayList<Expression>();
        base.ifPresent(arguments::add);
        arguments.addAll(brackets.arguments(this::understood));
        boolean several =
                called == Function.GCD || called == Function.LCM || called == Function.MIN || called == Function.MAX;
        if (!several && arguments.size() != (called == Function.LOG ? 2 : 1)) {
            throw new Unreadable("too many arguments of " + name);
        }
        var call = new Call(called, arguments);
        return power.<Expression>map(exponent -> new Expression.Power(call, exponent))
                .orElse(call);
    }

    private Expression exponentOfName() {
        return cursor.next() instanceof Token.Numeral run ? literal(cursor.takeDigit(run)) : formulas.exponent();
    }

    private Expression subscripted() {
        if (cursor.next() instanceof Token.Numeral run) {
            cursor.take();
            return literal(run);
        }
        return primary();
    }

    private static Literal literal(Token.Numeral numeral) {
        return new Literal(numeral.value(), numeral.places());
    }

    /** An argument without brackets: the product up to the next sign or function, as in {@code \sin 2x}. */
    private Expression understood() {
        var factors = new ArrayList<Expression>();
        boolean negative = cursor.take("-");
        do {
            factors.add(formulas.factor());
        } while (formulas.startsFactor() && !startsCall() && !cursor.is("("));
        var product = factors.size() == 1 ? factors.getFirst() : new Expression.Product(factors);
        return negative ? new Expression.Negative(product) : product;
    }

    private boolean startsCall() {
        return cursor.next() instanceof Token.Command(var name)
                && Symbols.function(name).isPresent();
    }
}
