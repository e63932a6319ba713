package parathink.models.tokenizer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression in Oniguruma's syntax, rewritten for the JDK. Only constructs known to mean the same there are let
 * through: one that might split a text elsewhere is refused, never passed on. Used once, by one thread.
 */
final class OnigurumaPattern {
    private static final Set<String> CATEGORIES = Set.of(
            "L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No", "P", "Pc", "Pd", "Ps",
            "Pe", "Pi", "Pf", "Po", "S", "Sm", "Sc", "Sk", "So", "Z", "Zs", "Zl", "Zp", "C", "Cc", "Cf", "Co", "Cn");

    /** What one character may be folded to when case is ignored, such as ß to ss; the JDK does not do it. */
    private static final Set<String> FOLDED = Set.of("ss", "ff", "fi", "fl", "st");

    private static final String SHORTHANDS = "sSdDwW";
    private static final String CONTROLS = "rntfae"; // escapes of one control character, the same in both

    private final String source;
    private final StringBuilder java = new StringBuilder();
    private final Deque<Group> groups = new ArrayDeque<>();
    private int at;
    private boolean repeatable; // whether a quantifier may stand here
    private boolean ignoreCase;

    private record Group(boolean ignoreCase, boolean repeatable) {}

    private OnigurumaPattern(String source) {
        this.source = source;
    }

    /**
     * Compiles an expression.
     *
     * @throws IllegalArgumentException naming the construct that is not supported, or what is wrong
     */
    static Pattern compile(String source) {
        var translated = new OnigurumaPattern(source).translate();
        try {
            return Pattern.compile(translated, Pattern.UNICODE_CHARACTER_CLASS);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(e.getDescription(), e);
        }
    }

    private String translate() {
        while (at < source.length()) {
            char c = source.charAt(at);
            switch (c) {
                case '\\' -> escape();
                case '[' -> {
                    characterClass();
                    repeatable = true;
                }
                case '(' -> open();
                case ')' -> close();
                case '|' -> {
                    java.append('|');
                    at++;
                    repeatable = false;
                }
                case '*', '+', '?' -> repeat(c);
                case '{' -> interval();
                case '.' -> {
                    append("[^\\n]");
                    at++;
                }
                case '^', '$' -> throw unsupported(1);
                default -> literal();
            }
        }
        if (!groups.isEmpty()) {
            throw new IllegalArgumentException("a group is not closed");
        }
        return java.toString();
    }

    private void append(String atom) {
        java.append(atom);
        repeatable = true;
    }

    private void literal() {
        int point = source.codePointAt(at);
        boolean folds = FOLDED.stream().anyMatch(pair -> source.regionMatches(true, at, pair, 0, pair.length()));
        if (ignoreCase && (point >= 0x80 || folds)) {
            throw unsupported(2);
        }
        append(quoted(point));
        at += Character.charCount(point);
    }

    private static String quoted(int point) {
        boolean plain = point >= 0x80 || Character.isLetterOrDigit(point) || point == ' ' || point < ' ';
        return plain ? Character.toString(point) : "\\" + (char) point;
    }

    private void escape() {
        char c = peek(1);
        if (SHORTHANDS.indexOf(c) >= 0) {
            append("\\" + c);
            at += 2;
        } else if (c == 'p' || c == 'P') {
            append(property());
        } else if (c == 'A' || c == 'z') {
            java.append('\\').append(c);
            repeatable = false;
            at += 2;
        } else {
            append(escapedCharacter());
        }
    }

    /** An escape that stands for one character, in or out of a class. */
    private String escapedCharacter() {
        char c = peek(1);
        if (CONTROLS.indexOf(c) >= 0) {
            at += 2;
            return "\\" + c;
        }
        if (c == 'v') { // a whole class in the JDK
            at += 2;
            return "\\x0B";
        }
        if (c == 'u') {
            return hexadecimal(at + 2, at + 6, at + 6);
        }
        if (c == 'x' && peek(2) == '{') {
            int end = source.indexOf('}', at);
            return end < 0 ? hexadecimal(at, at, at) : hexadecimal(at + 3, end, end + 1);
        }
        if (c < 0x80 && !Character.isLetterOrDigit(c) && c != 0) {
            at += 2;
            return quoted(c);
        }
        throw unsupported(2);
    }

    private String hexadecimal(int from, int to, int next) {
        if (to > source.length() || to <= from || to > from + 6) {
            throw unsupported(2);
        }
        try {
            int point = Integer.parseInt(source, from, to, 16);
            if (!Character.isValidCodePoint(point)
                    || (point <= Character.MAX_VALUE && Character.isSurrogate((char) point))) {
                throw unsupported(next - at);
            }
            at = next;
            return "\\x{%X}".formatted(point);
        } catch (NumberFormatException e) {
            throw unsupported(2, e);
        }
    }

