package parathink.eval.bench;

import static parathink.eval.bench.BenchReport.spread;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import parathink.eval.report.PageStyle;

/**
 * Measurements as a page of one file that needs no network and no script.
 *
 * @param report what it shows
 */
record BenchPage(BenchReport report) {
    private static final String HEAD = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{{title}} · parathink bench</title>
            <style>
            {{style}}
            .chart { width: 100%; height: auto; max-width: 34rem; display: block; }
            .chart text { fill: var(--muted); font: 12px var(--sans); }
            .chart .rule { stroke: var(--rule); }
            .chart .line { fill: none; stroke-width: 2; }
            .measured td, .measured th { white-space: nowrap; padding-right: 1.25rem; text-align: left; }
            </style>
            </head>
            <body>
            <header class="top"><a class="brand" href="#top">parathink</a></header>
            <main id="top">
            <section class="headline"><h1>{{title}}</h1><p class="lede">{{lede}}</p></section>
            """;

    String html() throws IOException {
        var first = report.results().getFirst();
        var lede =
                "Tokens a second of %d new tokens a row, %s, %d threads; median, lowest and highest of %d rounds taken in turn."
                        .formatted(
                                first.shape().tokens(),
                                report.setting().words(),
                                report.setting().threads(),
                                first.timings().getFirst().size());
        var title = escaped(report.model());
        var page = new StringBuilder(HEAD.replace("{{style}}", PageStyle.css())
                .replace("{{title}}", title)
                .replace("{{lede}}", lede));
        section(page, "Decoding", BenchResult::decode);
        section(page, "Reading prompts", BenchResult::prefill);
        table(page);
        engines(page);
        return page.append("</main>\n</body>\n</html>\n").toString();
    }

    private void section(StringBuilder page, String heading, BiFunction<BenchResult, Integer, Speeds> speeds) {
        page.append("<section><h2>%s</h2>\n<div class=\"pair\">\n".formatted(heading));
        var contexts = report.results().stream()
                .map(result -> result.shape().context())
                .distinct()
                .toList();
        for (int context : contexts) {
            var results = report.results().stream()
                    .filter(result -> result.shape().context() == context)
                    .toList();
            var lines = IntStream.range(0, report.sides().size())
                    .mapToObj(side -> new SpeedChart.Line(
                            report.sides().get(side).name(),
                            results.stream()
                                    .map(result ->
                                            new SpeedChart.Point(result.shape().rows(), speeds.apply(result, side)))
                                    .toList()))
                    .toList();
            var caption = "Prompts of %d tokens: tokens a second by rows".formatted(context);
            page.append("<figure><figcaption><h3>%s</h3></figcaption>\n%s</figure>\n"
                    .formatted(caption, new SpeedChart(caption, lines).svg()));
        }
        page.append("</div></section>\n");
    }

    private void table(StringBuilder page) {
        page.append("<section><h2>Figures</h2>\n<div class=\"scroll\"><table class=\"measured\">\n");
        row(page, "th", "Rows", "Prompt", "Engine", "Prefill tokens/s", "Decode tokens/s", "Caches");
        for (var result : report.results()) {
            var bytes = report.cacheBytes(result.shape());
            for (int side = 0; side < report.sides().size(); side++) {
                boolean own = side == 0;
                row(
                        page,
                        "td",
                        own ? Integer.toString(result.shape().rows()) : "",
                        own ? Integer.toString(result.shape().context()) : "",
                        report.sides().get(side).name(),
                        spread("%.0f", result.prefill(side)),
                        spread("%.0f", result.decode(side)),
                        own && bytes.isPresent() ? mebibytes(bytes.getAsLong()) : "");
            }
            for (int side = 1; side < report.sides().size(); side++) {
                row(
                        page,
                        "td",
                        "",
                        "",
                        "times as fast as " + report.sides().get(side).name(),
                        spread("%.2f", result.prefillRatio(side)),
                        spread("%.2f", result.decodeRatio(side)),
                        "");
            }
        }
        page.append("</table></div></section>\n");
    }

    private void engines(StringBuilder page) {
        page.append("<section><h2>Engines</h2>\n<div class=\"scroll\"><table class=\"measured\">\n");
        row(page, "th", "Engine", "Ready after", "Most memory");
        for (var side : report.sides()) {
            row(
                    page,
                    "td",
                    side.name(),
                    String.format(Locale.ROOT, "%.2f s", side.startSeconds()),
                    side.peakMemory().isPresent() ? mebibytes(side.peakMemory().getAsLong()) : "not known");
        }
        page.append("</table></div></section>\n");
    }

    private static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%.0f MiB", bytes / 1048576.0);
    }

    private static void row(StringBuilder page, String cell, String... texts) {
        page.append("<tr>");
        for (var text : List.of(texts)) {
            page.append("<%s>%s</%s>".formatted(cell, escaped(text), cell));
        }
        page.append("</tr>\n");
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
