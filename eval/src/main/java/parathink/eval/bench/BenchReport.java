package parathink.eval.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import parathink.eval.directory.Json;
import parathink.eval.directory.Results;
import parathink.eval.directory.ResultsException;
import parathink.eval.text.Terminal;
import parathink.models.ModelSize;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Measurements as they are printed and written.
 *
 * @param model the model's name and numeric path
 * @param size its shape, where it is known
 * @param setting what all measurements have in common
 * @param sides by contestant
 */
public record BenchReport(
        String model, Optional<ModelSize> size, BenchSetting setting, List<Side> sides, List<BenchResult> results) {
    private static final int LONGEST_NAME = 36; // on a terminal

    /**
     * What is told of a contestant beside its speeds.
     *
     * @param peakMemory bytes
     */
    public record Side(String name, double startSeconds, OptionalLong peakMemory) {
        /** As a contestant stands now. */
        public static Side of(Contestant contestant) {
            return new Side(contestant.name(), contestant.startSeconds(), contestant.peakMemory());
        }
    }

    public BenchReport {
        sides = List.copyOf(sides);
        results = List.copyOf(results);
    }

    /** Bytes of keys and values of all rows of a shape, a shared prompt counted once, in the precision of this program's caches. */
    public OptionalLong cacheBytes(BenchShape shape) {
        return size.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(Float.BYTES * size.get().cacheNumbers() * setting.heldTokens(shape));
    }

    /** The table for a terminal, and a line for each contestant. */
    public String terminal() {
        var columns = List.of("rows", "prompt", "engine", "prefill tokens/s", "decode tokens/s").stream()
                .map(StringColumn::create)
                .toList();
        for (var result : results) {
            for (int side = 0; side < sides.size(); side++) {
                append(
                        columns,
                        side == 0 ? Integer.toString(result.shape().rows()) : "",
                        side == 0 ? Integer.toString(result.shape().context()) : "",
                        Terminal.shortened(sides.get(side).name(), LONGEST_NAME),
                        spread("%.0f", result.prefill(side)),
                        spread("%.0f", result.decode(side)));
            }
            for (int side = 1; side < sides.size(); side++) {
                append(
                        columns,
                        "",
                        "",
                        "  times as fast",
                        spread("%.2f", result.prefillRatio(side)),
                        spread("%.2f", result.decodeRatio(side)));
            }
        }
        var first = results.getFirst();
        var table = Table.create("%s, %s, %d tokens a row, %d threads, median (low to high) of %d"
                .formatted(
                        Terminal.printable(model),
                        setting.words(),
                        first.shape().tokens(),
                        setting.threads(),
                        first.timings().getFirst().size()));
        columns.forEach(table::addColumns);
        var text = new StringBuilder(Terminal.print(table)).append("\n");
        sides.forEach(side -> text.append(line(side)).append("\n"));
        return text.toString();
    }

    private static void append(List<StringColumn> columns, String... cells) {
        for (int column = 0; column < cells.length; column++) {
            columns.get(column).append(cells[column]);
        }
    }

    private static String line(Side side) {
        var memory = side.peakMemory().isPresent()
                ? String.format(
                        Locale.ROOT, ", %.0f MiB at most", side.peakMemory().getAsLong() / 1048576.0)
                : "";
        return String.format(
                Locale.ROOT, "%s: ready after %.2f s%s", Terminal.printable(side.name()), side.startSeconds(), memory);
    }

    static String spread(String format, Speeds speeds) {
        return String.format(
                Locale.ROOT,
                format + " (" + format + " to " + format + ")",
                speeds.median(),
                speeds.low(),
                speeds.high());
    }

    /** All figures, every round among them. */
    public ObjectNode json() {
        var json = Json.MAPPER
                .createObjectNode()
                .put("model", model)
                .put("threads", setting.threads())
                .put("branches", setting.branches())
                .put("temperature", setting.temperature())
                .put("top_p", setting.topP());
        var engines = json.putArray("engines");
        for (var side : sides) {
            var engine = engines.addObject().put("name", side.name()).put("start_seconds", side.startSeconds());
            side.peakMemory().ifPresent(bytes -> engine.put("peak_bytes", bytes));
        }
        var shapes = json.putArray("results");
        for (var result : results) {
            var one = shapes.addObject()
                    .put("rows", result.shape().rows())
                    .put("context", result.shape().context())
                    .put("tokens", result.shape().tokens());
            cacheBytes(result.shape()).ifPresent(bytes -> one.put("kv_bytes", bytes));
            var speeds = one.putArray("engines");
            for (int side = 0; side < sides.size(); side++) {
                var engine = speeds.addObject().put("name", sides.get(side).name());
                put(engine, "prefill", result.prefill(side));
                put(engine, "decode", result.decode(side));
                if (side > 0) {
                    put(engine, "prefill_ratio", result.prefillRatio(side));
                    put(engine, "decode_ratio", result.decodeRatio(side));
                }
            }
        }
        return json;
    }

    private static void put(ObjectNode engine, String field, Speeds speeds) {
        var object = engine.putObject(field)
                .put("median", speeds.median())
                .put("low", speeds.low())
                .put("high", speeds.high());
        var rounds = object.putArray("rounds");
        speeds.rounds().forEach(rounds::add);
    }

    /** Writes {@code bench.json} and {@code bench.html} into a folder, each whole or not at all. */
    public void writeTo(Path folder) {
        try {
            Files.createDirectories(folder);
            replace(folder.resolve("bench.json"), json().toPrettyString() + "\n");
            replace(folder.resolve("bench.html"), new BenchPage(this).html());
        } catch (IOException e) {
            throw new ResultsException(
                    "%s: the measurements cannot be written (%s); choose a folder with --out"
                            .formatted(folder, e.getMessage()),
                    e);
        }
    }

    private static void replace(Path file, String content) throws IOException {
        var temporary = file.resolveSibling("." + file.getFileName() + ".new");
        try {
            Files.writeString(temporary, content);
            Results.move(temporary, file);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
