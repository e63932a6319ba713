package parathink.eval.report;

import java.util.Locale;
import parathink.eval.comparison.Interval;
import parathink.eval.pool.BesideMajority;

/** A replayed run beside plain majority of its pool, as lines for a terminal. */
record MajorityText(BesideMajority figures) {
    String text() {
        var text =
                new StringBuilder("plain majority of the pool, all subsets      accuracy     work  this run less it\n");
        for (var baseline : figures.baselines()) {
            text.append(String.format(
                    Locale.ROOT,
                    "  %-42s %6.1f %% %8.0f  %s%n",
                    what(baseline),
                    100 * baseline.accuracy(),
                    baseline.work(),
                    points(baseline.difference())));
        }
        return text.append(String.format(
                        Locale.ROOT,
                        "this run decodes %.1f %% less than all of them; its judge reads %,.0f tokens a problem%n",
                        100 * figures.saved(),
                        figures.judged()))
                .toString();
    }

    private String what(BesideMajority.Baseline baseline) {
        return switch (baseline.size()) {
            case FINISHED -> "of %d, as many as finish here".formatted(figures.finished());
            case SAME_WORK -> String.format(Locale.ROOT, "at the same work, of %.1f", baseline.completions());
            case ALL -> String.format(Locale.ROOT, "of all %.0f", baseline.completions());
        };
    }

    private static String points(Interval interval) {
        return String.format(
                Locale.ROOT,
                "%+.1f [%+.1f, %+.1f]",
                100 * interval.value(),
                100 * interval.low(),
                100 * interval.high());
    }
}
