package parathink.datasets.math;

import java.util.List;

/** A formula as it was written, before anything is worked out. */
sealed interface Expression {
    /**
     * A number in digits.
     *
     * @param places digits after the decimal point as written; what says how far a decimal was rounded
     */
    record Literal(Rational value, int places) implements Expression {
        static final Literal ONE = new Literal(Rational.ONE, 0);
    }

    /** Digits with a base, such as {@code 1011_2}. */
    record Based(String digits, int base, Rational value) implements Expression {}

    record Variable(String name) implements Expression {}

    record Sum(List<Expression> terms) implements Expression {
        public Sum {
            terms = List.copyOf(terms);
        }
    }

    record Product(List<Expression> factors) implements Expression {
        public Product {
            factors = List.copyOf(factors);
        }
    }

    record Negative(Expression of) implements Expression {}

    record Quotient(Expression numerator, Expression denominator) implements Expression {}

    record Power(Expression base, Expression exponent) implements Expression {}

    record Root(int degree, Expression radicand) implements Expression {}

    record Call(Function function, List<Expression> arguments) implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /** An angle with a degree sign: a plain number, but turned into radians inside a trigonometric function. */
    record Degrees(Expression of) implements Expression {}

    record Percent(Expression of) implements Expression {}

    /** {@code ±x}, or {@code ∓x} when minus comes first; all signs of one formula are chosen together. */
    record EitherSign(Expression of, boolean plusFirst) implements Expression {}

    /** A set, point, interval or matrix inside a formula. */
    record Compound(Value value) implements Expression {}

    enum Constant implements Expression {
        PI,
        E,
        I,
        INFINITY
    }
}
