package parathink.eval.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import parathink.eval.directory.RunDirectory;
import parathink.eval.directory.RunRecord;
import parathink.eval.evidence.Estimate;
import parathink.eval.evidence.Fate;
import parathink.eval.metrics.Ending;
import parathink.eval.metrics.Metrics;
import parathink.eval.metrics.PathTokens;
import parathink.eval.pool.BesideMajority;
import parathink.eval.text.Terminal;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** What {@code run} and {@code report} print: of one run at most 80 columns wide, of several 100. Whole numbers are grouped by commas. */
final class RunText {
    /** Problems from which on an analysis of votes, costs or laws can say something. */
    static final int FEW = 20;

    private static final String CURVE_KEY = """

            cons@k: the most frequent answer of k is right; pass@k: any of k is right;
            low and high: their 95 % intervals; work and span: tokens a problem""";

    private final RunDirectory directory;
    private final Metrics metrics;

    RunText(RunDirectory directory, Metrics metrics) {
        this.directory = directory;
        this.metrics = metrics;
    }

    String text() {
        var run = directory.run();
        var text = new StringBuilder();
        text.append("%s on %s, %s, seed %d%n"
                .formatted(
                        Terminal.shortened(run.strategyName(), 36),
                        Terminal.shortened(run.datasetName(), 40),
                        Terminal.shortened(run.modelName(), 24),
                        run.seed()));
        if (run.status() != RunRecord.Status.COMPLETE) {
            text.append("%s: %d of %d attempts done, figures are of these%n"
                    .formatted(run.status().word(), metrics.attempts(), run.attempts()));
        }
        reservations().forEach(reservation -> text.append(reservation).append("%n".formatted()));
        text.append(headline())
                .append('\n')
                .append(caution())
                .append('\n')
                .append(Terminal.print(figures()))
                .append("\n\n");
        if (metrics.curve().size() > 1) {
            text.append(Terminal.print(curve())).append(CURVE_KEY).append("\n\n");
        }
        text.append(Terminal.print(fates())).append("\n");
        BesideMajority.of(directory).ifPresent(majority -> text.append('\n').append(new MajorityText(majority).text()));
        var evidence = new EvidenceText(metrics.evidence(), metrics.problems() < FEW).text();
        return evidence.isEmpty()
                ? text.toString()
                : text.append("\n").append(evidence).append("\n").toString();
    }

    /** What the engine said of itself that a reader of the figures should know. */
    private List<String> reservations() {
        return Stream.of("seeds", "tokens")
                .flatMap(topic -> directory.problems().stream()
                        .map(line -> line.notes().path(topic))
                        .filter(JsonNode::isTextual)
                        .map(note -> "%s: %s".formatted(topic, Terminal.printable(note.textValue())))
                        .distinct())
                .toList();
    }

    private String headline() {
        return metrics.accuracy()
                .map(accuracy -> "accuracy %s, 95 %% interval %s to %s (%s, %d problems)"
                        .formatted(
                                percent(accuracy.value()),
                                percent(accuracy.low()),
                                percent(accuracy.high()),
                                method(accuracy.method()),
                                metrics.problems()))
                .orElse(
                        metrics.attempts() == 0
                                ? "no accuracy: no attempt is done yet"
                                : "no accuracy: no problem has a reference to grade by");
    }

    private static String method(Estimate.Method method) {
        return switch (method) {
            case WILSON -> "Wilson";
            case PLUS_FOUR -> "Agresti-Coull";
            case BOOTSTRAP -> "bootstrap over problems";
            case INVERSION -> "by simulation";
        };
    }

    /** What another set of as many problems might have given. */
    private String caution() {
        return metrics.problems() < FEW && metrics.accuracy().isPresent()
                ? "With so few problems, chance alone explains any accuracy in that interval.\n"
                : "";
    }

    private Table figures() {
        double attempts = Math.max(1, metrics.attempts());
        var usage = metrics.usage();
        var names = StringColumn.create("tokens of a problem");
        var values = StringColumn.create("mean");
        var rates = StringColumn.create("share of");
        var shares = StringColumn.create("percent");
        String[][] rows = {
            {
                "work (all decoded)",
                whole(usage.work() / attempts),
                "attempts unanswered",
                percent(metrics.unansweredRate())
            },
            {"span (longest chain)", whole(usage.span() / attempts), "attempts in error", percent(metrics.errorRate())},
            {
                "prefill (prompts read)",
                whole(usage.prefill() / attempts),
                "completions without answer",
                percent(metrics.rate(Ending.NO_ANSWER))
            },
            {
                "reused (prompts shared)",
                whole(usage.reused() / attempts),
                "completions cut off",
                percent(metrics.rate(Ending.CUT_OFF))
            },
            {
                usage.judgeWork() == 0 ? "" : "judges",
                usage.judgeWork() == 0 ? "" : whole(usage.judgeWork() / attempts),
                "completions cancelled",
                percent(metrics.rate(Ending.CANCELLED))
            },
        };
        for (var row : rows) {
            names.append(row[0]);
            values.append(row[1]);
            rates.append(row[2]);
            shares.append(row[3]);
        }
        PathTokens.of(directory).ifPresent(tokens -> {
            names.append("B_seq (accepted calls)").append("B_total (all calls)");
            values.append(whole(tokens.accepted())).append(whole(tokens.all()));
            rates.append("").append("");
            shares.append("").append("");
        });
        var speed = metrics.tokensPerSecond();
        var name =
                speed.isPresent() ? "%s tokens a second".formatted(whole(speed.getAsDouble())) : "tokens and endings";
        return Table.create(name, names, values, rates, shares);
    }

