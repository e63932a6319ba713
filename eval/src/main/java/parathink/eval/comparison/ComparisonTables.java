package parathink.eval.comparison;

import java.util.Arrays;
import java.util.List;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** The figures of a comparison as tables, each named after the file it is written to. Shares, not points. */
final class ComparisonTables {
    private final Comparison comparison;

    ComparisonTables(Comparison comparison) {
        this.comparison = comparison;
    }

    List<Table> all() {
        return List.of(differences(), spending(), matched());
    }

    Table differences() {
        var table = Table.create("differences", StringColumn.create("run"), StringColumn.create("reference"));
        doubles(table, "difference", "low", "high", "p_exact", "p_mid", "p_holm");
        table.addColumns(
                IntColumn.create("won"),
                IntColumn.create("lost"),
                StringColumn.create("interval"),
                BooleanColumn.create("different"));
        for (var difference : comparison.differences()) {
            table.stringColumn("run").append(difference.run());
            table.stringColumn("reference").append(difference.reference());
            table.doubleColumn("difference").append(difference.accuracy().value());
            table.doubleColumn("low").append(difference.accuracy().low());
            table.doubleColumn("high").append(difference.accuracy().high());
            table.doubleColumn("p_exact").append(difference.test().exact());
            table.doubleColumn("p_mid").append(difference.test().mid());
            table.doubleColumn("p_holm").append(difference.adjusted());
            table.intColumn("won").append(difference.won());
            table.intColumn("lost").append(difference.lost());
            table.stringColumn("interval").append(difference.accuracy().method().word());
            table.booleanColumn("different").append(difference.different());
        }
        return table;
    }

    Table spending() {
        var table = Table.create(
                "spending",
                StringColumn.create("run"),
                StringColumn.create("reference"),
                StringColumn.create("measure"));
        doubles(table, "difference", "low", "high", "ratio", "ratio_low", "ratio_high");
        for (var difference : comparison.differences()) {
            difference.spend().forEach((measure, spend) -> {
                var ratio = difference.ratio().get(measure);
                table.stringColumn("run").append(difference.run());
                table.stringColumn("reference").append(difference.reference());
                table.stringColumn("measure").append(measure.word());
                append(table, 3, spend.value(), spend.low(), spend.high(), ratio.value(), ratio.low(), ratio.high());
            });
        }
        return table;
    }

    Table matched() {
        var table = Table.create(
                "matched", StringColumn.create("run"), StringColumn.create("strategy"), StringColumn.create("measure"));
        doubles(
                table,
                "spend",
                "accuracy",
                "accuracy_low",
                "accuracy_high",
                "majority",
                "majority_k",
                "difference",
                "low",
                "high",
                "p",
                "p_holm",
                "crossover",
                "crossover_low",
                "crossover_high",
                "crossing",
                "crossing_low",
                "crossing_high",
                "crossing_share");
        table.addColumns(StringColumn.create("remark"));
        for (var row : comparison.matched().rows()) {
            table.stringColumn("run").append(row.run());
            table.stringColumn("strategy").append(row.strategy());
            table.stringColumn("measure").append(comparison.measure().word());
            append(
                    table,
                    3,
                    row.spend(),
                    row.accuracy().value(),
                    row.accuracy().low(),
                    row.accuracy().high());
            append(table, 7, row.versus().map(ComparisonTables::cells).orElseGet(ComparisonTables::none));
            table.stringColumn("remark").append(row.remark());
        }
        return table;
    }

    private static double[] cells(Matched.Versus versus) {
        var crossing = versus.crossing();
        return new double[] {
            versus.accuracy().value(),
            versus.completions(),
            versus.difference().value(),
            versus.difference().low(),
            versus.difference().high(),
            versus.pValue(),
            versus.adjusted(),
            versus.crossover().value(),
            versus.crossover().low(),
            versus.crossover().high(),
            crossing.map(known -> known.spend().value()).orElse(Double.NaN),
            crossing.map(known -> known.spend().low()).orElse(Double.NaN),
            crossing.map(known -> known.spend().high()).orElse(Double.NaN),
            crossing.map(Matched.Crossing::share).orElse(Double.NaN)
        };
    }

    private static double[] none() {
        var none = new double[14];
        Arrays.fill(none, Double.NaN);
        return none;
    }

    private static void doubles(Table table, String... names) {
        for (var name : names) {
            table.addColumns(DoubleColumn.create(name));
        }
    }

    private static void append(Table table, int from, double... cells) {
        for (int i = 0; i < cells.length; i++) {
            var column = table.doubleColumn(from + i);
            if (Double.isFinite(cells[i])) {
                column.append(cells[i]);
            } else {
                column.appendMissing();
            }
        }
    }
}
