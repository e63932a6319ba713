package parathink.models.template;

import java.util.ArrayDeque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts what stands between the signs of a tag into tokens. Used once, by one thread. */
final class ExpressionLexer {
    private static final Pattern FLOAT =
            Pattern.compile("(?:\\d+_)*\\d+(?:(?:\\.(?:\\d+_)*\\d+)?[eE][+-]?(?:\\d+_)*\\d+|\\.(?:\\d+_)*\\d+)");
    private static final Pattern INTEGER =
            Pattern.compile("0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0[xX](?:_?[0-9a-fA-F])+|[1-9](?:_?\\d)*|0(?:_?0)*");
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{Nl}_][\\p{L}\\p{M}\\p{N}_]*");
    private static final List<String> OPERATORS = List.of(
            "**", "//", "==", "!=", ">=", "<=", "+", "-", "/", "*", "%", "~", "[", "]", "(", ")", "{", "}", ">", "<",
            "=", ".", ":", "|", ",", ";");

    private final String source;
    private final Tokens tokens;
    private final ArrayDeque<String> open = new ArrayDeque<>();
    private int at;

    ExpressionLexer(String source, int at, Tokens tokens) {
        this.source = source;
        this.at = at;
        this.tokens = tokens;
    }

    /** Takes tokens, in the order of the text. */
    @FunctionalInterface
    interface Tokens {
        void add(TokenKind kind, String text, int place);
    }

    /** Reads up to the end of the tag; the place of its sign, or of the minus or plus before it. */
    int read(String end) {
        while (at < source.length()) {
            if (open.isEmpty() && endsHere(end)) {
                return at;
            }
            token(end);
        }
        throw new TemplateException("a tag has no '%s' at its end".formatted(end));
    }

    private boolean endsHere(String end) {
        char first = source.charAt(at);
        boolean signed = first == '-' || (first == '+' && end.equals("%}"));
        return source.startsWith(end, signed ? at + 1 : at);
    }

    private void token(String end) {
        if (PythonText.isSpace(source.charAt(at))) {
            at++;
            return;
        }
        boolean afterDot = source.charAt(at - 1) == '.'; // in a.0.1 are two whole numbers
        if ((!afterDot && take(FLOAT, TokenKind.FLOAT))
                || take(INTEGER, TokenKind.INTEGER)
                || take(NAME, TokenKind.NAME)) {
            return;
        }
        if (source.charAt(at) == '\'' || source.charAt(at) == '"') {
            string();
            return;
        }
        var operator =
                OPERATORS.stream().filter(sign -> source.startsWith(sign, at)).findFirst();
        if (operator.isEmpty()) {
            throw new TemplateException("there is no meaning for %s before '%s'"
                    .formatted(PythonText.quoted(source.substring(at, source.offsetByCodePoints(at, 1))), end));
        }
        balance(operator.get());
        tokens.add(TokenKind.OPERATOR, operator.get(), at);
        at += operator.get().length();
    }

    private void string() {
        char quote = source.charAt(at);
        int end = at + 1;
        while (end < source.length() && source.charAt(end) != quote) {
            end += source.charAt(end) == '\\' ? 2 : 1;
        }
        if (end >= source.length()) {
            throw new TemplateException("a string has no %s at its end".formatted(quote));
        }
        tokens.add(TokenKind.STRING, StringLiteral.read(source.substring(at, end + 1)), at);
        at = end + 1;
    }

    private boolean take(Pattern pattern, TokenKind kind) {
        var match = matched(pattern);
        if (!match.lookingAt()) {
            return false;
        }
        tokens.add(kind, match.group(), at);
        at = match.end();
        return true;
    }

    private Matcher matched(Pattern pattern) {
        return pattern.matcher(source).region(at, source.length());
    }

    private void balance(String operator) {
        switch (operator) {
            case "(" -> open.push(")");
            case "[" -> open.push("]");
            case "{" -> open.push("}");
            case ")", "]", "}" -> {
                if (open.isEmpty() || !open.pop().equals(operator)) {
                    throw new TemplateException("'%s' closes nothing that is open".formatted(operator));
                }
            }
            default -> {} // any other sign
        }
    }
}
