package parathink.eval;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import parathink.eval.evidence.Fate;

/**
 * The page: one file that needs no network. Figures are plain JSON in a data block; completions are the very lines of
 * {@code completions.jsonl}, compressed by attempt, and unpacked when a reader opens the attempt. The content security
 * policy admits our own scripts by their hashes, and no request at all.
 */
final class HtmlReport {
    private static final String[] SCRIPTS = {"page.js", "charts.js", "traces.js", "problems.js", "main.js"};

    private final RunDirectory directory;
    private final Metrics metrics;

    HtmlReport(RunDirectory directory, Metrics metrics) {
        this.directory = directory;
        this.metrics = metrics;
    }

    void writeTo(Path file) throws IOException {
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
                switch (page.substring(open + 2, close)) {
                    case "policy" -> write(out, policy(script.toString(), plotly));
                    case "title" -> write(out, escaped(title()));
                    case "style" -> write(out, resource("page.css"));
                    case "data" -> out.write(data());
                    case "traces" -> writeTraces(out);
                    case "plotly" ->
                        writePacked(out, plotly.getBytes(StandardCharsets.UTF_8), Deflater.BEST_COMPRESSION);
                    case "script" -> write(out, script.toString());
                    default -> throw new AssertionError("no such part: " + page.substring(open, close));
                }
                at = close + 2;
            }
            write(out, page.substring(at));
        }
    }

    private String title() {
        return directory.run().strategy() + " on " + directory.run().dataset();
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

    private byte[] data() throws IOException {
        var json = Json.MAPPER.createObjectNode();
        json.set("run", directory.run().toJson());
        json.set("metrics", new MetricsJson(directory, metrics).object());
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
        problems(json.putArray("problems"));
        var text = new ByteArrayOutputStream();
        try (var generator = Json.MAPPER.createGenerator(text)) {
            generator.setCharacterEscapes(new InHtml());
            generator.writeTree(json);
        }
        return text.toByteArray();
    }

    private void problems(ArrayNode problems) {
        var fates = metrics.fateOf();
        for (var line : directory.problems()) {
            var draws = directory.draws(line.attempt());
            var node = problems.addObject();
            node.put("problem", line.problem());
            node.put("repeat", line.repeat());
            node.put("fate", fates.get(line.attempt()).word());
            node.put("answer", line.answer().orElse(null));
            node.put("reference", line.reference().orElse(null));
            line.question().ifPresent(question -> node.put("question", question));
            line.error().ifPresent(error -> node.put("error", error));
            votes(node.putArray("votes"), line);
            node.put("completions", draws.size());
            node.put(
                    "answering",
                    draws.stream().filter(RunDirectory.Draw::isAnswering).count());
            node.put("work", line.usage().work());
            node.put("span", line.usage().span());
            node.put("prefill", line.usage().prefill());
            node.put("reused", line.usage().reused());
            node.put("judge", line.usage().judgeWork());
            if (!line.notes().isEmpty()) {
                node.set("notes", line.notes());
            }
        }
    }

    private void votes(ArrayNode votes, ProblemLine line) {
        var draws = directory.draws(line.attempt());
        for (var vote : line.votes()) {
            ObjectNode node = votes.addObject();
            node.put("answer", vote.answer()).put("count", vote.count()).put("weight", vote.weight());
            node.put(
                    "right",
                    draws.stream()
                            .anyMatch(draw ->
                                    draw.isRight() && draw.answer().stream().anyMatch(vote.answer()::equals)));
        }
    }

    private void writeTraces(OutputStream out) throws IOException {
        if (directory.draws().isEmpty()) {
            return;
        }
        try (var texts = directory.texts()) {
            for (int i = 0; i < directory.problems().size(); i++) {
                var lines = new ByteArrayOutputStream();
                for (var draw : directory.draws(directory.problems().get(i).attempt())) {
                    lines.write(texts.bytes(draw));
                }
                write(out, "<script type=\"application/gzip\" id=\"trace-" + i + "\">");
                writePacked(out, lines.toByteArray(), Deflater.DEFAULT_COMPRESSION);
                write(out, "</script>\n");
            }
        }
    }

    private static void writePacked(OutputStream out, byte[] bytes, int level) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new LevelledGzip(packed, level)) {
            gzip.write(bytes);
        }
        out.write(Base64.getEncoder().encode(packed.toByteArray()));
    }

    private static final class LevelledGzip extends GZIPOutputStream {
        LevelledGzip(OutputStream out, int level) throws IOException {
            super(out, 1 << 13);
            def.setLevel(level);
        }
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

    /** JSON that cannot end the element it stands in, nor a line of a script. */
    private static final class InHtml extends CharacterEscapes {
        private static final long serialVersionUID = 1L;
        private final int[] ascii = standardAsciiEscapesForJSON();

        InHtml() {
            for (char c : "<>&".toCharArray()) {
                ascii[c] = ESCAPE_STANDARD;
            }
        }

        @Override
        public int[] getEscapeCodesForAscii() {
            return ascii.clone();
        }

        @Override
        public SerializableString getEscapeSequence(int c) {
            return c == '\u2028' || c == '\u2029' ? new SerializedString("\\u" + Integer.toHexString(c)) : null;
        }
    }
}
