package parathink.datasets.math;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts an answer, in LaTeX or plain notation or a mixture, into tokens, dropping what only changes its looks. Confined to
 * one text.
 */
final class Lexer {
    private static final int MAX_NESTED_TEXT = 3;
    private static final List<String> ORDINALS = List.of("st", "nd", "rd", "th");

    private final String text;
    private final boolean looseCommas;
    private final boolean looseSpaces;
    private final int nesting;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int brackets;
    private boolean spaced;

    private Lexer(String text, int nesting) {
        this.text = text;
        this.nesting = nesting;
        this.looseCommas = text.contains(", ");
        this.looseSpaces = !text.contains("\\begin");
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
            } else if (Digits.isDigit(c)
                    || (c == '.' && at + 1 < text.length() && Digits.isDigit(text.charAt(at + 1)))) {
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
            tokens.add(new Token.Command(name));
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
        var inner = group().replace('~', ' ');
        var words = inner.strip();
        var bare = words.replaceAll("[(),.\\\\{}]", "").strip();
        var function = Symbols.function(bare);
        if (bare.equals("and") || bare.equals("or")) {
            mark(bare);
        } else if (function.isPresent()) {
            tokens.add(new Token.Command(bare));
        } else if (bare.length() == 1 && isLatin(bare.charAt(0))) {
            boolean vector = (command.equals("mathbf") || command.equals("hat")) && "ijk".contains(bare);
            boolean unit = afterMeasure() && !"eid".contains(bare);
            var name = vector ? "unit " + bare : bare;
            tokens.add(unit && !vector ? new Token.Word(bare) : new Token.Name(name, spaced));
        } else if (words.chars().anyMatch(c -> (c >= '0' && c <= '9') || c == '\\' || c == '=')
                || command.equals("hat")) {
            if (nesting == MAX_NESTED_TEXT) {
                throw new Unreadable("nested too deeply");
            }
            tokens.addAll(new Lexer(words, nesting + 1).read());
        } else if (!bare.isEmpty()) {
            words(words);
        }
    }

    private void words(String words) {
        var phrase = new StringBuilder();
        for (var word : words.split("\\s+", -1)) {
            if (word.equals(Symbols.AND) || word.equals(Symbols.OR)) {
                phrase(phrase);
                mark(word);
            } else {
                phrase.append(' ').append(word);
            }
        }
        phrase(phrase);
    }

    private void phrase(StringBuilder phrase) {
        var words = phrase.toString().strip();
        if (!words.isEmpty() && !words.equals(",")) {
            tokens.add(new Token.Word(words));
        }
        phrase.setLength(0);
    }

    private boolean afterMeasure() {
        return afterNumber()
                || (!tokens.isEmpty()
                        && (tokens.getLast().is("}") || tokens.getLast().is(")")));
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
        } else if (afterNumber() && ORDINALS.contains(run)) {
            at = end; // 5th is 5
        } else if (unit) {
            tokens.add(new Token.Word(run));
        } else if (run.equals(Symbols.AND) || run.equals(Symbols.OR)) {
            mark(run);
        } else if (function.isPresent()) {
            tokens.add(new Token.Command(run));
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
        var digits = new Digits(text, at, spaced && at > 0, brackets <= 0 || looseCommas, brackets <= 0 && looseSpaces);
        tokens.add(digits.read());
        at = digits.end();
    }
}
