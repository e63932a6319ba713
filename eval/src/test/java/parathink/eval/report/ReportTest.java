package parathink.eval.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.commons.csv.CSVFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parathink.eval.directory.Lines;
import parathink.eval.directory.Results;
import parathink.eval.directory.ResultsException;
import parathink.eval.directory.RunDirectory;
import parathink.eval.directory.RunRecord;

final class ReportTest {
    private static final String HOSTILE =
            "</script><script>alert(1)</script><img src=x onerror=alert(2)>&\u2028|\u001b[31m";

    @TempDir
    Path directory;

    private void hostileRun() {
        try (var results = Results.open(directory)) {
            results.writeRun(Lines.run(RunRecord.Status.COMPLETE, 2, 1, "</script><script>alert(1)"));
            results.append(Lines.problem(HOSTILE, 0, Optional.of(HOSTILE), Optional.of("1"), false, true));
            results.append(Lines.branch(HOSTILE, 0, "0/0", HOSTILE, false, 4));
            results.append(Lines.branch(HOSTILE, 0, "0/1", "1", true, 6));
            results.append(Lines.failed("b", 0, HOSTILE));
        }
    }

    @Test
    void isTheSameBytesWheneverItIsMade() throws IOException {
        new SyntheticRun(15, 4, 2, 3, 1).write(directory);

        Report.of(directory).writeTo(directory.resolve("one"));
        Report.of(directory).writeTo(directory.resolve("two"));

        var first = files(directory.resolve("one"));
        assertThat(first).isEqualTo(files(directory.resolve("two")));
        assertThat(first).contains("report.html");
        for (var table : new String[] {"summary", "curve", "fates", "endings", "lengths", "problems", "calibration"}) {
            assertThat(first)
                    .contains("tables/" + table + ".csv", "tables/" + table + ".md", "tables/" + table + ".tex");
        }
        for (var file : first) {
            assertThat(directory.resolve("one").resolve(file))
                    .hasSameBinaryContentAs(directory.resolve("two").resolve(file));
        }
    }

