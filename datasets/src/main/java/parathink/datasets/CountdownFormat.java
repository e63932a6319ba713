package parathink.datasets;

import java.math.BigInteger;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The answer of a Countdown game, Game of 24 included: an expression that uses every number once and equals the target.
 * Votes group expressions that differ in the order or grouping of sums and products only; whether the target is reached is
 * asked by {@link #holds} alone. Immutable, for any thread.
 *
 * @param numbers the numbers of the game, in any order
 * @param target what the expression must equal; intermediate results may be fractions
 */
public record CountdownFormat(List<Integer> numbers, int target) implements AnswerFormat {
    private static final String BOX = "\\boxed{";
    private static final int LONGEST = 1000; // characters of a box or line; a longer one is not read
    private static final Pattern CALLED_ANSWER = Pattern.compile("(?i).*\\banswer(?: is)?\\b[\\s:*_]*");
    private static final Pattern PROSE = Pattern.compile("^.*[^-+*/()0-9×÷−·\\s]");
    private static final Pattern MARKUP = Pattern.compile("^[\\s$*_`]+|[\\s$*_`.]+$");

    public CountdownFormat {
        numbers = List.copyOf(numbers);
        if (numbers.isEmpty()) {
            throw new IllegalArgumentException("a game needs numbers");
        }
        for (int number : numbers) {
            if (number < 0) {
                throw new IllegalArgumentException("the numbers of a game must not be negative, got " + number);
            }
        }
    }

    /**
     * The game that an expression solves: its numbers, and its value as the target.
     *
     * @throws IllegalArgumentException when it is no expression of whole numbers with a whole value
     */
    public static CountdownFormat ofSolution(String solution) {
        var solved = expression(solution.strip()).filter(e -> e.value().defined());
        var value = solved.map(CountdownExpression::value)
                .map(ratio -> ratio.numerator().divideAndRemainder(ratio.denominator()))
                .filter(division -> division[1].signum() == 0);
        try {
            var numbers = solved.orElseThrow().numbers().stream()
                    .map(BigInteger::intValueExact)
                    .toList();
            return new CountdownFormat(numbers, value.orElseThrow()[0].intValueExact());
        } catch (NoSuchElementException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    "'%s' solves no game; an expression such as (16+15)+2 does".formatted(solution), e);
        }
    }

    @Override
    public String name() {
        return "countdown";
    }

    @Override
    public String instruction() {
        return "Give one expression that uses each of the numbers exactly once, with +, -, *, / and parentheses only, "
                + "inside \\boxed{}.";
    }

    @Override
    public Optional<Answer> find(String completion) {
        int closed = completion.lastIndexOf("</think>");
        if (completion.indexOf("<think>", Math.max(closed, 0)) >= 0) {
            return Optional.empty();
        }
        var text = closed < 0 ? completion : completion.substring(closed + "</think>".length());
        if (text.contains(BOX)) {
            return lastBox(text).flatMap(CountdownFormat::understood);
        }
        int end = text.lastIndexOf("</answer>");
        int start = end < 0 ? -1 : text.lastIndexOf("<answer>", end);
        return start < 0
                ? inLastLine(text)
                : understood(text.substring(start + "<answer>".length(), end).strip());
    }

    @Override
    public Answer read(String text) {
        var stripped = text.strip();
        return understood(stripped).orElseGet(() -> new Answer(stripped, stripped, false));
    }

    @Override
    public boolean same(Answer reference, Answer answer) {
        return reference.canonical().equals(answer.canonical());
    }

    /** Any expression that holds is right, whichever the reference is. */
    @Override
    public boolean accepts(Answer reference, Answer answer) {
        return holdsTrue(answer);
    }

    @Override
    public boolean checksByRule() {
        return true;
    }

    @Override
    public Optional<Boolean> holds(Answer answer) {
        return Optional.of(holdsTrue(answer));
    }

    private boolean holdsTrue(Answer answer) {
        var given = numbers.stream().map(BigInteger::valueOf).sorted().toList();
        return expression(answer.raw())
                .filter(e -> e.numbers().stream().sorted().toList().equals(given))
                .filter(e -> e.value().is(target))
                .isPresent();
    }

    private static Optional<Answer> understood(String written) {
        return expression(written).map(e -> new Answer(written, CountdownForm.canonical(e), true));
    }

    /** Reads {@code expression} or {@code expression = .. = whole number}. */
    private static Optional<CountdownExpression> expression(String written) {
        int first = written.length() > LONGEST ? -1 : written.indexOf('=');
        if (first < 0) {
            return CountdownParser.parse(written);
        }
        var result = written.substring(written.lastIndexOf('=') + 1);
        return whole(result).isPresent() ? CountdownParser.parse(written.substring(0, first)) : Optional.empty();
    }

    private static Optional<CountdownExpression> whole(String written) {
        return CountdownParser.parse(written).filter(e -> e.numbers().size() == 1);
    }

    /** The content of the last box that is closed; the last one of all may be cut off. */
    private static Optional<String> lastBox(String text) {
        for (int box = text.lastIndexOf(BOX); box >= 0; box = text.lastIndexOf(BOX, box - 1)) {
            int start = box + BOX.length();
            int depth = 1;
            for (int i = start; i < text.length(); i++) {
                depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
                if (depth == 0) {
                    return Optional.of(text.substring(start, i).strip());
                }
                if (i - start > LONGEST) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    /** What the last line calls the answer, or else the expression that it says equals the target. */
    private Optional<Answer> inLastLine(String text) {
        var stripped = text.stripTrailing();
        var line = stripped.substring(stripped.lastIndexOf('\n') + 1);
        if (line.length() > LONGEST) {
            return Optional.empty();
        }
        var called = CALLED_ANSWER.matcher(line);
        if (called.lookingAt()) {
            return understood(trim(line.substring(called.end())));
        }
        var equation = trim(line);
        int first = equation.indexOf('=');
        var result = equation.substring(equation.lastIndexOf('=') + 1);
        if (first < 0 || whole(result).filter(e -> e.value().is(target)).isEmpty()) {
            return Optional.empty();
        }
        return understood(trim(PROSE.matcher(equation.substring(0, first)).replaceFirst("")));
    }

    private static String trim(String line) {
        return MARKUP.matcher(line).replaceAll("");
    }
}
