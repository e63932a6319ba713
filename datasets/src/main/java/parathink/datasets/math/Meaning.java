package parathink.datasets.math;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import parathink.datasets.math.Value.Clock;
import parathink.datasets.math.Value.Quantity;
import parathink.datasets.math.Value.Words;

/**
 * What the text of an answer means: every way in which it can be read as mathematics, or only its words. Immutable, and
 * made in bounded time for any text.
 *
 * <p>Two meanings are the same when any of their readings are: {@code 1,22} may be a decimal or two numbers, {@code 12:30} a
 * ratio or a time. Sameness is symmetric and reflexive, but the leniency of percent signs, roundings, units and ordered
 * against unordered lists keeps it from being transitive: 50% is the same as 50 and as 0.5.
 */
public final class Meaning {
    private static final int MAX_LENGTH = 10_000;
    private static final int MAX_PEELED = 5_000;
    private static final Pattern PLAIN_NUMBER = Pattern.compile("-?\\d{1,18}(\\.\\d{1,18})?");
    private static final Pattern CLOCK =
            Pattern.compile("(\\d{1,2}) ?: ?(\\d{2}) ?(?:([ap])\\.? ?m\\.?)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern LABEL = Pattern.compile(
            "\\s*\\$?\\s*(?:\\\\(?:text|textbf|textrm|mathrm|mathbf)\\s*\\{\\s*)?\\(([A-J])\\)\\s*\\}?[\\s~\\\\,;:.$]*([^\\s+\\-*/^(=~].*)",
            Pattern.DOTALL);
    private static final Pattern DECIMAL_COMMA =
            Pattern.compile("[\\s$]*([-+]?)(\\d{1,18}|\\d{1,3}(?:[. ]\\d{3}){1,6}),(\\d{1,18})[\\s$]*");
    private static final String LETTER_UNITS = "mgshLlNJWVKCFA";

    private final String text;
    private final List<Value> readings;
    private final OptionalLong whole; // of a text that is a whole number and nothing else
    private final boolean timed;
    private final boolean worded;

    private Meaning(String text, OptionalLong whole, List<Value> readings) {
        this.text = text;
        this.whole = whole;
        this.readings = List.copyOf(readings);
        this.timed = this.readings.stream().anyMatch(Clock.class::isInstance);
        this.worded = this.readings.stream().anyMatch(Words.class::isInstance);
    }

    /** Reads a text; what cannot be read keeps its words. */
    public static Meaning of(String text) {
        var bare = text.strip();
        if (PLAIN_NUMBER.matcher(bare).matches()) {
            var whole = bare.indexOf('.') < 0 ? OptionalLong.of(Long.parseLong(bare)) : OptionalLong.empty();
            return new Meaning(bare, whole, List.of(number(bare)));
        }
        var readings = new ArrayList<Value>();
        if (bare.length() <= MAX_LENGTH) {
            clock(bare).ifPresent(readings::add);
            labelled(bare, readings);
            if (bare.indexOf(',') >= 0) {
                decimalComma(bare).ifPresent(readings::add);
            }
            parsed(bare, readings);
        }
        return new Meaning(bare, OptionalLong.empty(), readings);
    }

    private static Value number(String digits) {
        var decimal = new java.math.BigDecimal(digits);
        var value = Rational.of(decimal);
        var formula = new Expression.Literal(value, decimal.scale());
        return new Quantity(formula, Samples.of(value), decimal.scale(), false, Optional.empty());
    }

    private static void parsed(String text, List<Value> readings) {
        try {
            var tokens = peeled(Lexer.tokens(text));
            var read = attempt(tokens).or(() -> attempt(lastSide(tokens)));
            read.ifPresent(readings::add);
            attempt(withLetterUnit(tokens)).ifPresent(readings::add);
        } catch (Unreadable | ArithmeticException notMathematics) {
            // the words remain
        }
    }

    private static Optional<Value> attempt(List<Token> tokens) {
        try {
            return tokens.isEmpty() ? Optional.empty() : Optional.of(parse(tokens));
        } catch (Unreadable | ArithmeticException notMathematics) {
            return Optional.empty();
        }
    }

    /** What follows the last equals sign: the result of a derivation that is not understood as a whole. */
    private static List<Token> lastSide(List<Token> tokens) {
        for (int i = tokens.size() - 1; i > 0; i--) {
            if (tokens.get(i).is("=")) {
                return tokens.subList(i + 1, tokens.size());
            }
        }
        return List.of();
    }

    private static Value parse(List<Token> tokens) {
        var effort = new Effort();
        var cursor = new Cursor(tokens);
        return new StatementParser(cursor, effort, new FormulaParser(cursor, effort)).answer();
    }