    private static List<String> files(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void textOfModelsAndDatasetsNeverReachesThePageAsMarkup() throws IOException {
        hostileRun();
        Report.of(directory).writeTo(directory);

        var html = Files.readString(directory.resolve("report.html"));

        assertThat(html).doesNotContain("<script>alert(1)", "<img src=x", "\u2028");
        assertThat(html).contains("\\u003C/script\\u003E\\u003Cscript\\u003Ealert(1)");
        var fetched = Pattern.compile("(?:src|href)\\s*=\\s*[\"'](?:https?:)?//");
        assertThat(fetched.matcher(html).find()).isFalse();
    }

    @Test
    void holdsTheVeryLinesOfTheCompletions() throws IOException {
        hostileRun();
        Report.of(directory).writeTo(directory);
        var html = Files.readString(directory.resolve("report.html"));

        var packed = Pattern.compile("id=\"trace-0-0\">([^<]*)<").matcher(html);
        assertThat(packed.find()).isTrue();
        try (var lines =
                new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(packed.group(1))))) {
            assertThat(new String(lines.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(Files.readString(directory.resolve("completions.jsonl")));
        }
    }

    @Test
    void terminalTextIsNarrowAndCannotMoveTheCursor() {
        hostileRun();

        var text = Report.of(directory).terminal();

        assertThat(text.lines()).allMatch(line -> line.length() <= 80);
        assertThat(text).contains("accuracy 0.0 %, 95 % interval 0.0 % to 71.1 % (Agresti-Coull, 2 problems)");
        assertThat(text).contains("lost the vote").doesNotContain("\u001b");
    }

    @Test
    void severalRunsStandSideBySide() throws IOException {
        var first = directory.resolve("a-rather-long-name-of-a-run");
        var second = directory.resolve("b");
        new SyntheticRun(10, 4, 1, 1, 1).write(first);
        new SyntheticRun(10, 8, 2, 1, 2).write(second);
        var reports = List.of(Report.of(first), Report.of(second));

        var leftOut = Report.write(reports, directory, TraceChoice.FITTING);

        assertThat(leftOut).isEmpty();

        assertThat(Report.overview(reports).lines()).hasSize(5).allMatch(line -> line.length() <= 100);
        assertThat(Report.overview(reports)).contains("a-rather-long-name-of-a…");
        var rows = Files.readAllLines(directory.resolve("tables/runs.csv"));
        assertThat(rows).hasSize(3);
        assertThat(rows.get(2)).startsWith(second + ",self-consistency,countdown-4,thinker-mini,complete,20,");
    }

    @Test
    void anUnfinishedRunSaysSo() {
        try (var results = Results.open(directory)) {
            results.writeRun(Lines.run(RunRecord.Status.INTERRUPTED, 5, 1));
            results.append(Lines.problem("a", 0, "1", "1", true));
        }

        assertThat(Report.of(directory).terminal()).contains("interrupted: 1 of 5 attempts done, figures are of these");
        assertThat(Report.of(directory).json().path("attempts_planned").intValue())
                .isEqualTo(5);
    }

    @Test
    void jsonHoldsTheHeadlineAndTheCurve() {
        hostileRun();

        var json = Report.of(directory).json();

        assertThat(json.path("accuracy").path("value").doubleValue()).isZero();
        assertThat(json.path("accuracy").path("interval").textValue()).isEqualTo("plus_four");
        assertThat(json.path("fates").path("lost_vote").intValue()).isEqualTo(1);
        assertThat(json.path("fates").path("error").intValue()).isEqualTo(1);
        assertThat(json.path("curve").size()).isEqualTo(2);
        assertThat(json.path("curve").get(1).path("pass").path("value").doubleValue())
                .isEqualTo(0.5);
        assertThat(json.path("usage").path("work").longValue()).isEqualTo(10);
    }

    @Test
    void tablesKeepHostileCellsInTheirCells() throws IOException {
        hostileRun();
        Report.of(directory).writeTo(directory);

        var markdown = Files.readAllLines(directory.resolve("tables/problems.md"));
        assertThat(markdown).hasSize(4);
        assertThat(markdown.get(2)).contains("&lt;/script&gt;").contains("\\|").doesNotContain("<");
        assertThat(Files.readString(directory.resolve("tables/fates.csv")))
                .startsWith("fate,attempts,share\nright,0,0.0\nlost the vote,1,0.5\n");
    }

    @Test
    void aTextOfAModelNeverBecomesAFormulaOfASpreadsheet() throws IOException {
        var formulas = List.of(
                "=HYPERLINK(1)", "+1+cmd", "-2+3", "@SUM(1)", "\t=1", "\r=1", "\n=1", " =1", "\u0001=1", "\uff1d1");
        var plain = List.of("-5", "+3.5", "-1e-3", "7", "x=1", "'quoted'", "1/2");
        try (var results = Results.open(directory)) {
            results.writeRun(Lines.run(RunRecord.Status.COMPLETE, 1, 1));
            for (var answer : formulas) {
                results.append(Lines.problem("id " + answer, 0, answer, answer, true));
            }
            for (var answer : plain) {
                results.append(Lines.problem("id " + answer, 0, answer, answer, true));
            }
            results.append(Lines.failed("=failed", 0, "=error"));
        }

        Report.of(directory).writeTo(directory);

        var csv = Files.readString(directory.resolve("tables/problems.csv"));
        try (var records = CSVFormat.RFC4180.builder().setHeader().get().parse(new StringReader(csv))) {
            var rows = records.getRecords();
            assertThat(rows.stream().limit(formulas.size()).map(row -> row.get("answer")))
                    .containsExactlyElementsOf(
                            formulas.stream().map(text -> "'" + text).toList());
            assertThat(rows.stream().skip(formulas.size()).limit(plain.size()).map(row -> row.get("reference")))
                    .containsExactlyElementsOf(plain);
            assertThat(rows.getLast().get("problem")).isEqualTo("'=failed");
            assertThat(rows.getLast().get("error")).isEqualTo("'=error");
        }
        assertThat(Files.readString(directory.resolve("tables/problems.md"))).contains("| =failed |");
    }

    @Test
    void aFolderThatIsNoRunDirectoryIsRefused() {
        assertThatThrownBy(() -> Report.of(directory))
                .isInstanceOf(ResultsException.class)
                .hasMessage(directory + ": not a run directory, it has no run.json");
        assertThatThrownBy(() -> Report.of(directory.resolve("absent")))
                .hasMessageContaining("there is no such folder");
    }

    @Test
    void junitHasACaseForEachProblemWithFailuresAndErrors() throws Exception {
        hostileRun();
        try (var results = Results.open(directory)) {
            results.append(Lines.problem("c", 0, "1", "1", true));
            results.append(Lines.problem("d", 0, "1", null, false));
        }
        var file = directory.resolve("junit.xml");

        JUnit.write(RunDirectory.read(directory), file);

        var suite = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(file.toFile())
                .getDocumentElement();
        assertThat(suite.getAttribute("tests")).isEqualTo("4");
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        assertThat(suite.getAttribute("errors")).isEqualTo("1");
        assertThat(suite.getAttribute("skipped")).isEqualTo("1");
        var cases = suite.getElementsByTagName("testcase");
        assertThat(cases.getLength()).isEqualTo(4);
        assertThat(cases.item(0).getAttributes().getNamedItem("name").getNodeValue())
                .startsWith("</script><script>alert(1)");
        var failure = suite.getElementsByTagName("failure").item(0);
        assertThat(failure.getAttributes().getNamedItem("message").getNodeValue())
                .startsWith("expected 1, got </script>");
        assertThat(failure.getAttributes().getNamedItem("type").getNodeValue()).isEqualTo("lost_vote");
    }

    @Test
    void tracesShowTheTreeWithWhyEachBranchEnded() {
        hostileRun();

        var text = new Traces(RunDirectory.read(directory)).of(HOSTILE, true);

        assertThat(text)
                .contains(": lost the vote\n")
                .contains("  reference  1\n")
                .contains("    0/1  branch, 6 tokens, stop, answer 1, right\n    | text of 0/1\n")
                .doesNotContain("\u001b");
        assertThatThrownBy(() -> new Traces(RunDirectory.read(directory)).of("zzz", false))
                .isInstanceOf(ResultsException.class)
                .hasMessageContaining("there is no problem 'zzz'");
    }
}