    private String property() {
        boolean negated = peek(1) == 'P';
        int end = source.indexOf('}', at);
        if (ignoreCase || peek(2) != '{' || end < 0) {
            throw unsupported(2);
        }
        var name = source.substring(at + 3, end);
        if (name.startsWith("^")) {
            negated = !negated;
            name = name.substring(1);
        }
        if (!CATEGORIES.contains(name)) {
            name = script(name, end + 1 - at);
        }
        at = end + 1;
        return (negated ? "\\P{" : "\\p{") + name + "}";
    }

    private String script(String name, int length) {
        try {
            return "Is" + Character.UnicodeScript.forName(name).name().toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw unsupported(length, e);
        }
    }

    private void open() {
        boolean caseBefore = ignoreCase;
        boolean looks = false;
        if (peek(1) != '?') {
            java.append("(?:"); // nobody asks for what it captured
            at += 1;
        } else if (source.startsWith("(?i:", at)) {
            java.append("(?i:");
            ignoreCase = true;
            at += 4;
        } else if (source.startsWith("(?:", at) || source.startsWith("(?>", at)) {
            java.append(source, at, at + 3);
            at += 3;
        } else {
            int length = source.startsWith("(?<", at) ? 4 : 3;
            char last = peek(length - 1);
            if (last != '=' && last != '!') {
                throw unsupported(length);
            }
            java.append(source, at, at + length);
            at += length;
            looks = true;
        }
        groups.push(new Group(caseBefore, !looks));
        repeatable = false;
    }

    private void close() {
        if (groups.isEmpty()) {
            throw new IllegalArgumentException("position %d: ')' without '('".formatted(at));
        }
        var group = groups.pop();
        java.append(')');
        at++;
        repeatable = group.repeatable();
        ignoreCase = group.ignoreCase();
    }

    private void repeat(char quantifier) {
        requireRepeatable();
        java.append(quantifier);
        at++;
        if (at < source.length() && (source.charAt(at) == '?' || source.charAt(at) == '+')) {
            java.append(source.charAt(at++)); // lazy or possessive
        }
        repeatable = false; // a quantifier of a quantifier is refused
    }

    private void interval() {
        int end = source.indexOf('}', at);
        if (end < 0 || !source.substring(at + 1, end).matches("[0-9]{1,6}(,[0-9]{0,6})?")) {
            throw unsupported(1);
        }
        requireRepeatable();
        var times = source.substring(at, end + 1);
        char next = end + 1 < source.length() ? source.charAt(end + 1) : 0;
        if (next == '?' || (next == '+' && !times.startsWith("{1,"))) {
            throw unsupported(times.length() + 1);
        }
        // X{1,n}+ is possessive in the JDK; in Oniguruma it repeats the repetition, which is X+
        java.append(next == '+' ? "+" : times);
        at = end + (next == '+' ? 2 : 1);
        repeatable = false; // a quantifier of a quantifier is refused
    }

    private void requireRepeatable() {
        if (!repeatable) {
            throw unsupported(1);
        }
    }

    private void characterClass() {
        int start = at++;
        boolean negated = peek(0) == '^';
        if (negated) {
            at++;
        }
        java.append(negated ? "[^" : "[");
        if (peek(0) == ']') {
            throw unsupported(1);
        }
        while (peek(0) != ']') {
            if (at >= source.length()) {
                throw new IllegalArgumentException("position %d: '[' without ']'".formatted(start));
            }
            if (peek(0) == '[' || source.startsWith("&&", at)) {
                combine(negated);
            } else if (peek(0) == '\\' && (SHORTHANDS.indexOf(peek(1)) >= 0)) {
                java.append('\\').append(peek(1));
                at += 2;
            } else if (peek(0) == '\\' && (peek(1) == 'p' || peek(1) == 'P')) {
                java.append(property());
            } else {
                range();
            }
        }
        java.append(']');
        at++;
    }

    /** A class in a class, or the && between two; what a negation would cover is not the same in both. */
    private void combine(boolean negated) {
        if (negated || peek(1) == ':') {
            throw unsupported(2);
        }
        if (peek(0) == '[') {
            characterClass();
        } else {
            java.append("&&");
            at += 2;
        }
    }

    private void range() {
        java.append(member());
        if (peek(0) == '-' && peek(1) != ']') {
            at++;
            boolean single = peek(0) != '[' && !(peek(0) == '\\' && (SHORTHANDS + "pP").indexOf(peek(1)) >= 0);
            if (!single || ignoreCase) {
                throw unsupported(1);
            }
            java.append('-').append(member());
        }
    }

    private String member() {
        if (peek(0) == '\\') {
            return escapedCharacter();
        }
        int point = source.codePointAt(at);
        if (ignoreCase && point >= 0x80) {
            throw unsupported(1);
        }
        at += Character.charCount(point);
        return quoted(point);
    }

    /** The character some places on; 0 behind the end. */
    private char peek(int places) {
        return at + places < source.length() ? source.charAt(at + places) : 0;
    }

    private IllegalArgumentException unsupported(int length) {
        return unsupported(length, null);
    }

    private IllegalArgumentException unsupported(int length, Exception cause) {
        var construct = source.substring(at, Math.min(source.length(), at + length));
        return new IllegalArgumentException("position %d: '%s' is not supported here".formatted(at, construct), cause);
    }
}
