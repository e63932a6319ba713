package parathink.eval.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import parathink.eval.directory.RunDirectory;
import parathink.eval.evidence.CurvePoint;
import parathink.eval.evidence.Estimate;
import parathink.eval.metrics.Ending;
import parathink.eval.metrics.Metrics;
import parathink.eval.metrics.PathTokens;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** The figures of a run as tables, each named after the file it is written to. Used by one thread. */
final class Tables {
    private final RunDirectory directory;
    private final Metrics metrics;

    Tables(RunDirectory directory, Metrics metrics) {
        this.directory = directory;
        this.metrics = metrics;
    }

    /** All tables, in the order in which they are worth reading. */
    List<Table> all() {
        var tables = new ArrayList<>(List.of(summary(), curve(), fates(), endings(), lengths(), problems()));
        tables.addAll(new EvidenceTables(metrics.evidence()).all());
        return tables;
    }

    Table summary() {
        var rows = new LinkedHashMap<String, Estimate>();
        metrics.accuracy().ifPresent(accuracy -> rows.put("accuracy", accuracy));
        if (!metrics.curve().isEmpty()) {
            var first = metrics.curve().getFirst();
            var last = metrics.curve().getLast();
            rows.put("pass@1", first.pass());
            if (last.k() > 1) {
                rows.put("cons@" + last.k(), last.cons());
                rows.put("pass@" + last.k(), last.pass());
            }
        }
        var measure = StringColumn.create("measure");
        var value = DoubleColumn.create("value");
        var low = DoubleColumn.create("low");
        var high = DoubleColumn.create("high");
        var interval = StringColumn.create("interval");
        rows.forEach((name, estimate) -> {
            measure.append(name);
            value.append(estimate.value());
            low.append(estimate.low());
            high.append(estimate.high());
            interval.append(estimate.method().word());
        });
        for (var plain : plainMeasures().entrySet()) {
            measure.append(plain.getKey());
            value.append(plain.getValue());
            low.appendMissing();
            high.appendMissing();
            interval.append("");
        }
        return Table.create("summary", measure, value, low, high, interval);
    }

    private Map<String, Double> plainMeasures() {
        var plain = new LinkedHashMap<String, Double>();
        plain.put("unanswered", metrics.unansweredRate());
        plain.put("errors", metrics.errorRate());
        plain.put("completions without an answer", metrics.rate(Ending.NO_ANSWER));
        plain.put("completions cut off", metrics.rate(Ending.CUT_OFF));
        double attempts = Math.max(1, metrics.attempts());
        plain.put("work a problem", metrics.usage().work() / attempts);
        plain.put("span a problem", metrics.usage().span() / attempts);
        plain.put("prefill a problem", metrics.usage().prefill() / attempts);
        plain.put("reused a problem", metrics.usage().reused() / attempts);
        plain.put("judge work a problem", metrics.usage().judgeWork() / attempts);
        plain.put("judge prefill a problem", metrics.usage().judgePrefill() / attempts);
        PathTokens.of(directory).ifPresent(tokens -> {
            plain.put("B_seq a problem", tokens.accepted());
            plain.put("B_total a problem", tokens.all());
        });
        metrics.tokensPerSecond().ifPresent(speed -> plain.put("tokens a second", speed));
        return plain;
    }

    Table curve() {
        var points = metrics.curve();
        return Table.create(
                "curve",
                IntColumn.create("k", points.stream().mapToInt(CurvePoint::k)),
                column("cons", points.stream().map(point -> point.cons().value())),
                column("cons_low", points.stream().map(point -> point.cons().low())),
                column("cons_high", points.stream().map(point -> point.cons().high())),
                column("pass", points.stream().map(point -> point.pass().value())),
                column("pass_low", points.stream().map(point -> point.pass().low())),
                column("pass_high", points.stream().map(point -> point.pass().high())),
                column("work", points.stream().map(CurvePoint::work)),
                column("span", points.stream().map(CurvePoint::span)));
    }

    private static DoubleColumn column(String name, Stream<Double> values) {
        return DoubleColumn.create(name, values.toList());
    }

    Table fates() {
        var fate = StringColumn.create("fate");
        var attempts = IntColumn.create("attempts");
        var share = DoubleColumn.create("share");
        metrics.fates().forEach((key, count) -> {
            fate.append(key.label(directory.run().decision()));
            attempts.append(count);
            share.append(count / (double) Math.max(1, metrics.attempts()));
        });
        return Table.create("fates", fate, attempts, share);
    }

