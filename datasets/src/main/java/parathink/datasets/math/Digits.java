package parathink.datasets.math;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads one number in digits: with thousands, decimals, a repeating period or a power of ten. Confined to one number. */
final class Digits {
    private static final int MAX_DIGITS = 10_000;
    private static final Pattern PERIOD =
            Pattern.compile("(?:\\\\(?:overline|bar|dot)\\s*\\{(\\d{1,100})\\}|\\((\\d{1,100})\\))");

    private final String text;
    private final boolean spaced;
    private final boolean commasGroup;
    private final boolean spacesGroup;
    private int at;

    /**
     * @param commasGroup whether a comma before three digits marks thousands
     * @param spacesGroup whether a space before three digits does
     */
    Digits(String text, int at, boolean spaced, boolean commasGroup, boolean spacesGroup) {
        this.text = text;
        this.at = at;
        this.spaced = spaced;
        this.commasGroup = commasGroup;
        this.spacesGroup = spacesGroup;
    }

    /** The place after the number. */
    int end() {
        return at;
    }

    Token.Numeral read() {
        var digits = new StringBuilder();
        run(digits);
        if (!digits.isEmpty() && digits.length() <= 3 && digits.charAt(0) != '0') {
            grouped(digits);
        }
        if (at + 1 < text.length() && text.charAt(at) == '.' && isDigit(text.charAt(at + 1))) {
            at++;
            digits.append('.');
            run(digits);
        }
        if (digits.length() > MAX_DIGITS) {
            throw new Unreadable("too many digits");
        }
        return repeating(digits).orElseGet(() -> decimal(digits));
    }

    private Token.Numeral decimal(StringBuilder digits) {
        int point = digits.indexOf(".");
        int places = point < 0 ? 0 : digits.length() - point - 1;
        int exponent = exponent();
        var value = new BigDecimal(point == 0 ? "0" + digits : digits.toString());
        return new Token.Numeral(
                digits.toString(),
                Rational.of(value.scaleByPowerOfTen(exponent)),
                Math.max(0, places - exponent),
                spaced);
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private void run(StringBuilder digits) {
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
        while (to < text.length() && isDigit(text.charAt(to)) && to - from < 4) {
            to++;
        }
        return to - from == 3;
    }

    private int separator() {
        if (text.startsWith(",\\!", at)) {
            return text.startsWith(" ", at + 3) ? 4 : 3;
        }
        if (text.startsWith(",", at)) {
            return commasGroup ? 1 : 0;
        }
        for (var sign : new String[] {"{,}", "\\,", "{,\\!}", "\\ ", "\\;", "~"}) {
            if (text.startsWith(sign, at)) {
                return sign.length();
            }
        }
        return text.startsWith(" ", at) && spacesGroup ? 1 : 0;
    }

    /** A period of digits under a bar or in brackets, {@code 0.1\overline{6}}, as the fraction that it is. */
    private Optional<Token.Numeral> repeating(StringBuilder digits) {
        boolean point = digits.indexOf(".") >= 0;
        int from = !point && text.startsWith(".", at) ? at + 1 : at;
        if ((!point && from == at) || from >= text.length() || "\\(".indexOf(text.charAt(from)) < 0) {
            return Optional.empty();
        }
        var found = PERIOD.matcher(text).region(from, text.length());
        if (!found.lookingAt() || (found.group(2) != null && point)) {
            return Optional.empty(); // 0.5(3) is a product
        }
        at = found.end();
        var period = found.group(1) == null ? found.group(2) : found.group(1);
        var start = point ? digits.toString() : digits + ".";
        int places = start.length() - 1 - start.indexOf('.');
        var nines = BigInteger.TEN.pow(period.length()).subtract(BigInteger.ONE).multiply(BigInteger.TEN.pow(places));
        var value = Rational.of(new BigDecimal("0" + start + "0")).plus(new Rational(new BigInteger(period), nines));
        return Optional.of(new Token.Numeral(start + period, value, -1, spaced)); // exact, so rounded to no place
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
