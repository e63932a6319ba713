package parathink.eval.sweep;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import parathink.eval.directory.Json;
import parathink.eval.directory.Results;
import parathink.eval.directory.ResultsException;
import parathink.eval.report.HtmlReport;
import parathink.eval.report.Report;
import parathink.eval.report.TraceChoice;
import parathink.eval.text.TableFiles;
import parathink.eval.text.Terminal;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * A grid of runs on the same problems, side by side: accuracy against work and span, and which of them are on the Pareto
 * fronts. Immutable.
 */
public final class Sweep {
    private static final int RESAMPLES = 1000;
    private static final long SEED = 1;
    private static final int LONGEST_SETTINGS = 26; // on a terminal

    private final List<SweepCell> cells;
    private final boolean[] workFront;
    private final boolean[] spanFront;
    private final double[] workShares;
    private final double[] spanShares;

    /**
     * Puts runs side by side.
     *
     * @param cells at least one, all of the same problems
     */
    public Sweep(List<SweepCell> cells) {
        this.cells = List.copyOf(cells);
        for (var cell : cells) {
            if (!cell.problems().equals(cells.getFirst().problems())) {
                throw new IllegalArgumentException(
                        "the runs of a sweep must be of the same problems: %s has %d, %s has %d"
                                .formatted(
                                        cells.getFirst().directory(),
                                        cells.getFirst().problems().size(),
                                        cell.directory(),
                                        cell.problems().size()));
            }
        }
        var accuracy =
                cells.stream().mapToDouble(cell -> cell.accuracy().value()).toArray();
        workFront = ParetoFront.of(
                accuracy, cells.stream().mapToDouble(SweepCell::meanWork).toArray());
        spanFront = ParetoFront.of(
                accuracy, cells.stream().mapToDouble(SweepCell::meanSpan).toArray());
        var right = matrix(SweepCell::right);
        workShares = ParetoFront.shares(right, matrix(SweepCell::work), RESAMPLES, SEED);
        spanShares = ParetoFront.shares(right, matrix(SweepCell::span), RESAMPLES, SEED);
    }

    private double[][] matrix(Function<SweepCell, List<Double>> values) {
        return cells.stream()
                .map(cell -> values.apply(cell).stream()
                        .mapToDouble(Double::doubleValue)
                        .toArray())
                .toArray(double[][]::new);
    }

    public List<SweepCell> cells() {
        return cells;
    }

    /** One table over all cells, in the order of the grid. */
    Table table() {
        var table = Table.create(
                "sweep",
                StringColumn.create("run"),
                StringColumn.create("strategy"),
                StringColumn.create("settings"),
                IntColumn.create("attempts"),
                IntColumn.create("errors"));
        for (var name : List.of("accuracy", "low", "high", "work", "span")) {
            table.addColumns(DoubleColumn.create(name));
        }
        for (var name : List.of("on_work_front", "on_span_front")) {
            table.addColumns(StringColumn.create(name));
        }
        for (var name :
                List.of("work_front_share", "span_front_share", "repeat_deviation", "repeat_low", "repeat_high")) {
            table.addColumns(DoubleColumn.create(name));
        }
        for (int i = 0; i < cells.size(); i++) {
            fill(table, i);
        }
        return table;
    }

    private void fill(Table table, int i) {
        var cell = cells.get(i);
        table.stringColumn("run").append(String.valueOf(cell.directory().getFileName()));
        table.stringColumn("strategy").append(cell.strategy());
        table.stringColumn("settings").append(cell.typed());
        table.intColumn("attempts").append(cell.attempts());
        table.intColumn("errors").append(cell.errors());
        table.doubleColumn("accuracy").append(cell.accuracy().value());
        table.doubleColumn("low").append(cell.accuracy().low());
        table.doubleColumn("high").append(cell.accuracy().high());
        table.doubleColumn("work").append(cell.meanWork());
        table.doubleColumn("span").append(cell.meanSpan());
        table.stringColumn("on_work_front").append(Boolean.toString(workFront[i]));
        table.stringColumn("on_span_front").append(Boolean.toString(spanFront[i]));
        table.doubleColumn("work_front_share").append(workShares[i]);
        table.doubleColumn("span_front_share").append(spanShares[i]);
        cell.repeats()
                .ifPresentOrElse(
                        spread -> {
                            table.doubleColumn("repeat_deviation").append(spread.deviation());
                            table.doubleColumn("repeat_low").append(spread.lowest());
                            table.doubleColumn("repeat_high").append(spread.highest());
                        },
                        () -> {
                            table.doubleColumn("repeat_deviation").appendMissing();
                            table.doubleColumn("repeat_low").appendMissing();
                            table.doubleColumn("repeat_high").appendMissing();
                        });
    }