    /** The curve at 1, 2, 4, 8, … and at its end. */
    private Table curve() {
        var k = IntColumn.create("k");
        var columns = Arrays.stream(
                        new String[] {"cons@k %", "c. low", "c. high", "pass@k %", "p. low", "p. high", "work", "span"})
                .map(DoubleColumn::create)
                .toList();
        int last = metrics.curve().getLast().k();
        for (var point : metrics.curve()) {
            if (Integer.bitCount(point.k()) == 1 || point.k() == last) {
                k.append(point.k());
                double[] cells = {
                    100 * point.cons().value(),
                    100 * point.cons().low(),
                    100 * point.cons().high(),
                    100 * point.pass().value(),
                    100 * point.pass().low(),
                    100 * point.pass().high(),
                    point.work(),
                    point.span()
                };
                for (int i = 0; i < cells.length; i++) {
                    columns.get(i).append(cells[i]);
                }
            }
        }
        var symbols = DecimalFormatSymbols.getInstance(Locale.ROOT);
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).setPrintFormatter(new DecimalFormat(i < 6 ? "0.0" : "#,##0", symbols), "");
        }
        var table = Table.create("accuracy with k completions, all subsets of an attempt", k);
        columns.forEach(table::addColumns);
        return table;
    }

    private Table fates() {
        var fate = StringColumn.create("outcome");
        var count = IntColumn.create("attempts");
        var share = StringColumn.create("percent");
        var examples = StringColumn.create("such as");
        for (var entry : metrics.fates().entrySet()) {
            if (entry.getValue() > 0) {
                fate.append(entry.getKey().label(directory.run().decision()));
                count.append(entry.getValue());
                share.append(percent(entry.getValue() / (double) metrics.attempts()));
                examples.append(examples(entry.getKey()));
            }
        }
        return Table.create("outcomes", fate, count, share, examples);
    }

    private String examples(Fate fate) {
        var ids = metrics.evidence().waterfall().cases().get(fate).stream()
                .map(one -> Terminal.printable(one.problem()))
                .distinct() // an attempt a repeat
                .limit(3)
                .collect(Collectors.joining(", "));
        return Terminal.shortened(ids, 40);
    }

    static String overview(List<Report> reports) {
        String[] names = {"run", "strategy", "dataset", "attempts", "accuracy", "95 % interval", "work", "span"};
        boolean oneDataset = reports.stream()
                        .map(report -> report.directory().run().datasetName())
                        .distinct()
                        .count()
                == 1;
        int room = oneDataset ? 24 : 12; // a column that says the same in every row leaves its width to the names
        var columns = Arrays.stream(names).map(StringColumn::create).toList();
        for (var report : reports) {
            var run = report.directory().run();
            var metrics = report.metrics();
            double attempts = Math.max(1, metrics.attempts());
            var accuracy = metrics.accuracy();
            String[] cells = {
                Terminal.shortened(String.valueOf(report.directory().path().getFileName()), room),
                Terminal.shortened(run.strategyName(), 16),
                Terminal.shortened(run.datasetName(), 11),
                whole(metrics.attempts()),
                accuracy.map(estimate -> percent(estimate.value())).orElse("none"),
                accuracy.map(estimate ->
                                String.format(Locale.ROOT, "%.1f to %.1f", 100 * estimate.low(), 100 * estimate.high()))
                        .orElse(""),
                whole(metrics.usage().work() / attempts),
                whole(metrics.usage().span() / attempts)
            };
            for (int i = 0; i < cells.length; i++) {
                columns.get(i).append(cells[i]);
            }
        }
        var table = Table.create("runs");
        columns.stream()
                .filter(column -> !(oneDataset && column.name().equals("dataset")))
                .forEach(table::addColumns);
        return Terminal.print(table) + "\n";
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String whole(double number) {
        return String.format(Locale.ROOT, "%,.0f", number);
    }
}
