package parathink.datasets.files;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import parathink.datasets.DatasetException;

/** Reads the reference answer out of a cell: out of a worked solution, a box, a list, or a number of any type. */
final class References {
    /** Beyond this many digits a number stays as it is written: 1e999999999 would fill the memory with zeros. */
    private static final int DIGITS = 64;

    private static final String MARK = "####";
    private static final Pattern EMPTY_BOX = Pattern.compile("\\$*\\\\boxed\\{\\s*}\\$*");
    private static final Pattern CALCULATOR = Pattern.compile("<<[^<>\\n]*>>");
    private static final Pattern GROUPED = Pattern.compile("(?<=\\d),(?=\\d{3}(?!\\d))");
    private static final Pattern DEGREES = Pattern.compile(
            "\\s*(?:\\^\\s*\\{?\\s*\\\\circ\\s*}?|\\^\\s*\\{?\\s*°\\s*}?|°|\\\\degree|\\\\?degrees?)\\s*$");
    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d+");
    private static final Pattern WHOLE_DECIMAL = Pattern.compile("([+-]?\\d+)\\.0*");

    private References() {}

    /** A number, word or text as it is, or nothing when the cell is empty, null or not a number. */
    static Optional<String> plain(JsonNode value) {
        if (value.isNull() || value.isMissingNode() || value.isContainerNode()) {
            return Optional.empty();
        }
        if (value.isNumber()) {
            return number(value);
        }
        return Optional.of(value.asText().strip()).filter(text -> !text.isEmpty());
    }

    /**
     * The reference in an answer column, in the form that grading uses.
     *
     * @param place where the cell stands, for messages
     * @throws DatasetException when an integer is asked for and the cell holds something else
     */
    static Optional<String> in(ColumnMap.Cell cell, FormatName format, String place) {
        var written = cell.value().isArray() ? listed(cell.value()) : plain(cell.value());
        var answer = written.flatMap(text -> answer(text, cell.column())).map(References::bare);
        return switch (format) {
            case MATH -> answer.map(text -> WHOLE.matcher(text).matches() ? integer(text) : text);
            case INTEGER -> answer.map(text -> wholeNumber(text, place));
            case TEXT, CHOICE, COUNTDOWN -> answer;
        };
    }

    /** Several values stand side by side, as in a box. */
    private static Optional<String> listed(JsonNode values) {
        var texts = new ArrayList<String>();
        values.forEach(value -> plain(value).ifPresent(texts::add));
        return texts.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", texts));
    }

    private static Optional<String> number(JsonNode value) {
        if (value.isIntegralNumber()) {
            return Optional.of(value.bigIntegerValue().toString());
        }
        if (value.isDouble() || value.isFloat()) {
            double number = value.doubleValue();
            return Double.isFinite(number) ? Optional.of(decimal(new BigDecimal(value.asText()))) : Optional.empty();
        }
        return Optional.of(decimal(value.decimalValue()));
    }

    private static String decimal(BigDecimal number) {
        var bare = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        return Math.abs((long) bare.scale()) > DIGITS ? bare.toString() : bare.toPlainString();
    }

    /** What a longer text gives as its answer; a worked solution without a mark or a box gives none. */
    private static Optional<String> answer(String text, String column) {
        int mark = text.lastIndexOf(MARK);
        if (mark >= 0) {
            var answer =
                    CALCULATOR.matcher(text.substring(mark + MARK.length())).replaceAll("");
            return Optional.of(GROUPED.matcher(answer).replaceAll("").strip()).filter(found -> !found.isEmpty());
        }
        if (EMPTY_BOX.matcher(text).matches()) {
            return Optional.empty();
        }
        var boxes = boxes(text);
        boolean worked = column.toLowerCase(Locale.ROOT).contains("solution");
        if (worked && boxes.isEmpty()) {
            return text.length() <= DIGITS && !text.contains("\n") ? Optional.of(text) : Optional.empty();
        }
        return Optional.of(worked || boxes.size() == 1 ? boxes.getLast() : text);
    }

    private static List<String> boxes(String text) {
        var boxes = new ArrayList<String>();
        int start = text.indexOf("\\boxed{");
        while (start >= 0) {
            int open = start + "\\boxed{".length();
            int close = closing(text, open);
            if (close < 0) {
                break;
            }
            var content = text.substring(open, close).strip();
            if (!content.isEmpty()) {
                boxes.add(content);
            }
            start = text.indexOf("\\boxed{", close);
        }
        return boxes;
    }

    private static int closing(String text, int open) {
        int depth = 1;
        for (int i = open; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '\\' -> i++; // an escaped brace does not count
                case '{' -> depth++;
                case '}' -> {
                    if (--depth == 0) {
                        return i;
                    }
                }
                default -> {}
            }
        }
        return -1;
    }

    /** Without the delimiters of a formula, when one formula is all there is. */
    private static String bare(String text) {
        for (var marks : new String[][] {{"$$", "$$"}, {"$", "$"}, {"\\(", "\\)"}, {"\\[", "\\]"}}) {
            int length = marks[0].length();
            if (text.length() > 2 * length && text.startsWith(marks[0]) && text.endsWith(marks[1])) {
                var inside = text.substring(length, text.length() - length);
                if (!inside.contains("$") && !inside.contains(marks[0]) && !inside.contains(marks[1])) {
                    return inside.strip();
                }
            }
        }
        return text;
    }

    private static String wholeNumber(String text, String place) {
        var bare = DEGREES.matcher(text).replaceFirst("").strip();
        bare = GROUPED.matcher(bare).replaceAll("");
        var decimal = WHOLE_DECIMAL.matcher(bare);
        if (decimal.matches()) {
            bare = decimal.group(1);
        }
        if (!WHOLE.matcher(bare).matches()) {
            throw DatasetException.unreadable("%s: the answer '%s' is no integer".formatted(place, text));
        }
        return integer(bare);
    }

    private static String integer(String digits) {
        return digits.length() > DIGITS ? digits : new BigInteger(digits).toString();
    }
}
