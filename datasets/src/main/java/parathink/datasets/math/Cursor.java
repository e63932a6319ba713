package parathink.datasets.math;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tokens still to be read. Confined to one parse. */
final class Cursor {
    private static final Token END = new Token.Mark("");

    private final List<Token> tokens;
    private int at;

    Cursor(List<Token> tokens) {
        this.tokens = new ArrayList<>(tokens);
    }

    /** The next token; an empty mark at the end. */
    Token next() {
        return peek(0);
    }

    Token peek(int ahead) {
        return at + ahead < tokens.size() ? tokens.get(at + ahead) : END;
    }

    boolean atEnd() {
        return at >= tokens.size();
    }

    boolean is(String sign) {
        return next().is(sign);
    }

    boolean isAny(List<String> signs) {
        return next() instanceof Token.Mark(var sign) && signs.contains(sign);
    }

    Token take() {
        var token = next();
        at++;
        return token;
    }

    boolean take(String sign) {
        if (is(sign)) {
            at++;
            return true;
        }
        return false;
    }

    Optional<String> takeAny(List<String> signs) {
        if (isAny(signs) && take() instanceof Token.Mark(var sign)) {
            return Optional.of(sign);
        }
        return Optional.empty();
    }

    void expect(String sign) {
        if (!take(sign)) {
            throw new Unreadable("'%s' expected, not %s".formatted(sign, next()));
        }
    }

    /** Splits a run of digits after its first: the arguments of {@code \frac12} are single digits. */
    Token.Numeral takeDigit(Token.Numeral run) {
        at++;
        if (run.digits().length() == 1 || !run.whole()) {
            return run;
        }
        tokens.add(at, numeral(run.digits().substring(1)));
        return numeral(run.digits().substring(0, 1));
    }

    private static Token.Numeral numeral(String digits) {
        return new Token.Numeral(digits, Rational.of(new java.math.BigInteger(digits)), 0, false);
    }

    int position() {
        return at;
    }

    void back(int position) {
        at = position;
    }
}
