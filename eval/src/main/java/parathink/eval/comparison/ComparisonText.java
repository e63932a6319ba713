package parathink.eval.comparison;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import parathink.eval.text.Terminal;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** What {@code compare} prints. */
final class ComparisonText {
    private static final int LETTERS = 26;

    private final Comparison comparison;

    ComparisonText(Comparison comparison) {
        this.comparison = comparison;
    }

    String text() {
        var parts = new ArrayList<String>();
        var arms = comparison.arms();
        parts.add("%d runs on %s, %d problems that all have"
                .formatted(
                        arms.size(),
                        shortened(arms.getFirst().directory().run().datasetName(), 32),
                        arms.getFirst().problems()));
        parts.add(print(runs()));
        parts.add(print(differences()));
        parts.add(print(spending()));
        parts.add(print(matched()));
        if (comparison.matched().rows().stream().anyMatch(row -> row.versus().isPresent())) {
            parts.add(print(crossovers()));
        }
        if (comparison.matched().rows().stream().anyMatch(ComparisonText::hasCrossing)) {
            parts.add(print(crossings()));
        }
        if (!comparison.matched().pairs().isEmpty()) {
            parts.add(print(pairs()));
        }
        parts.add(notes());
        return parts.stream().collect(Collectors.joining("\n\n")) + "\n";
    }

    private Table runs() {
        var table = table("runs", "", "run", "strategy", "repeats", "accuracy %", "work", "span");
        for (var arm : comparison.arms()) {
            add(
                    table,
                    label(arm.label()),
                    shortened(arm.label(), 30),
                    shortened(arm.directory().run().strategy(), 24),
                    Integer.toString(arm.repeats()),
                    Figures.percent(mean(arm.accuracy())),
                    Figures.amount(mean(arm.of(Measure.WORK).orElseThrow())),
                    Figures.amount(mean(arm.of(Measure.SPAN).orElseThrow())));
        }
        return table;
    }

    private Table differences() {
        var margin = comparison.spec().margin();
        var table = table(
                "differences in accuracy",
                "run",
                "less",
                "points",
                "95 % interval",
                "won:lost",
                "p exact",
                "mid-p",
                "Holm",
                "differs");
        margin.ifPresent(points -> table.addColumns(StringColumn.create("no worse")));
        for (var difference : comparison.differences()) {
            var cells = new ArrayList<>(List.of(
                    label(difference.run()),
                    label(difference.reference()),
                    Figures.points(difference.accuracy().value()),
                    range(difference.accuracy()),
                    "%d:%d".formatted(difference.won(), difference.lost()),
                    Figures.chance(difference.test().exact()),
                    Figures.chance(difference.test().mid()),
                    Figures.chance(difference.adjusted()),
                    shown(difference.different())));
            margin.ifPresent(points -> cells.add(shown(difference.noWorse(points))));
            add(table, cells.toArray(String[]::new));
        }
        return table;
    }

    private static String shown(boolean holds) {
        return holds ? "yes" : "unclear"; // what was not shown may still be so
    }

    private Table spending() {
        var table = table("spend a problem", "run", "less", "of", "difference", "95 % interval", "times", "95 %");
        for (var difference : comparison.differences()) {
            difference.spend().forEach((measure, spend) -> {
                if (spend.value() != 0 || spend.low() != 0 || spend.high() != 0) {
                    var ratio = difference.ratio().get(measure);
                    add(
                            table,
                            label(difference.run()),
                            label(difference.reference()),
                            measure.word(),
                            Figures.amount(spend.value()),
                            amounts(spend),
                            Figures.amount(ratio.value()),
                            amounts(ratio));
                }
            });
        }
        return table;
    }

    private Table matched() {
        var measure = comparison.measure().word();
        var table = table(
                "each run beside plain majority at the same " + measure,
                "run",
                measure,
                "run %",
                "majority %",
                "of k",
                "points",
                "95 % interval",
                "Holm p",
                "differs");
        for (var row : comparison.matched().rows()) {
            var versus = row.versus();
            add(
                    table,
                    label(row.run()),
                    Figures.amount(row.spend()),
                    Figures.percent(row.accuracy().value()),
                    versus.map(v -> Figures.percent(v.accuracy().value())).orElse(""),
                    versus.map(v -> Figures.amount(v.completions())).orElse(""),
                    versus.map(v -> Figures.points(v.difference().value())).orElse(""),
                    versus.map(v -> range(v.difference())).orElse(""),
                    versus.map(v -> Figures.chance(v.adjusted())).orElse(""),
                    versus.map(v -> shown(v.different())).orElse(""));
        }
        return table;
    }

    /** The spend at which plain majority first does as well as each run. */
    private Table crossovers() {
        var measure = comparison.measure().word();
        var table = table(
                "plain majority is first as accurate as", "run", measure + " of the run", "at " + measure, "95 %");
        for (var row : comparison.matched().rows()) {
            row.versus()
                    .ifPresent(versus -> add(
                            table,
                            label(row.run()),
                            Figures.amount(row.spend()),
                            Figures.amount(versus.crossover().value()),
                            amounts(versus.crossover())));
        }
        return table;
    }

