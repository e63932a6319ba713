package parathink.datasets;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import parathink.datasets.CountdownExpression.Negative;
import parathink.datasets.CountdownExpression.Operation;
import parathink.datasets.CountdownExpression.Whole;

/**
 * An expression up to the order and grouping of sums and products, with a difference as a sum and a quotient as a product:
 * {@code (1+2)-3} and {@code 2-(3-1)} have one form. Its text is an expression of the same form and value.
 */
sealed interface CountdownForm {
    Comparator<String> SHORT_FIRST = Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

    String text();

    /** The text as a factor. */
    default String factor() {
        return text();
    }

    /**
     * The text that is equal for equal solutions. An expression that divides by 0 has no value that regrouping could keep,
     * so it stays as it was written.
     */
    static String canonical(CountdownExpression expression) {
        return expression.value().defined() ? of(expression).text() : expression.toString();
    }

    private static CountdownForm of(CountdownExpression expression) {
        return switch (expression) {
            case Whole whole -> new Literal(whole.number());
            case Negative negative -> negate(of(negative.of()));
            case Operation operation -> combine(of(operation.left()), operation.operator(), of(operation.right()));
        };
    }

    private static CountdownForm combine(CountdownForm left, char operator, CountdownForm right) {
        return switch (operator) {
            case '+' -> Sum.of(join(plus(left), plus(right)), join(minus(left), minus(right)));
            case '-' -> Sum.of(join(plus(left), minus(right)), join(minus(left), plus(right)));
            case '*' -> multiply(left, times(positive(right)), over(positive(right)), isNegative(right));
            default -> multiply(left, over(positive(right)), times(positive(right)), isNegative(right));
        };
    }

    private static CountdownForm multiply(
            CountdownForm left, List<CountdownForm> times, List<CountdownForm> over, boolean negative) {
        var product = new Product(join(times(positive(left)), times), join(over(positive(left)), over));
        return isNegative(left) == negative ? product : negate(product);
    }

    private static CountdownForm negate(CountdownForm form) {
        return Sum.of(/* plus= */ minus(form), /* minus= */ plus(form));
    }

    /** Whether it is a sum of nothing but subtracted terms, whose sign a product can take to its front. */
    private static boolean isNegative(CountdownForm form) {
        return plus(form).isEmpty();
    }

    private static CountdownForm positive(CountdownForm form) {
        return isNegative(form) ? negate(form) : form;
    }

    private static List<CountdownForm> plus(CountdownForm form) {
        return form instanceof Sum sum ? sum.plus() : List.of(form);
    }

    private static List<CountdownForm> minus(CountdownForm form) {
        return form instanceof Sum sum ? sum.minus() : List.of();
    }

    private static List<CountdownForm> times(CountdownForm form) {
        return form instanceof Product product ? product.times() : List.of(form);
    }

    private static List<CountdownForm> over(CountdownForm form) {
        return form instanceof Product product ? product.over() : List.of();
    }

    private static List<CountdownForm> join(List<CountdownForm> some, List<CountdownForm> others) {
        var all = new ArrayList<>(some);
        all.addAll(others);
        return List.copyOf(all);
    }

    /** One number. */
    record Literal(BigInteger value) implements CountdownForm {
        @Override
        public String text() {
            return value.toString();
        }
    }

    /** Terms that are added and terms that are subtracted; none of them is a sum. */
    record Sum(List<CountdownForm> plus, List<CountdownForm> minus) implements CountdownForm {
        static CountdownForm of(List<CountdownForm> plus, List<CountdownForm> minus) {
            return plus.size() == 1 && minus.isEmpty() ? plus.getFirst() : new Sum(plus, minus);
        }

        @Override
        public String text() {
            var added =
                    plus.stream().map(CountdownForm::text).sorted(SHORT_FIRST).collect(Collectors.joining("+"));
            return minus.stream().map(CountdownForm::text).sorted(SHORT_FIRST).reduce(added, (sum, t) -> sum + "-" + t);
        }

        @Override
        public String factor() {
            return "(" + text() + ")";
        }
    }

    /** Factors and divisors; none of them is a product or a sum of subtracted terms alone. */
    record Product(List<CountdownForm> times, List<CountdownForm> over) implements CountdownForm {
        @Override
        public String text() {
            var top = times.stream()
                    .map(CountdownForm::factor)
                    .sorted(SHORT_FIRST)
                    .collect(Collectors.joining("*"));
            return over.stream().map(CountdownForm::factor).sorted(SHORT_FIRST).reduce(top, (t, f) -> t + "/" + f);
        }
    }
}
