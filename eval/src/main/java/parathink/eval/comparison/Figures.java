package parathink.eval.comparison;

import java.util.Locale;

/** Numbers as they are printed. */
final class Figures {
    private Figures() {}

    /** A spend: whole from a hundred on, grouped by commas, with three digits below. */
    static String amount(double value) {
        if (Double.isNaN(value)) {
            return "unknown";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "beyond" : "none";
        }
        if (Math.abs(value) >= 1e7) {
            return String.format(Locale.ROOT, "%.3g", value);
        }
        if (Math.abs(value) >= 100) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return value == 0 ? "0" : String.format(Locale.ROOT, "%.3g", value);
    }

    static String whole(double value) {
        return Double.isInfinite(value) ? "beyond" : String.format(Locale.ROOT, "%,.0f", value);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f", rounded(share));
    }

    /** A difference in points, with its sign. */
    static String points(double share) {
        return String.format(Locale.ROOT, "%+.1f", rounded(share));
    }

    /** To a tenth of a percent; nothing is left of the sign of what is rounded to zero. */
    private static double rounded(double share) {
        return Double.isFinite(share) ? Math.round(1000 * share) / 10.0 : 100 * share;
    }

    static String chance(double p) {
        return p < 0.0001 ? "<0.0001" : String.format(Locale.ROOT, "%.4f", p);
    }
}