    private static boolean hasCrossing(Matched row) {
        return row.versus().flatMap(Matched.Versus::crossing).isPresent();
    }

    /** Where the curves of runs and plain majority cross last. */
    private Table crossings() {
        var measure = comparison.measure().word();
        var table = table("the curve crosses that of plain majority at", "run", measure, "95 %", "of resamples %");
        for (var row : comparison.matched().rows()) {
            row.versus()
                    .flatMap(Matched.Versus::crossing)
                    .ifPresent(crossing -> add(
                            table,
                            label(row.run()),
                            Figures.amount(crossing.spend().value()),
                            amounts(crossing.spend()),
                            Figures.percent(crossing.share())));
        }
        return table;
    }

    private Table pairs() {
        var table = table(
                "at the same %s, %s a problem"
                        .formatted(
                                comparison.measure().word(),
                                Figures.amount(comparison.matched().target().orElseThrow())),
                "run",
                "less",
                "points",
                "95 % interval",
                "p",
                "Holm",
                "differs");
        for (var pair : comparison.matched().pairs()) {
            add(
                    table,
                    label(pair.run()),
                    label(pair.reference()),
                    Figures.points(pair.difference().value()),
                    range(pair.difference()),
                    Figures.chance(pair.pValue()),
                    Figures.chance(pair.adjusted()),
                    shown(pair.different()));
        }
        return table;
    }

    private String notes() {
        var lines = new ArrayList<String>();
        var spec = comparison.spec();
        lines.add("Intervals: bootstrap over problems with all their repeats, %d resamples, seed %d;"
                .formatted(spec.resamples(), spec.seed()));
        lines.add("Bonett and Price's adjusted Wald where fewer than 10 problems differ.");
        lines.add("Test: sign flips of whole problems, %s; with one repeat that is McNemar's.".formatted(counting()));
        lines.add("A run differs when its mid-p, adjusted by Holm for all rows of a table, is at most 0.05;");
        lines.add("at the same spend p is where the interval reaches zero, adjusted likewise.");
        spec.margin()
                .ifPresent(margin ->
                        lines.add("No worse: the interval lies above -%s points.".formatted(Figures.amount(margin))));
        comparison
                .pool()
                .ifPresent(pool -> lines.add("Plain majority: expectation over all subsets of the %d completions in %s."
                        .formatted(pool.size(), shortened(pool.arm().label(), 30))));
        if (comparison.measure() == Measure.SECONDS) {
            lines.add("Seconds of fewer completions are taken to be in proportion to their number.");
        }
        for (var row : comparison.matched().rows()) {
            if (!row.remark().isEmpty()) {
                lines.add("%s: %s.".formatted(label(row.run()), row.remark()));
            }
        }
        lines.addAll(unknown());
        return String.join("\n", lines);
    }

    /** How the chances of the test were found. */
    private String counting() {
        var differences = comparison.differences();
        if (differences.stream().allMatch(difference -> difference.test().counted())) {
            return "counted exactly";
        }
        return differences.stream().noneMatch(difference -> difference.test().counted())
                ? "by a normal approximation, as they are too many to count"
                : "counted exactly, or by a normal approximation where they are too many";
    }

    /** What is not known of some runs, once a reason. */
    private List<String> unknown() {
        var runs = new LinkedHashMap<String, List<String>>();
        for (var arm : comparison.arms()) {
            arm.unknown().forEach((measure, why) -> {
                if (measure != Measure.USD) { // without prices nobody asked for it
                    runs.computeIfAbsent("no %s: %s".formatted(measure.word(), why), key -> new ArrayList<>())
                            .add(label(arm.label()));
                }
            });
        }
        var lines = new ArrayList<String>();
        runs.forEach((why, labels) -> lines.add("%s: %s.".formatted(String.join(", ", labels), why)));
        return lines;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    private static String range(Interval interval) {
        return "%s to %s".formatted(Figures.points(interval.low()), Figures.points(interval.high()));
    }

    private static String amounts(Interval interval) {
        return "%s to %s".formatted(Figures.amount(interval.low()), Figures.amount(interval.high()));
    }

    /** A letter for a run, so that tables stay narrow; the first table says which is which. */
    private String label(String text) {
        for (int i = 0; i < comparison.arms().size(); i++) {
            if (comparison.arms().get(i).label().equals(text)) {
                return i < LETTERS ? Character.toString('A' + i) : "#" + (i + 1);
            }
        }
        throw new IllegalStateException("no run is called " + text);
    }

    /** The end of a long text, which is where names of runs and files differ. */
    private static String shortened(String text, int length) {
        var printable = Terminal.printable(text);
        return printable.length() > length ? "…" + printable.substring(printable.length() - length + 1) : printable;
    }

    private static Table table(String name, String... columns) {
        var table = Table.create(name);
        List.of(columns).forEach(column -> table.addColumns(StringColumn.create(column)));
        return table;
    }

    private static void add(Table table, String... cells) {
        for (int i = 0; i < cells.length; i++) {
            table.stringColumn(i).append(cells[i]);
        }
    }

    private static String print(Table table) {
        return Terminal.print(table);
    }
}
