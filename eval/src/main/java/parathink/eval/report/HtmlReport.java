package parathink.eval.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.IntFunction;
import java.util.zip.Deflater;
import parathink.eval.directory.Json;
import parathink.eval.evidence.Fate;
import parathink.eval.metrics.Ending;
import parathink.eval.text.Terminal;
import parathink.strategies.Decision;

/**
 * The page: one file that needs no network, for one run or several. Figures are plain JSON in a data block; attempts and
 * completions are compressed and unpacked when they are wanted, and written run by run. The content security policy admits our own scripts by their
 * hashes, and no request at all. Used by one thread.
 */
public final class HtmlReport {
    private static final String[] SCRIPTS = {
        "page.js",
        "charts.js",
        "runs.js",
        "accuracy.js",
        "majority.js",
        "outcomes.js",
        "evidence.js",
        "heatmap.js",
        "traces.js",
        "problems.js",
        "main.js"
    };

    private final List<Path> directories;
    private final IntFunction<Report> reports;
    private final ObjectNode comparison;
    private final List<String> names;
    private final TraceChoice choice;
    private final List<Shown> shown = new ArrayList<>();

    /**
     * What stays of a run when its completions have been written and let go.
     *
     * @param title of a page on it alone
     * @param dataset it is of
     * @param decision what made its answers
     * @param json its figures
     * @param attempts it has
     * @param listed of them, those in the page's table
     * @param kept of those listed, with their texts
     */
    private record Shown(
            String title,
            String dataset,
            Decision decision,
            ObjectNode json,
            int attempts,
            int listed,
            PageTraces.Kept kept) {}

    HtmlReport(List<Report> reports, ObjectNode comparison, TraceChoice choice) {
        this(
                reports.stream().map(report -> report.directory().path()).toList(),
                List.copyOf(reports)::get,
                comparison,
                choice);
    }

    /**
     * A page over runs that need not fit into memory together.
     *
     * @param directories of the runs
     * @param reports of each by its place; asked for in turn, each once, and let go before the next
     */
    public HtmlReport(List<Path> directories, IntFunction<Report> reports, ObjectNode comparison, TraceChoice choice) {
        this.directories = List.copyOf(directories);
        this.reports = reports;
        this.comparison = comparison.deepCopy();
        this.names = RunNames.of(directories);
        this.choice = choice;
    }

    /** Writes the page and returns a sentence for each thing that it leaves out. */
    public List<String> writeTo(Path file) throws IOException {
        var page = resource("page.html");
        var plotly = resource("plotly-basic.min.js");
        var script = new StringBuilder();
        for (var name : SCRIPTS) {
            script.append(resource(name));
        }
        var blocks = file.resolveSibling(
                file.getFileName() + ".blocks"); // they follow figures that are known only after them
        try (var out = open(file)) {
            try (var packed = open(blocks)) {
                writeBlocks(packed);
            }
            int at = 0;
            for (int open = page.indexOf("{{"); open >= 0; open = page.indexOf("{{", at)) {
                int close = page.indexOf("}}", open);
                write(out, page.substring(at, open));
                part(page.substring(open + 2, close), out, blocks, script.toString(), plotly);
                at = close + 2;
            }
            write(out, page.substring(at));
        } finally {
            Files.deleteIfExists(blocks);
        }
        return leftOut();
    }

    private static OutputStream open(Path file) throws IOException {
        return new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
    }

    private void part(String name, OutputStream out, Path blocks, String script, String plotly) throws IOException {
        switch (name) {
            case "policy" -> write(out, policy(script, plotly));
            case "title" -> write(out, escaped(title()));
            case "style" -> write(out, resource("page.css"));
            case "data" -> out.write(PageJson.bytes(data()));
            case "blocks" -> Files.copy(blocks, out);
            case "kept" -> out.write(PageJson.bytes(keptJson()));
            case "plotly" ->
                PackedBlock.of(
                                "plotly",
                                packed -> packed.write(plotly.getBytes(StandardCharsets.UTF_8)),
                                Deflater.BEST_COMPRESSION)
                        .writeTo(out);
            case "script" -> write(out, script);
            default -> throw new AssertionError("no such part: " + name);
        }
    }

