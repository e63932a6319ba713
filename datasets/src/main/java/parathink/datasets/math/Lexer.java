package parathink.datasets.math;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts an answer, in LaTeX or plain notation or a mixture, into tokens, dropping what only changes its looks. Confined to
 * one text.
 */
final class Lexer {
    private static final int MAX_NESTED_TEXT = 3;
    private static final int MAX_DIGITS = 10_000;

    private final String text;
    private final boolean looseCommas;
    private final int nesting;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int brackets;
    private boolean spaced;

    private Lexer(String text, int nesting) {
        this.text = text;
        this.nesting = nesting;
        this.looseCommas = text.contains(", ");
    }

    static List<Token> tokens(String text) {
        var ascii = Symbols.ascii(text);
        return new Lexer(unescaped(ascii), 0).read();
    }

    /** Undoes a backslash that was doubled by an earlier escaping; a row break of a matrix stays. */
    private static String unescaped(String text) {
        boolean escaped = text.contains("\\\\begin") || !text.contains("\\begin");
        return escaped ? text.replace("\\\\", "\\") : text;
    }

    private List<Token> read() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c) || c == '~' || c == '$') {
                spaced = true;
                at++;
                continue;
            }
            if (c == '\\') {
                backslash();
            } else if (isDigit(c) || (c == '.' && at + 1 < text.length() && isDigit(text.charAt(at + 1)))) {
                number();
            } else if (Character.isLetter(c)) {
                letters();
            } else {
                sign(c);
            }
            spaced = at > 0 && Character.isWhitespace(text.charAt(at - 1));
        }
        return tokens;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private void mark(String sign) {
        switch (sign) {
            case "(", "[", "\\{" -> brackets++;
            case ")", "]", "\\}" -> brackets--;
            default -> {}
        }
        tokens.add(new Token.Mark(sign));
    }

    private void backslash() {
        if (at + 1 == text.length()) {
            at++;
            return;
        }
        char next = text.charAt(at + 1);
        if (isLatin(next)) {
            command();
            return;
        }
        at += 2;
        switch (next) {
            case '{', '}' -> mark("\\" + next);
            case '\\' -> mark("\\\\");
            case '|' -> mark("‖");
            case '%' -> mark("%");
            default -> {} // spacing, currency, and the brackets that start and end mathematics
        }
    }

    private static boolean isLatin(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private void command() {
        int end = at + 1;
        while (end < text.length() && isLatin(text.charAt(end))) {
            end++;
        }
        var name = text.substring(at + 1, end);
        if (name.startsWith("quad") && name.length() > 4) {
            end = at + 5; // a missing space after the command
            name = "quad";
        }
        at = end;
        named(name);
    }

    private void named(String name) {
        var sign = Symbols.mark(name);
        var function = Symbols.function(name);
        if (sign.isPresent()) {
            mark(sign.get());
        } else if (Symbols.TEXT.contains(name)) {
            text(name);
        } else if (Symbols.looks(name)) {
            dropDot(name);
        } else if (Symbols.spaces(name)) {
            if (name.endsWith("hspace") || name.endsWith("vspace")) {
                group();
            }
        } else if (Symbols.greek(name)) {
            tokens.add(new Token.Name(name, spaced));
        } else if (function.isPresent()) {
            tokens.add(new Token.Command(function.get().toString()));
        } else {
            switch (name) {
                case "dfrac", "tfrac", "cfrac", "frac", "nicefrac" -> tokens.add(new Token.Command("frac"));
                case "binom", "dbinom", "tbinom" -> tokens.add(new Token.Command("binom"));
                case "begin", "end" -> environment(name);
                case "mathbb" -> numbers(group());
                default -> tokens.add(new Token.Command(name));
            }
        }
    }

    /** {@code \right.} is a bracket that is not shown. */
    private void dropDot(String name) {
        if ((name.equals("left") || name.equals("right")) && at < text.length() && text.charAt(at) == '.') {
            at++;
        }
    }

    private void environment(String name) {
        var kind = group().replace("*", "").strip();
        tokens.add(new Token.Command(name + ":" + kind));
        if (name.equals("begin") && kind.equals("array")) {
            group(); // the alignment of its columns
        }
    }

    private void numbers(String letter) {
        if (letter.equals("R")) {
            mark("ℝ");
        } else {
            tokens.add(new Token.Word("set of " + letter));
        }
    }

    /** The text of the group that follows, without its braces; a single character where there are none. */
    private String group() {
        int from = at;
        while (from < text.length() && text.charAt(from) == ' ') {
            from++;
        }
        if (from == text.length()) {
            at = from;
            return "";
        }
        if (text.charAt(from) != '{') {
            at = from + 1;
            return text.substring(from, at);
        }
        int depth = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (depth == 0) {
                at = i + 1;
                return text.substring(from + 1, i);
            }
        }
        throw new Unreadable("an open brace");
    }

    private void text(String command) {
        var inner = group();
        var words = inner.strip();
        var bare = words.replaceAll("[(),.\\\\{}]", "").strip();
        var function = Symbols.function(bare);
        if (bare.equals("and") || bare.equals("or")) {
            mark(bare);
        } else if (function.isPresent()) {
            tokens.add(new Token.Command(function.get().toString()));
        } else if (bare.length() == 1 && isLatin(bare.charAt(0))) {
            boolean vector = (command.equals("mathbf") || command.equals("hat")) && "ijk".contains(bare);
            boolean unit = afterNumber() && !"eid".contains(bare);
            var name = vector ? "unit " + bare : bare;
            tokens.add(unit && !vector ? new Token.Word(bare) : new Token.Name(name, spaced));
        } else if (words.chars().anyMatch(c -> (c >= '0' && c <= '9') || c == '\\' || c == '=')
                || command.equals("hat")) {
            if (nesting == MAX_NESTED_TEXT) {
                throw new Unreadable("nested too deeply");
            }
            tokens.addAll(new Lexer(words, nesting + 1).read());
        } else if (!bare.isEmpty()) {
            tokens.add(new Token.Word(words));
        }
    }

    private boolean afterNumber() {
        return !tokens.isEmpty() && tokens.getLast() instanceof Token.Numeral;
    }

    private void letters() {
        int end = at;
        while (end < text.length() && Character.isLetter(text.charAt(end))) {
            end++;
        }
        var run = text.substring(at, end);
        var function = Symbols.function(run);
        boolean unit = afterNumber() && Unit.abbreviates(run);
        at = end;
        if (run.length() == 1 && isLatin(run.charAt(0))) {
            tokens.add(new Token.Name(run, spaced));
        } else if (unit) {
            tokens.add(new Token.Word(run));
        } else if (run.equals(Symbols.AND) || run.equals(Symbols.OR)) {
            mark(run);
        } else if (function.isPresent()) {
            tokens.add(new Token.Command(function.get().toString()));
        } else if (Symbols.greek(run)) {
            tokens.add(new Token.Name(run, spaced));
        } else {
            plain(run);
        }
    }

    private void plain(String run) {
        switch (run) {
            case "pi", "sqrt", "frac" -> tokens.add(new Token.Command(run));
            case "infinity", "inf", "infty", "Infinity" -> mark("∞");
            case "percent" -> mark("%");
            case "degrees", "degree" -> mark("°");
            default -> {
                if (Symbols.word(run) || !run.chars().allMatch(c -> c < 128)) {
                    tokens.add(new Token.Word(run));
                } else if (Symbols.function(run.substring(0, run.length() - 1)).isPresent()) {
                    tokens.add(new Token.Command(run.substring(0, run.length() - 1))); // sinx
                    tokens.add(new Token.Name(run.substring(run.length() - 1), false));
                } else {
                    for (int i = 0; i < run.length(); i++) {
                        tokens.add(new Token.Name(run.substring(i, i + 1), i == 0 && spaced));
                    }
                }
            }
        }
    }

    private void sign(char c) {
        at++;
        switch (c) {
            case '*' -> {
                if (at < text.length() && text.charAt(at) == '*') {
                    at++;
                    mark("^");
                } else {
                    mark("*");
                }
            }
            case '<', '>', '!' -> {
                if (at < text.length() && text.charAt(at) == '=') {
                    at++;
                    mark(c == '<' ? "≤" : c == '>' ? "≥" : "≠");
                } else {
                    mark(String.valueOf(c));
                }
            }
            case '"', '`' -> {}
            case '.' -> stop();
            default -> mark(String.valueOf(c));
        }
    }

    /** A full stop that ends nothing is no part of the mathematics; three of them stand for what was left out. */
    private void stop() {
        if (text.startsWith("..", at)) {
            at += 2;
            mark("…");
        } else if (at < text.length()
                && !Character.isWhitespace(text.charAt(at))
                && !"$)}]\\".contains(text.substring(at, at + 1))) {
            mark(".");
        }
    }

    private void number() {
        int from = at;
        var digits = new StringBuilder();
        digits(digits);
        if (!digits.isEmpty() && digits.length() <= 3 && digits.charAt(0) != '0') {
            grouped(digits);
        }
        int places = 0;
        if (at + 1 < text.length() && text.charAt(at) == '.' && isDigit(text.charAt(at + 1))) {
            at++;
            digits.append('.');
            int before = digits.length();
            digits(digits);
            places = digits.length() - before;
        }
        if (digits.length() > MAX_DIGITS) {
            throw new Unreadable("too many digits");
        }
        if (digits.indexOf(".") >= 0 || (at < text.length() && text.charAt(at) == '.')) {
            if (repeating(digits)) {
                return;
            }
        }
        int exponent = exponent();
        var value = new BigDecimal(digits.indexOf(".") == 0 ? "0" + digits : digits.toString());
        tokens.add(new Token.Numeral(
                digits.toString(),
                Rational.of(value.scaleByPowerOfTen(exponent)),
                Math.max(0, places - exponent),
                spaced && from > 0));
    }

    private void digits(StringBuilder digits) {
        while (at < text.length() && isDigit(text.charAt(at))) {
            digits.append(text.charAt(at++));
        }
    }

    /** Thousands: {@code 1,000}, <code>1{,}000</code>, {@code 1,\!000}, {@code 1\,000}, {@code 1 000}. */
    private void grouped(StringBuilder digits) {
        while (true) {
            int separator = separator();
            int next = at + separator;
            if (separator == 0 || !threeDigits(next)) {
                return;
            }
            digits.append(text, next, next + 3);
            at = next + 3;
        }
    }

    private boolean threeDigits(int from) {
        int to = from;
        while (to < text.length() && isDigit(text.charAt(to))) {
            to++;
        }
        return to - from == 3;
    }

    private int separator() {
        if (text.startsWith(",", at)) {
            int next = at + 1;
            if (text.startsWith("\\!", next)) {
                next += 2;
                return (text.startsWith(" ", next) ? next + 1 : next) - at;
            }
            return brackets <= 0 || looseCommas ? 1 : 0;
        }
        for (var sign : new String[] {"{,}", "\\,", "{,\\!}", "\\ ", "\\;", "~"}) {
            if (text.startsWith(sign, at)) {
                return sign.length();
            }
        }
        return text.startsWith(" ", at) && brackets <= 0 && !text.contains("\\begin") ? 1 : 0;
    }

    /** A period of digits under a bar, {@code 0.1\overline{6}}, as the fraction that it is. */
    private boolean repeating(StringBuilder digits) {
        int mark = at;
        if (text.startsWith(".", mark)) {
            mark++;
        }
        boolean bar =
                text.startsWith("\\overline", mark) || text.startsWith("\\bar", mark) || text.startsWith("\\dot", mark);
        boolean bracket = mark > at && text.startsWith("(", mark);
        if (!bar && !bracket) {
            return false;
        }
        int before = at;
        at = mark + (bar ? text.substring(mark + 1).split("[^a-z]", 2)[0].length() + 1 : 0);
        var period = bracket ? bracketed() : group().strip();
        if (!period.matches("\\d{1,100}")) {
            at = before;
            return false;
        }
        var start = digits.indexOf(".") < 0 ? digits + "." : digits.toString();
        int places = start.length() - 1 - start.indexOf('.');
        var nines = BigInteger.TEN.pow(period.length()).subtract(BigInteger.ONE).multiply(BigInteger.TEN.pow(places));
        var value = Rational.of(new BigDecimal("0" + start + "0")).plus(new Rational(new BigInteger(period), nines));
        tokens.add(new Token.Numeral(start + period, value, -1, spaced)); // exact, so no places that it was rounded to
        return true;
    }

    private String bracketed() {
        int end = text.indexOf(')', at);
        if (end < 0) {
            return "";
        }
        var inner = text.substring(at + 1, end);
        at = end + 1;
        return inner;
    }

    /** The power of ten in {@code 5e-1}; nothing when the letter is a name or a constant. */
    private int exponent() {
        if (at + 1 >= text.length() || (text.charAt(at) != 'e' && text.charAt(at) != 'E')) {
            return 0;
        }
        int sign = at + 1;
        int from = "+-".indexOf(text.charAt(sign)) >= 0 ? sign + 1 : sign;
        int to = from;
        while (to < text.length() && isDigit(text.charAt(to)) && to - from < 6) {
            to++;
        }
        if (to == from) {
            return 0;
        }
        at = to;
        return Integer.parseInt(text.substring(sign, to));
    }
}
