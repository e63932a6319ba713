package parathink.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import parathink.eval.comparison.Interval;
import parathink.eval.judging.JudgeFigures;

/**
 * The figures of a judge for a terminal.
 *
 * @param figures one a cut
 * @param columns of the terminal
 */
record JudgeText(List<JudgeFigures> figures, int columns) {
    String text() {
        return ranking() + "\n" + spending() + "\nshare of the pairs that are the same, by verdict (pairs)\n"
                + calibration();
    }

    private String ranking() {
        var table = new TextTable(columns);
        table.row("cut", "AUROC, all pairs", "AUROC within problems", "of", "TNR at FNR 0.2", "calibration error");
        for (var line : figures) {
            table.row(
                    line.cut(),
                    interval(line.auroc()),
                    interval(line.within()),
                    Integer.toString(line.both()),
                    interval(line.trueNegatives()),
                    decimals(line.error()));
        }
        return table.text();
    }

    private String spending() {
        var table = new TextTable(columns);
        table.row("cut", "pairs", "problems", "same", "ended before", "judge reads a pair", "says");
        for (var line : figures) {
            table.row(
                    line.cut(),
                    Integer.toString(line.pairs()),
                    Integer.toString(line.problems()),
                    percent(line.same()),
                    percent(line.ended()),
                    String.format(Locale.ROOT, "%.1f tokens", line.judgePrefill()),
                    String.format(Locale.ROOT, "%.1f", line.judgeWork()));
        }
        return table.text();
    }

    private String calibration() {
        var table = new TextTable(columns);
        var head = new ArrayList<>(List.of("verdict"));
        figures.forEach(line -> head.add(line.cut()));
        table.row(head.toArray(String[]::new));
        int bins = figures.getFirst().bins().size();
        for (int bin = 0; bin < bins; bin++) {
            var row = new ArrayList<>(
                    List.of(String.format(Locale.ROOT, "%.1f to %.1f", (double) bin / bins, (bin + 1.0) / bins)));
            for (var line : figures) {
                var shown = line.bins().get(bin);
                row.add(shown.pairs() == 0 ? "-" : "%s (%d)".formatted(percent(shown.same()), shown.pairs()));
            }
            table.row(row.toArray(String[]::new));
        }
        return table.text();
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String decimals(double number) {
        return Double.isFinite(number) ? String.format(Locale.ROOT, "%.3f", number) : "-";
    }

    private static String interval(Interval interval) {
        return "%s [%s, %s]".formatted(decimals(interval.value()), decimals(interval.low()), decimals(interval.high()));
    }
}