    private String title() {
        var first = shown.getFirst();
        return shown.size() == 1 ? first.title() : shown.size() + " runs on " + first.dataset();
    }

    /** The chart library is unpacked by our script and added as a script of its own, so both need a hash. */
    private static String policy(String script, String plotly) {
        return "default-src 'none'; script-src 'sha256-%s' 'sha256-%s'; style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'"
                .formatted(hash(script), hash(plotly));
    }

    private static String hash(String script) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    private ObjectNode data() {
        var json = Json.MAPPER.createObjectNode();
        var fates = json.putArray("fates");
        var decisions = shown.stream().map(Shown::decision).distinct().toList();
        var decision = decisions.size() == 1 ? decisions.getFirst() : Decision.OTHER; // words that are true of all runs
        for (var fate : Fate.values()) {
            fates.addObject()
                    .put("word", fate.word())
                    .put("label", fate.label(decision))
                    .put("meaning", fate.meaning(decision));
        }
        var endings = json.putArray("endings");
        for (var ending : Ending.values()) {
            endings.addObject().put("word", ending.word()).put("label", ending.label());
        }
        var runs = json.putArray("runs");
        shown.forEach(run -> runs.add(run.json()));
        json.set("comparison", comparison);
        return json;
    }

    private void writeBlocks(OutputStream out) throws IOException {
        var traces = new PageTraces(choice);
        for (int i = 0; i < directories.size(); i++) {
            double share = 1.0 / (directories.size() - i); // what a run does not need is left to those after it
            shown.add(writeBlocks(reports.apply(i), i, traces, share, out));
        }
    }

    private Shown writeBlocks(Report report, int place, PageTraces traces, double share, OutputStream out)
            throws IOException {
        var directory = report.directory();
        var table = new PageTable(report, PageTable.ROWS);
        for (var block : table.blocks(Integer.toString(place))) {
            block.writeTo(out);
        }
        var kept = traces.write(directory, table, Integer.toString(place), share, out);
        var json = Json.MAPPER.createObjectNode().put("name", names.get(place));
        json.set("run", directory.run().toJson());
        var metrics = new MetricsJson(directory, report.metrics()).object();
        metrics.withObject("/evidence").remove("waterfall"); // the table of problems has every fate
        json.set("metrics", metrics);
        json.put("listed", table.size());
        var run = directory.run();
        return new Shown(
                run.strategyName() + " on " + run.datasetName(),
                run.datasetName(),
                run.decision(),
                json,
                directory.problems().size(),
                table.size(),
                kept);
    }

    private ArrayNode keptJson() {
        var json = Json.MAPPER.createArrayNode();
        shown.forEach(run -> json.addObject()
                .put("attempts", run.kept().attempts())
                .put("of", run.kept().of()));
        return json;
    }

    private List<String> leftOut() {
        var sentences = new ArrayList<String>();
        for (int i = 0; i < shown.size(); i++) {
            var name = Terminal.printable(names.get(i));
            var run = shown.get(i);
            if (run.listed() < run.attempts()) {
                sentences.add(
                        "%s: the page lists %d of %d attempts, by turns from every outcome; all are in the figures"
                                .formatted(name, run.listed(), run.attempts()));
            }
            if (!run.kept().isAll()) {
                sentences.add("%s: the page keeps the texts of %d of %d attempts; --traces all keeps every one"
                        .formatted(name, run.kept().attempts(), run.kept().of()));
            }
        }
        return sentences;
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    static String resource(String name) throws IOException {
        try (var in = HtmlReport.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new AssertionError("not in the jar: " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
