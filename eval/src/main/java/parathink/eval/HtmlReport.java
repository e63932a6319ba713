package parathink.eval;

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
import java.util.zip.Deflater;
import parathink.eval.evidence.Fate;

/**
 * The page: one file that needs no network, for one run or several. Figures are plain JSON in a data block; attempts and
 * completions are compressed and unpacked when they are wanted. The content security policy admits our own scripts by their
 * hashes, and no request at all. Used by one thread.
 */
final class HtmlReport {
    private static final String[] SCRIPTS = {
        "page.js",
        "charts.js",
        "runs.js",
        "accuracy.js",
        "outcomes.js",
        "evidence.js",
        "heatmap.js",
        "traces.js",
        "problems.js",
        "main.js"
    };

    private final List<Report> reports;
    private final ObjectNode comparison;
    private final List<String> names;
    private final List<PageTable> tables;
    private final TraceChoice choice;
    private final List<PageTraces.Kept> kept = new ArrayList<>();

    HtmlReport(List<Report> reports, ObjectNode comparison, TraceChoice choice) {
        this.reports = List.copyOf(reports);
        this.comparison = comparison.deepCopy();
        this.names = RunNames.of(
                reports.stream().map(report -> report.directory().path()).toList());
        this.tables = reports.stream()
                .map(report -> new PageTable(report, PageTable.ROWS))
                .toList();
        this.choice = choice;
    }

    /** Writes the page and returns a sentence for each thing that it leaves out. */
    List<String> writeTo(Path file) throws IOException {
        var page = resource("page.html");
        var plotly = resource("plotly-basic.min.js");
        var script = new StringBuilder();
        for (var name : SCRIPTS) {
            script.append(resource(name));
        }
        try (var out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            int at = 0;
            for (int open = page.indexOf("{{"); open >= 0; open = page.indexOf("{{", at)) {
                int close = page.indexOf("}}", open);
                write(out, page.substring(at, open));
                part(page.substring(open + 2, close), out, script.toString(), plotly);
                at = close + 2;
            }
            write(out, page.substring(at));
        }
        return leftOut();
    }

    private void part(String name, OutputStream out, String script, String plotly) throws IOException {
        switch (name) {
            case "policy" -> write(out, policy(script, plotly));
            case "title" -> write(out, escaped(title()));
            case "style" -> write(out, resource("page.css"));
            case "data" -> out.write(PageJson.bytes(data()));
            case "blocks" -> writeBlocks(out);
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
        var run = reports.getFirst().directory().run();
        return reports.size() == 1
                ? run.strategy() + " on " + run.datasetName()
                : reports.size() + " runs on " + run.datasetName();
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
        for (var fate : Fate.values()) {
            fates.addObject()
                    .put("word", fate.word())
                    .put("label", fate.label())
                    .put("meaning", fate.meaning());
        }
        var endings = json.putArray("endings");
        for (var ending : Ending.values()) {
            endings.addObject().put("word", ending.word()).put("label", ending.label());
        }
        var runs = json.putArray("runs");
        for (int i = 0; i < reports.size(); i++) {
            var directory = reports.get(i).directory();
            var run = runs.addObject().put("name", names.get(i));
            run.set("run", directory.run().toJson());
            var metrics = new MetricsJson(directory, reports.get(i).metrics()).object();
            metrics.withObject("/evidence").remove("waterfall"); // the table of problems has every fate
            run.set("metrics", metrics);
            run.put("listed", tables.get(i).size());
        }
        json.set("comparison", comparison);
        return json;
    }

    private void writeBlocks(OutputStream out) throws IOException {
        for (int i = 0; i < reports.size(); i++) {
            for (var block : tables.get(i).blocks(Integer.toString(i))) {
                block.writeTo(out);
            }
        }
        var traces = new PageTraces(choice);
        for (int i = 0; i < reports.size(); i++) {
            double share = 1.0 / (reports.size() - i); // what a run does not need is left to those after it
            kept.add(traces.write(reports.get(i).directory(), tables.get(i), Integer.toString(i), share, out));
        }
    }

    private ArrayNode keptJson() {
        var json = Json.MAPPER.createArrayNode();
        kept.forEach(run -> json.addObject().put("attempts", run.attempts()).put("of", run.of()));
        return json;
    }

    private List<String> leftOut() {
        var sentences = new ArrayList<String>();
        for (int i = 0; i < reports.size(); i++) {
            var name = Terminal.printable(names.get(i));
            int attempts = reports.get(i).directory().problems().size();
            if (tables.get(i).size() < attempts) {
                sentences.add(
                        "%s: the page lists %d of %d attempts, by turns from every outcome; all are in the figures"
                                .formatted(name, tables.get(i).size(), attempts));
            }
            if (!kept.get(i).isAll()) {
                sentences.add("%s: the page keeps the texts of %d of %d attempts; --traces all keeps every one"
                        .formatted(name, kept.get(i).attempts(), kept.get(i).of()));
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

    private static String resource(String name) throws IOException {
        try (var in = HtmlReport.class.getResourceAsStream("report/" + name)) {
            if (in == null) {
                throw new AssertionError("not in the jar: report/" + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
