package parathink.datasets;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** An expression of whole numbers as it was written: the four operations, signs and parentheses. */
sealed interface CountdownExpression {
    /** The exact value. */
    Ratio value();

    /** Appends the numbers, from left to right. */
    void collect(List<BigInteger> numbers);

    /** The numbers, from left to right. */
    default List<BigInteger> numbers() {
        var numbers = new ArrayList<BigInteger>();
        collect(numbers);
        return List.copyOf(numbers);
    }

    /** One number. */
    record Whole(BigInteger number) implements CountdownExpression {
        @Override
        public Ratio value() {
            return new Ratio(number, BigInteger.ONE);
        }

        @Override
        public void collect(List<BigInteger> numbers) {
            numbers.add(number);
        }

        @Override
        public String toString() {
            return number.toString();
        }
    }

    /** The negative of an expression. */
    record Negative(CountdownExpression of) implements CountdownExpression {
        @Override
        public Ratio value() {
            return of.value().negated();
        }

        @Override
        public void collect(List<BigInteger> numbers) {
            of.collect(numbers);
        }

        @Override
        public String toString() {
            return "(-" + of + ")";
        }
    }

    /** Two expressions and what is done with them: one of {@code + - * /}. */
    record Operation(CountdownExpression left, char operator, CountdownExpression right)
            implements CountdownExpression {
        public Operation {
            if ("+-*/".indexOf(operator) < 0) {
                throw new IllegalArgumentException("the operator must be one of + - * /, got " + operator);
            }
        }

        @Override
        public Ratio value() {
            var a = left.value();
            var b = right.value();
            return switch (operator) {
                case '+' -> a.plus(b);
                case '-' -> a.plus(b.negated());
                case '*' -> a.times(b);
                default -> a.over(b);
            };
        }

        @Override
        public void collect(List<BigInteger> numbers) {
            left.collect(numbers);
            right.collect(numbers);
        }

        @Override
        public String toString() {
            return "(" + left + operator + right + ")";
        }
    }

    /** An exact quotient, not reduced; a denominator of 0 says that it is undefined. */
    record Ratio(BigInteger numerator, BigInteger denominator) {
        boolean defined() {
            return denominator.signum() != 0;
        }

        boolean is(long whole) {
            return defined() && numerator.equals(denominator.multiply(BigInteger.valueOf(whole)));
        }

        Ratio negated() {
            return new Ratio(numerator.negate(), denominator);
        }

        Ratio plus(Ratio other) {
            var sum = numerator.multiply(other.denominator).add(other.numerator.multiply(denominator));
            return new Ratio(sum, denominator.multiply(other.denominator));
        }

        Ratio times(Ratio other) {
            return new Ratio(numerator.multiply(other.numerator), denominator.multiply(other.denominator));
        }

        Ratio over(Ratio other) {
            if (!other.defined()) {
                return other;
            }
            var top = numerator.multiply(other.denominator);
            return new Ratio(top, denominator.multiply(other.numerator));
        }
    }
}
