package parathink.datasets.math;

import java.util.List;
import java.util.Optional;

/** What an answer denotes. */
sealed interface Value {
    /**
     * A number or a formula.
     *
     * @param places digits after the point when it was written as a plain number, -1 when it was not
     * @param percent whether a percent sign followed, so that 50 and 0.5 are both meant
     */
    record Quantity(Expression formula, Samples samples, int places, boolean percent, Optional<Unit> unit)
            implements Value {
        static Quantity of(Expression formula, Effort effort) {
            if (formula instanceof Expression.Percent(var of)) {
                return new Quantity(of, Samples.of(of, effort), places(of), true, Optional.empty());
            }
            if (formula instanceof Expression.Degrees(var of)) {
                return new Quantity(of, Samples.of(of, effort), places(of), false, Optional.empty());
            }
            return new Quantity(formula, Samples.of(formula, effort), places(formula), false, Optional.empty());
        }

        static Quantity of(Rational value) {
            return new Quantity(new Expression.Literal(value, 0), Samples.of(value), 0, false, Optional.empty());
        }

        Quantity in(Optional<Unit> unit) {
            return new Quantity(formula, samples, places, percent, unit);
        }

        private static int places(Expression formula) {
            return switch (formula) {
                case Expression.Literal(var _, int places) -> places;
                case Expression.Negative(Expression.Literal(var _, int places)) -> places;
                case Expression.Negative _, Expression.Based _, Expression.Variable _, Expression.Sum _ -> -1;
                case Expression.Product _, Expression.Quotient _, Expression.Power _, Expression.Root _ -> -1;
                case Expression.Call _, Expression.Degrees _, Expression.Percent _, Expression.EitherSign _ -> -1;
                case Expression.Compound _, Expression.Constant _ -> -1;
            };
        }
    }

    /** Digits with a base. */
    record Numeral(String digits, int base, Rational value) implements Value {}

    record Infinite(boolean positive) implements Value {}

    /** How the items of a collection stand to each other. */
    enum Order {
        /** In braces: neither order nor repetition counts. */
        SET,
        /** In brackets: order counts. */
        TUPLE,
        /** Bare, with commas or "and": order does not count, except against a tuple. */
        LIST
    }

    record Several(Order order, List<Value> items) implements Value {
        public Several {
            items = List.copyOf(items);
        }
    }

    /** A union of intervals. */
    record Range(Region region) implements Value {}

    record Grid(List<List<Value>> rows) implements Value {
        public Grid {
            rows = rows.stream().map(List::copyOf).toList();
        }
    }

    /** {@code name = value}; the equation is kept so that it can be compared with another arrangement of it. */
    record Named(String name, Value value, Optional<Expression> difference) implements Value {}

    /** {@code difference = 0}. */
    record Equation(Expression difference) implements Value {}

    /** {@code difference > 0}, or {@code >= 0} when not strict. */
    record Inequality(Expression difference, boolean strict) implements Value {}

    record Ratio(List<Quantity> terms) implements Value {
        public Ratio {
            terms = List.copyOf(terms);
        }
    }

    /** A time of day; without a.m. or p.m. it is read on the 24-hour clock. */
    record Clock(int minutes) implements Value {}

    /** Words, already normalised. */
    record Words(String text) implements Value {}
}
