package parathink.eval.evidence;

import java.util.Locale;

/**
 * A share between 0 and 1 with its 95 % interval.
 *
 * @param value the share itself
 * @param low lower end of the interval
 * @param high upper end of the interval
 * @param method how the interval was found
 */
public record Estimate(double value, double low, double high, Method method) {
    /** How an interval is found. */
    public enum Method {
        /** Wilson's interval for a binomial share (1927). */
        WILSON,
        /** Wald's interval after adding two problems that are right and two that are wrong (Agresti and Coull, 1998). */
        PLUS_FOUR,
        /** Percentiles of a figure of problems drawn again with replacement, widened for few problems (Hesterberg, 2015). */
        BOOTSTRAP,
        /** The values at which a test by simulation does not reject. */
        INVERSION;

        /** The word used in files. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Estimate {
        double slack = 1e-9; // a mean of resampled means may differ from the mean in its last digits
        if (!(low >= 0 && low <= value + slack && value <= high + slack && high <= 1)) {
            throw new IllegalArgumentException(
                    "not an interval around a share: %s in [%s, %s]".formatted(value, low, high));
        }
    }
}
