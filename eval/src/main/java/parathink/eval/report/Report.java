package parathink.eval.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import parathink.eval.directory.Json;
import parathink.eval.directory.Results;
import parathink.eval.directory.ResultsException;
import parathink.eval.directory.RunDirectory;
import parathink.eval.evidence.GraderAgreement;
import parathink.eval.evidence.Intervals;
import parathink.eval.grading.SecondGrader;
import parathink.eval.metrics.Metrics;
import parathink.eval.text.TableFiles;

/**
 * What a run directory has to say: a pure function of its files, the same bytes whenever it is made. Immutable; may be used
 * from any thread.
 */
public final class Report {
    private final RunDirectory directory;
    private final Metrics metrics;

    private Report(RunDirectory directory, Metrics metrics) {
        this.directory = directory;
        this.metrics = metrics;
    }

    /**
     * Reads a run directory, finished or not.
     *
     * @throws ResultsException when it is none, or a line in it cannot be read
     */
    public static Report of(Path directory) {
        var read = RunDirectory.read(directory);
        return new Report(read, Metrics.of(read));
    }

    /**
     * The same report with what a second grader says of the answers.
     *
     * @throws ResultsException when it cannot tell, or when no answer of the run was compared with a reference
     */
    public Report with(SecondGrader grader) {
        var agreement = GraderAgreement.of(grader.name(), SecondGrader.verdicts(directory, grader), Intervals.DEFAULT)
                .orElseThrow(() -> new ResultsException(
                        "%s: nothing for a second grader, no answer in it was compared with a reference"
                                .formatted(directory.path())));
        return new Report(directory, metrics.with(metrics.evidence().with(agreement)));
    }

    public RunDirectory directory() {
        return directory;
    }

    public Metrics metrics() {
        return metrics;
    }

    /** The summary for a terminal, at most 100 columns wide. */
    public String terminal() {
        return new RunText(directory, metrics).text();
    }

    /** The figures as one JSON object. */
    public ObjectNode json() {
        return new MetricsJson(directory, metrics).object();
    }

    /** Writes {@code report.html} and {@code tables/} of this run alone; otherwise as {@link #write}. */
    public List<String> writeTo(Path folder) {
        return write(List.of(this), folder, TraceChoice.FITTING);
    }

    /** As below, without paired differences. */
    public static List<String> write(List<Report> reports, Path folder, TraceChoice traces) {
        return write(reports, Json.MAPPER.createObjectNode(), folder, traces);
    }

    /**
     * Writes {@code report.html} over one run or several, and {@code tables/} of the first, with {@code tables/runs.*} over all
     * where there are several, into a folder, made if need be; each file whole or not at all.
     *
     * @param comparison of the runs, as {@code compare --json} prints it; or an object whose field {@code refused} says why they
     *     cannot be compared; or an empty one
     * @return a sentence for each thing that the page leaves out
     */
    public static List<String> write(List<Report> reports, ObjectNode comparison, Path folder, TraceChoice traces) {
        if (Files.isRegularFile(folder)) {
            throw new ResultsException("%s: a file is in the way; choose a folder with --out".formatted(folder));
        }
        var temporary = folder.resolve(".report.html.new");
        try {
            Files.createDirectories(folder);
            List<String> leftOut;
            try {
                leftOut = new HtmlReport(reports, comparison, traces).writeTo(temporary);
                Results.move(temporary, folder.resolve("report.html"));
            } finally {
                Files.deleteIfExists(temporary);
            }
            var first = reports.getFirst();
            var tables = new ArrayList<>(new Tables(first.directory, first.metrics).all());
            if (reports.size() > 1) {
                tables.add(Tables.runs(reports));
            }
            TableFiles.write(tables, folder.resolve("tables"));
            return leftOut;
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    /** Several runs side by side for a terminal, one row a run, at most 100 columns wide. */
    public static String overview(List<Report> reports) {
        return RunText.overview(reports);
    }

    private static ResultsException unwritable(Path folder, IOException e) {
        return new ResultsException(
                "%s: the report cannot be written (%s); choose a folder with --out".formatted(folder, e.getMessage()),
                e);
    }
}