    Table endings() {
        var ending = StringColumn.create("ending");
        var completions = IntColumn.create("completions");
        var share = DoubleColumn.create("share");
        metrics.endings().forEach((key, count) -> {
            ending.append(key.label());
            completions.append(count);
            share.append(metrics.rate(key));
        });
        return Table.create("endings", ending, completions, share);
    }

    Table lengths() {
        var lengths = metrics.lengths();
        int bins = lengths.counts().values().stream().mapToInt(List::size).max().orElse(0);
        var table = Table.create("lengths");
        var from = IntColumn.create("tokens_from");
        var to = IntColumn.create("tokens_to");
        for (int bin = 0; bin < bins; bin++) {
            from.append(bin * lengths.width());
            to.append((bin + 1) * lengths.width() - 1);
        }
        table.addColumns(from, to);
        lengths.counts()
                .forEach((ending, counts) -> table.addColumns(
                        IntColumn.create(ending.word(), counts.stream().mapToInt(Integer::intValue))));
        return table;
    }

    Table problems() {
        var table = Table.create(
                "problems",
                StringColumn.create("problem"),
                IntColumn.create("repeat"),
                StringColumn.create("status"),
                StringColumn.create("fate"),
                StringColumn.create("answer"),
                StringColumn.create("reference"),
                BooleanColumn.create("correct"),
                BooleanColumn.create("oracle"),
                IntColumn.create("completions"),
                LongColumn.create("prefill"),
                LongColumn.create("reused"),
                LongColumn.create("work"),
                LongColumn.create("span"),
                LongColumn.create("judge_prefill"),
                LongColumn.create("judge_work"),
                StringColumn.create("error"));
        var fates = metrics.fateOf();
        for (var line : directory.problems()) {
            table.stringColumn("problem").append(line.problem());
            table.intColumn("repeat").append(line.repeat());
            table.stringColumn("status").append(line.status().word());
            table.stringColumn("fate").append(fates.get(line.attempt()).word());
            table.stringColumn("answer").append(line.answer().orElse(""));
            table.stringColumn("reference").append(line.reference().orElse(""));
            line.correct()
                    .ifPresentOrElse(
                            correct -> table.booleanColumn("correct").append(correct),
                            () -> table.booleanColumn("correct").appendMissing());
            table.booleanColumn("oracle").append(line.oracle());
            table.intColumn("completions").append(line.finish().total());
            table.longColumn("prefill").append(line.usage().prefill());
            table.longColumn("reused").append(line.usage().reused());
            table.longColumn("work").append(line.usage().work());
            table.longColumn("span").append(line.usage().span());
            table.longColumn("judge_prefill").append(line.usage().judgePrefill());
            table.longColumn("judge_work").append(line.usage().judgeWork());
            table.stringColumn("error").append(line.error().orElse(""));
        }
        return table;
    }

    /** The headline of several runs, one row a run. */
    static Table runs(List<Report> reports) {
        var table = Table.create(
                "runs",
                StringColumn.create("run"),
                StringColumn.create("strategy"),
                StringColumn.create("dataset"),
                StringColumn.create("model"),
                StringColumn.create("status"),
                IntColumn.create("attempts"),
                DoubleColumn.create("accuracy"),
                DoubleColumn.create("low"),
                DoubleColumn.create("high"),
                DoubleColumn.create("work"),
                DoubleColumn.create("span"));
        for (var report : reports) {
            var run = report.directory().run();
            var metrics = report.metrics();
            double attempts = Math.max(1, metrics.attempts());
            table.stringColumn("run").append(report.directory().path().toString());
            table.stringColumn("strategy").append(run.strategyName());
            table.stringColumn("dataset").append(run.dataset());
            table.stringColumn("model").append(run.model());
            table.stringColumn("status").append(run.status().word());
            table.intColumn("attempts").append(metrics.attempts());
            metrics.accuracy()
                    .ifPresentOrElse(
                            accuracy -> {
                                table.doubleColumn("accuracy").append(accuracy.value());
                                table.doubleColumn("low").append(accuracy.low());
                                table.doubleColumn("high").append(accuracy.high());
                            },
                            () -> List.of("accuracy", "low", "high")
                                    .forEach(name -> table.doubleColumn(name).appendMissing()));
            table.doubleColumn("work").append(metrics.usage().work() / attempts);
            table.doubleColumn("span").append(metrics.usage().span() / attempts);
        }
        return table;
    }
}