    /** {@code 5 m} may be five metres; {@code 5m} is a product. */
    private static List<Token> withLetterUnit(List<Token> tokens) {
        for (int i = Math.max(1, tokens.size() - 5); i < tokens.size(); i++) {
            var before = tokens.get(i - 1);
            boolean measured = before instanceof Token.Numeral
                    || before.is("°")
                    || (before.is("}") && i > 1 && tokens.get(i - 2).is("°"));
            if (measured
                    && tokens.get(i) instanceof Token.Name(var name, boolean spaced)
                    && (spaced || !(before instanceof Token.Numeral))
                    && LETTER_UNITS.contains(name)
                    && (i + 1 == tokens.size()
                            || tokens.get(i + 1).is("^")
                            || tokens.get(i + 1).is("/"))) {
                var measure = new ArrayList<>(tokens);
                measure.set(i, new Token.Word(name));
                return measure;
            }
        }
        return List.of();
    }

    /** Drops brackets around the whole, so that a thousand of them are no deeper than one. */
    private static List<Token> peeled(List<Token> tokens) {
        int size = tokens.size();
        int run = 0;
        while (run < Math.min(size, MAX_PEELED) && tokens.get(run).is("(")) {
            run++;
        }
        if (run < 3) {
            return tokens;
        }
        var open = new ArrayList<Integer>();
        int layers = run;
        for (int i = 0; i < size; i++) {
            if (tokens.get(i).is("(")) {
                open.add(i);
            } else if (tokens.get(i).is(")")) {
                if (open.isEmpty()) {
                    return tokens;
                }
                int start = open.removeLast();
                if (start < layers && i != size - 1 - start) {
                    layers = start;
                }
            }
        }
        int drop = open.isEmpty() ? Math.max(0, layers - 1) : 0;
        return tokens.subList(drop, size - drop);
    }

    private static Optional<Value> clock(String text) {
        if (text.indexOf(':') < 0 || text.length() > 60) {
            return Optional.empty();
        }
        var time = CLOCK.matcher(Wording.normal(text));
        if (!time.matches()) {
            return Optional.empty();
        }
        int hour = Integer.parseInt(time.group(1));
        int minute = Integer.parseInt(time.group(2));
        if (hour > 23 || minute > 59) {
            return Optional.empty();
        }
        var half = time.group(3);
        if (half != null) {
            hour = (hour % 12) + (half.toLowerCase(Locale.ROOT).equals("p") ? 12 : 0);
        }
        return Optional.of(new Clock((hour * 60) + minute));
    }

    /** {@code (C) 5} names an option and what it says. */
    private static void labelled(String text, List<Value> readings) {
        var label = LABEL.matcher(text);
        if (label.matches()) {
            readings.add(new Words(label.group(1).toLowerCase(Locale.ROOT)));
            parsed(label.group(2).replaceFirst("\\}\\s*$", ""), readings);
        }
    }

    /** {@code 0,5} is a half where a comma parts decimals; three digits after it are thousands unless a zero leads. */
    private static Optional<Value> decimalComma(String text) {
        var number = DECIMAL_COMMA.matcher(text);
        if (!number.matches()) {
            return Optional.empty();
        }
        var whole = number.group(2);
        boolean plain = whole.chars().allMatch(Character::isDigit);
        if (plain && number.group(3).length() == 3 && !whole.equals("0")) {
            return Optional.empty();
        }
        var sign = number.group(1).equals("-") ? "-" : "";
        return Optional.of(number(sign + whole.replaceAll("[. ]", "") + "." + number.group(3)));
    }

    /** Whether the text was read as mathematics or as plain words, rather than kept as it is. */
    public boolean understood() {
        return !readings.isEmpty();
    }

    /** The form that is shown and written to files. */
    public String canonical() {
        return readings.isEmpty() ? Wording.formula(text) : Printer.print(readings.getFirst());
    }

    /** Whether this is one plain number. */
    public boolean isNumber() {
        return readings.stream()
                .anyMatch(reading -> reading instanceof Quantity quantity
                        && quantity.samples().constant());
    }

    /** Whether two answers mean the same. */
    public boolean same(Meaning other) {
        if (text.equals(other.text)) {
            return true;
        }
        if (whole.isPresent() && other.whole.isPresent()) { // most answers of most votes; no leniency joins two of them
            return whole.getAsLong() == other.whole.getAsLong();
        }
        try {
            if (meet(other)) {
                return true;
            }
        } catch (Unreadable | ArithmeticException undecided) {
            return Wording.formula(text).equals(Wording.formula(other.text));
        }
        boolean words = !understood() || !other.understood() || worded || other.worded;
        return words && Wording.formula(text).equals(Wording.formula(other.text));
    }

    private boolean meet(Meaning other) {
        var equality = new Equality();
        boolean times = timed && other.timed;
        for (var mine : readings) {
            for (var its : other.readings) {
                if ((!times || mine instanceof Clock) && equality.same(mine, its)) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Whether this answer is right where the other is the reference: the same, or the digits of a numeral without the base
     * that the reference names.
     */
    public boolean answers(Meaning reference) {
        return same(reference)
                || reference.readings.stream()
                        .anyMatch(wanted -> wanted instanceof Value.Numeral numeral
                                && readings.stream().anyMatch(given -> Equality.sameDigits(numeral, given)));
    }
}
