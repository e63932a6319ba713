package parathink.models.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Texts as Python treats them: its white space, its lines, its letter cases, its way to quote. */
final class PythonText {
    /** The characters that Python counts as white space, as a class of a regular expression. */
    static final String SPACE =
            "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";

    private static final String LINE_ENDS = "\n\r\u000b\f\u001c\u001d\u001e\u0085\u2028\u2029";

    private PythonText() {}

    static boolean isSpace(int point) {
        return (point >= '\t' && point <= '\r')
                || (point >= 0x1c && point <= ' ')
                || (point >= 0x2000 && point <= 0x200a)
                || "\u0085\u00a0\u1680\u2028\u2029\u202f\u205f\u3000".indexOf(point) >= 0;
    }

    static boolean isBlank(String text) {
        return text.chars().allMatch(PythonText::isSpace);
    }

    static String stripTrailing(String text) {
        int end = text.length();
        while (end > 0 && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end);
    }

    static String stripLeading(String text) {
        int start = 0;
        while (start < text.length() && isSpace(text.charAt(start))) {
            start++;
        }
        return text.substring(start);
    }

    /** The text without any of these characters at its end. */
    static String stripTrailing(String text, String characters) {
        int end = text.length();
        while (end > 0 && characters.indexOf(text.codePointBefore(end)) >= 0) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(0, end);
    }

    /** The text without any of these characters at its beginning. */
    static String stripLeading(String text, String characters) {
        int start = 0;
        while (start < text.length() && characters.indexOf(text.codePointAt(start)) >= 0) {
            start += Character.charCount(text.codePointAt(start));
        }
        return text.substring(start);
    }

    /** The words between white space. */
    static List<String> words(String text) {
        var words = new ArrayList<String>();
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || isSpace(text.charAt(i))) {
                if (i > start) {
                    words.add(text.substring(start, i));
                }
                start = i + 1;
            }
        }
        return words;
    }

    /** The lines, with their ends where those are kept. */
    static List<String> lines(String text, boolean keepEnds) {
        var lines = new ArrayList<String>();
        int start = 0;
        int at = 0;
        while (at < text.length()) {
            if (LINE_ENDS.indexOf(text.charAt(at)) < 0) {
                at++;
                continue;
            }
            int next = text.startsWith("\r\n", at) ? at + 2 : at + 1;
            lines.add(text.substring(start, keepEnds ? next : at));
            start = next;
            at = next;
        }
        if (start < text.length()) {
            lines.add(text.substring(start));
        }
        return lines;
    }

    static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** The first character in title case, the others in lower case. */
    static String capitalized(String text) {
        return text.isEmpty()
                ? text
                : titled(text.codePointAt(0)) + lower(text.substring(text.offsetByCodePoints(0, 1)));
    }

    /** Every letter after one that is none in title case, the others in lower case. */
    static String titled(String text) {
        var titled = new StringBuilder();
        int start = 0;
        while (start < text.length()) {
            int end = start;
            while (end < text.length() && isCased(text.codePointAt(end))) {
                end += Character.charCount(text.codePointAt(end));
            }
            if (end > start) {
                titled.append(capitalized(text.substring(start, end)));
            } else {
                end += Character.charCount(text.codePointAt(start));
                titled.append(text, start, end);
            }
            start = end;
        }
        return titled.toString();
    }

    private static boolean isCased(int point) {
        return Character.isUpperCase(point) || Character.isLowerCase(point) || Character.isTitleCase(point);
    }

    private static String titled(int point) {
        var letter = Character.toString(point);
        var upper = upper(letter);
        int first = upper.codePointAt(0);
        return upper.length() == Character.charCount(first)
                ? Character.toString(Character.toTitleCase(point))
                : Character.toString(first) + lower(upper.substring(Character.charCount(first)));
    }

    /** Compares by characters, where Java's own order would put those beyond U+FFFF before some others. */
    static int compare(String one, String other) {
        int at = 0;
        while (at < one.length() && at < other.length()) {
            int left = one.codePointAt(at);
            int right = other.codePointAt(at);
            if (left != right) {
                return Integer.compare(left, right);
            }
            at += Character.charCount(left);
        }
        return Integer.compare(one.length(), other.length());
    }

    /** The text in quotes, as Python prints one within a list. */
    static String quoted(String text) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        var quoted = new StringBuilder().append(quote);
        text.codePoints().forEach(point -> quote(point, quote, quoted));
        return quoted.append(quote).toString();
    }

    private static void quote(int point, char quote, StringBuilder quoted) {
        switch (point) {
            case '\n' -> quoted.append("\\n");
            case '\r' -> quoted.append("\\r");
            case '\t' -> quoted.append("\\t");
            case '\\' -> quoted.append("\\\\");
            default -> {
                if (point == quote) {
                    quoted.append('\\').append(quote);
                } else if (isPrintable(point)) {
                    quoted.appendCodePoint(point);
                } else {
                    quoted.append(escaped(point));
                }
            }
        }
    }

    private static String escaped(int point) {
        if (point <= 0xff) {
            return "\\x%02x".formatted(point);
        }
        return point <= Character.MAX_VALUE ? "\\u%04x".formatted(point) : "\\U%08x".formatted(point);
    }

    private static boolean isPrintable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> point == ' ';
            default -> true;
        };
    }
}
