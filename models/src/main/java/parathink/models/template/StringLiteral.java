package parathink.models.template;

/** Resolves the escapes of a string in a template, as Python reads them. */
final class StringLiteral {
    private static final int ASCII_END = 128;

    private StringLiteral() {}

    /** The text of a literal with its quotes. */
    static String read(String literal) {
        var body = literal.substring(1, literal.length() - 1);
        if (body.indexOf('\\') < 0) {
            return body;
        }
        var text = new StringBuilder();
        int at = 0;
        while (at < body.length()) {
            char c = body.charAt(at);
            at++;
            if (c == '\\') {
                at = escape(body, at, text);
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    /** Appends what an escape stands for and gives the place behind it. */
    private static int escape(String body, int at, StringBuilder text) {
        char kind = body.charAt(at);
        return switch (kind) {
            case '\n' -> at + 1; // a line that goes on
            case '\\', '\'', '"' -> append(text, kind, at + 1);
            case 'a' -> append(text, 7, at + 1);
            case 'b' -> append(text, '\b', at + 1);
            case 'f' -> append(text, '\f', at + 1);
            case 'n' -> append(text, '\n', at + 1);
            case 'r' -> append(text, '\r', at + 1);
            case 't' -> append(text, '\t', at + 1);
            case 'v' -> append(text, 11, at + 1);
            case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(body, at, text);
            case 'x' -> hexadecimal(body, at, 2, text);
            case 'u' -> hexadecimal(body, at, 4, text);
            case 'U' -> hexadecimal(body, at, 8, text);
            case 'N' -> throw new TemplateException("escapes of characters by name (\\N) are not supported");
            default -> {
                if (kind >= ASCII_END) {
                    throw new TemplateException("a backslash before %s is not supported"
                            .formatted(PythonText.quoted(Character.toString(body.codePointAt(at)))));
                }
                text.append('\\').append(kind); // Python keeps what is no escape
                yield at + 1;
            }
        };
    }

    private static int append(StringBuilder text, int character, int next) {
        text.appendCodePoint(character);
        return next;
    }

    private static int octal(String body, int at, StringBuilder text) {
        int end = at;
        while (end < body.length() && end < at + 3 && body.charAt(end) >= '0' && body.charAt(end) <= '7') {
            end++;
        }
        return append(text, Integer.parseInt(body.substring(at, end), 8), end);
    }

    private static int hexadecimal(String body, int at, int digits, StringBuilder text) {
        int end = at + 1 + digits;
        var code = end <= body.length() ? body.substring(at + 1, end) : "";
        if (!code.matches("[0-9a-fA-F]+")) {
            throw new TemplateException("\\%s needs %d hexadecimal digits".formatted(body.charAt(at), digits));
        }
        long point = Long.parseLong(code, 16);
        if (point > Character.MAX_CODE_POINT || (point <= Character.MAX_VALUE && Character.isSurrogate((char) point))) {
            throw new TemplateException("\\%s%s is no character".formatted(body.charAt(at), code));
        }
        return append(text, (int) point, end);
    }
}
