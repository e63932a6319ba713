package parathink.models.template;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a template into tokens as Jinja does with {@code trim_blocks} and {@code lstrip_blocks}: the line break after a
 * statement goes, and so does the indentation before one; a minus takes all white space on its side, a plus keeps it.
 * Used once, by one thread.
 */
final class Lexer {
    private static final Pattern LINE_BREAK = Pattern.compile("\r\n|\r|\n");
    private static final Pattern TAG = Pattern.compile("\\{[{%#]");
    private static final Pattern RAW =
            Pattern.compile("\\{%[-+]?" + PythonText.SPACE + "*raw" + PythonText.SPACE + "*(-?)%}");
    private static final Pattern ENDRAW =
            Pattern.compile("\\{%([-+]?)" + PythonText.SPACE + "*endraw" + PythonText.SPACE + "*([-+]?)%}");

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1;
    private int lineAt; // the place up to which line breaks were counted
    private boolean lineStart = true; // nothing but line breaks before the text at hand

    private Lexer(String source) {
        this.source = source;
    }

    /** The tokens of a template, with one of kind {@code END} behind them. */
    static List<Token> tokens(String template) {
        var lines = LINE_BREAK.split(template, -1);
        var source = String.join("\n", lines);
        // the last line break is the editor's, not the author's
        return new Lexer(source.endsWith("\n") ? source.substring(0, source.length() - 1) : source).read();
    }

    private List<Token> read() {
        var tag = TAG.matcher(source);
        while (at < source.length()) {
            if (!tag.find(at)) {
                data(source.substring(at));
                at = source.length();
            } else {
                switch (source.charAt(tag.start() + 1)) {
                    case '{' -> output(tag.start());
                    case '%' -> block(tag.start());
                    default -> comment(tag.start());
                }
            }
        }
        add(TokenKind.END, "", source.length());
        return List.copyOf(tokens);
    }

    private void output(int start) {
        data(before(start, false));
        add(TokenKind.OUTPUT_BEGIN, "", start);
        at = afterSign(start);
        at = expression("}}");
        int closing = at;
        if (source.charAt(at) == '-') {
            at = afterSpace(at + 3);
        } else {
            at += 2;
        }
        lineStart = source.charAt(at - 1) == '\n';
        add(TokenKind.OUTPUT_END, "", closing);
    }

    private void block(int start) {
        data(before(start, true));
        var raw = RAW.matcher(source).region(start, source.length());
        if (raw.lookingAt()) {
            raw(start, raw);
            return;
        }
        add(TokenKind.BLOCK_BEGIN, "", start);
        at = afterSign(start);
        at = expression("%}");
        int closing = at;
        close(source.charAt(at) == '%' ? at : at + 1, source.charAt(at) == '%' ? ' ' : source.charAt(at));
        add(TokenKind.BLOCK_END, "", closing);
    }

    private int expression(String end) {
        try {
            return new ExpressionLexer(source, at, this::add).read(end);
        } catch (TemplateException e) {
            throw e.in(line);
        }
    }

    private void raw(int start, Matcher raw) {
        at = raw.group(1).isEmpty() ? raw.end() : afterSpace(raw.end());
        lineStart = source.charAt(at - 1) == '\n';
        var end = ENDRAW.matcher(source);
        if (!end.find(at)) {
            throw new TemplateException(lineOf(start), "the 'raw' block has no 'endraw'");
        }
        data(before(end.start(), true));
        at = end.start();
        close(end.end() - 2, end.group(2).isEmpty() ? ' ' : end.group(2).charAt(0));
    }

    private void comment(int start) {
        data(before(start, true));
        int end = source.indexOf("#}", start + 2);
        if (end < 0) {
            throw new TemplateException(lineOf(start), "the comment has no '#}'");
        }
        char sign = source.charAt(end - 1);
        close(end, end > afterSign(start) && (sign == '-' || sign == '+') ? sign : ' ');
    }

    /** Goes behind the end of a statement or a comment, and behind the white space that it takes along. */
    private void close(int end, char sign) {
        at = end + 2;
        if (sign == '-') {
            at = afterSpace(at);
        } else if (sign != '+' && at < source.length() && source.charAt(at) == '\n') {
            at++;
        }
        lineStart = source.charAt(at - 1) == '\n';
    }

    /** The text before a tag, less the white space that the tag takes along. */
    private String before(int tag, boolean statement) {
        var text = source.substring(at, tag);
        char sign = tag + 2 < source.length() ? source.charAt(tag + 2) : ' ';
        if (sign == '-') {
            return PythonText.stripTrailing(text);
        }
        if (sign != '+' && statement) {
            int indentation = text.lastIndexOf('\n') + 1;
            if ((indentation > 0 || lineStart) && PythonText.isBlank(text.substring(indentation))) {
                return text.substring(0, indentation);
            }
        }
        return text;
    }

    private int afterSign(int tag) {
        int next = tag + 2;
        return next < source.length() && "-+".indexOf(source.charAt(next)) >= 0 ? next + 1 : next;
    }

    private int afterSpace(int from) {
        int end = from;
        while (end < source.length() && PythonText.isSpace(source.charAt(end))) {
            end++;
        }
        return end;
    }

    private void data(String text) {
        if (!text.isEmpty()) {
            add(TokenKind.DATA, text, at);
        }
    }

    private void add(TokenKind kind, String text, int place) {
        tokens.add(new Token(kind, text, lineOf(place)));
    }

    /** The line of a place; places come in order. */
    private int lineOf(int place) {
        for (; lineAt < place; lineAt++) {
            if (source.charAt(lineAt) == '\n') {
                line++;
            }
        }
        return line;
    }
}
