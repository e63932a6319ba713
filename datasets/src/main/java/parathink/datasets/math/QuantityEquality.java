package parathink.datasets.math;

import java.math.BigDecimal;
import java.math.RoundingMode;
import parathink.datasets.math.Value.Quantity;

/** Decides whether two numbers, with units, percent signs and roundings, are the same; symmetric. Confined to one comparison. */
record QuantityEquality(Effort effort) {
    /** Fewer decimals than this never stand for a rounded number: 1.4 is not a square root of 2. */
    private static final int FEWEST_PLACES = 2;

    private static final int FEWEST_DIGITS = 2;

    /** Decimals of this many digits are the same number when the longer rounds to the shorter. */
    private static final int MANY_DIGITS = 6;

    boolean same(Quantity a, Quantity b) {
        effort.spend(1);
        if (a.unit().isPresent() && b.unit().isPresent()) {
            var mine = a.unit().get();
            var its = b.unit().get();
            if (!mine.dimension().equals(its.dimension())) {
                return false;
            }
            if (!mine.equals(its)) {
                return scaled(a, mine.scale()).near(scaled(b, its.scale()));
            }
        }
        return a.samples().same(b.samples())
                || rounded(a, b)
                || rounded(b, a)
                || (a.percent() && !b.percent() && hundredth(a, b))
                || (b.percent() && !a.percent() && hundredth(b, a));
    }

    private static Scalar scaled(Quantity quantity, Rational scale) {
        return quantity.samples()
                .value()
                .orElseThrow(() -> new Unreadable("a measure with variables"))
                .times(new Scalar.Exact(scale));
    }

    private static boolean hundredth(Quantity percent, Quantity plain) {
        return percent.samples().constant()
                && plain.samples().constant()
                && scaled(percent, Rational.PERCENT).near(scaled(plain, Rational.ONE));
    }

    /**
     * Whether a decimal is the other value, correctly rounded to its own number of places. Only a value that does not end
     * within six decimals is ever rounded: 0.33 is 1/3, but 0.13 is not 1/8.
     */
    private static boolean rounded(Quantity decimal, Quantity exact) {
        if (decimal.places() < FEWEST_PLACES || !exact.samples().constant() || ends(exact, decimal)) {
            return false;
        }
        var shown = decimal.samples().value().flatMap(Scalar::real).map(value -> places(value, decimal));
        var value = exact.samples().value().flatMap(Scalar::real);
        return shown.isPresent()
                && value.isPresent()
                && shown.get().precision() >= (exact.places() < 0 ? FEWEST_DIGITS : MANY_DIGITS)
                && shown.get().compareTo(places(value.get(), decimal)) == 0;
    }

    private static BigDecimal places(BigDecimal value, Quantity decimal) {
        return value.setScale(decimal.places(), RoundingMode.HALF_UP);
    }

    /** Whether a value is short enough to be written in full, so that rounding it is a mistake. */
    private static boolean ends(Quantity exact, Quantity decimal) {
        if (exact.places() >= 0) {
            return exact.places() <= decimal.places();
        }
        return exact.samples().value().orElseThrow() instanceof Scalar.Exact(var fraction)
                && fraction.ending(MANY_DIGITS).isPresent();
    }
}