    /** Names of the settings that have several values; that of any other says nothing of a cell. */
    private Set<String> varied() {
        var values = new HashMap<String, Set<String>>();
        for (var cell : cells) {
            cell.settings()
                    .forEach((name, value) -> values.computeIfAbsent(name, none -> new HashSet<>())
                            .add(value));
        }
        return values.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** The table for a terminal, with the settings that differ; an asterisk marks what is on a front. */
    public String terminal() {
        var varied = varied();
        var columns = new ArrayList<StringColumn>();
        for (var name :
                List.of("strategy", "settings", "accuracy", "95 % interval", "work", "work *", "span", "span *")) {
            columns.add(StringColumn.create(name));
        }
        for (int i = 0; i < cells.size(); i++) {
            var cell = cells.get(i);
            String[] row = {
                Terminal.printable(cell.strategy()),
                Terminal.shortened(cell.typed(varied), LONGEST_SETTINGS),
                number("%.1f %%", 100 * cell.accuracy().value()),
                number("%.1f", 100 * cell.accuracy().low()) + " to "
                        + number("%.1f", 100 * cell.accuracy().high()),
                number("%,.0f", cell.meanWork()),
                mark(workFront[i], workShares[i]),
                number("%,.0f", cell.meanSpan()),
                mark(spanFront[i], spanShares[i])
            };
            for (int column = 0; column < row.length; column++) {
                columns.get(column).append(row[column]);
            }
        }
        var table =
                Table.create("%s, tokens a problem".formatted(cells.size() == 1 ? "1 run" : cells.size() + " runs"));
        columns.forEach(table::addColumns);
        return Terminal.print(table) + "\n* on the Pareto front; the share says in how many of " + RESAMPLES
                + " draws of the problems it is\n";
    }

    private static String mark(boolean front, double share) {
        return (front ? "* " : "  ") + number("%.0f %%", 100 * share);
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    /** The figures of every cell as one JSON object. */
    public List<ObjectNode> json() {
        var objects = new ArrayList<ObjectNode>();
        for (int i = 0; i < cells.size(); i++) {
            var cell = cells.get(i);
            var json = Json.MAPPER.createObjectNode();
            json.put("directory", cell.directory().toString());
            json.put("strategy", cell.strategy());
            cell.settings().forEach(json.putObject("settings")::put);
            json.put("attempts", cell.attempts()).put("errors", cell.errors());
            json.put("accuracy", cell.accuracy().value());
            json.put("low", cell.accuracy().low()).put("high", cell.accuracy().high());
            json.put("interval", cell.accuracy().method().word());
            json.put("work", cell.meanWork()).put("span", cell.meanSpan());
            json.put("on_work_front", workFront[i]).put("on_span_front", spanFront[i]);
            json.put("work_front_share", workShares[i]).put("span_front_share", spanShares[i]);
            cell.repeats()
                    .ifPresent(spread -> json.putObject("repeats")
                            .put("count", spread.repeats())
                            .put("deviation", spread.deviation())
                            .put("lowest", spread.lowest())
                            .put("median", spread.median())
                            .put("highest", spread.highest()));
            objects.add(json);
        }
        return objects;
    }

    /**
     * Writes {@code report.html} over all cells, {@code sweep.json} and {@code tables/sweep.*} into a folder, each file whole
     * or not at all.
     *
     * @param comparison paired differences of the cells, for the page; empty where there are none
     * @return a sentence for each thing that the page leaves out
     */
    public List<String> writeTo(Path folder, ObjectNode comparison) {
        var directories = cells.stream().map(SweepCell::directory).toList();
        var page =
                new HtmlReport(directories, cell -> Report.of(directories.get(cell)), comparison, TraceChoice.FITTING);
        try {
            Files.createDirectories(folder);
            TableFiles.write(List.of(table()), folder.resolve("tables"));
            var array = Json.MAPPER.createArrayNode().addAll(json());
            replace(folder.resolve("sweep.json"), file -> Files.writeString(file, array.toPrettyString() + "\n"));
            var leftOut = new ArrayList<String>();
            replace(folder.resolve("report.html"), file -> leftOut.addAll(page.writeTo(file)));
            return leftOut;
        } catch (IOException e) {
            throw new ResultsException(
                    "%s: the sweep cannot be written (%s); choose a folder with --out"
                            .formatted(folder, e.getMessage()),
                    e);
        }
    }

    private interface Content {
        void writeTo(Path file) throws IOException;
    }

    private static void replace(Path file, Content content) throws IOException {
        var temporary = file.resolveSibling("." + file.getFileName() + ".new");
        try {
            content.writeTo(temporary);
            Results.move(temporary, file);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
