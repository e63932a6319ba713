package parathink.models.template;

import java.util.List;

/** The tokens of a template, one after the other. Used by one thread. */
final class TokenStream {
    private static final int MOST_DEPTH = 100; // of expressions and statements within each other

    private final List<Token> tokens;
    private int at;
    private int depth;

    TokenStream(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token current() {
        return tokens.get(at);
    }

    Token look() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    Token next() {
        var token = current();
        if (token.kind() != TokenKind.END) {
            at++;
        }
        return token;
    }

    int line() {
        return current().line();
    }

    boolean isOperator(String sign) {
        return current().is(TokenKind.OPERATOR, sign);
    }

    boolean isName(String name) {
        return current().is(TokenKind.NAME, name);
    }

    boolean takeOperator(String sign) {
        boolean there = isOperator(sign);
        at += there ? 1 : 0;
        return there;
    }

    boolean takeName(String name) {
        boolean there = isName(name);
        at += there ? 1 : 0;
        return there;
    }

    Token expect(TokenKind kind) {
        if (current().kind() != kind) {
            throw unexpected(kind.words());
        }
        return next();
    }

    void expectOperator(String sign) {
        if (!takeOperator(sign)) {
            throw unexpected("'" + sign + "'");
        }
    }

    void expectName(String name) {
        if (!takeName(name)) {
            throw unexpected("'" + name + "'");
        }
    }

    TemplateException unexpected(String wanted) {
        return new TemplateException(
                line(), "%s where %s should be".formatted(current().shown(), wanted));
    }

    /** Counts a level of nesting; {@link #leave} uncounts it. */
    void enter() {
        depth++;
        if (depth > MOST_DEPTH) {
            throw new TemplateException(
                    line(), "more than %d levels of nesting are not supported".formatted(MOST_DEPTH));
        }
    }

    void leave() {
        depth--;
    }
}
