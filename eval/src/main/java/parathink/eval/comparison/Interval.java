package parathink.eval.comparison;

import java.util.Locale;

/**
 * A figure with its 95 % interval. Ends may be infinite where a figure has no bound that could be measured.
 *
 * @param value the figure itself
 * @param low lower end
 * @param high upper end
 * @param method how the interval was found
 */
public record Interval(double value, double low, double high, Method method) {
    /** How an interval is found. */
    public enum Method {
        /** Percentiles over problems drawn again, each with all its repeats; widened for few problems (Hesterberg, 2015). */
        BOOTSTRAP,
        /** Wald's interval of a share after adding two problems that are right and two that are wrong (Agresti and Coull, 1998). */
        PLUS_FOUR,
        /** Wald's interval after adding a problem won and a problem lost (Bonett and Price, 2012). */
        ADJUSTED_WALD;

        /** The word used in files. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("not an interval: %s to %s".formatted(low, high));
        }
    }

    /** Whether the figure is told apart from another one. */
    boolean leavesOut(double other) {
        return low > other || high < other;
    }

    /** The same with a more exact figure, which lies in it. */
    Interval around(double exact) {
        return new Interval(exact, Math.min(low, exact), Math.max(high, exact), method);
    }

    /** The same interval in another unit. */
    Interval times(double factor) {
        return new Interval(value * factor, low * factor, high * factor, method);
    }
}
