package parathink.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parathink.eval.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes the reports of run directories again. */
@Command(
        name = "report",
        description = "Print the figures of runs, and write report.html and tables/ of the first into its folder.",
        footer = {"  parathink report runs/first", "  parathink report runs/first --json"})
final class ReportCommand implements Subcommand {
    private final Environment environment;

    @Parameters(
            paramLabel = "DIR",
            arity = "1..*",
            description = "Run directories, finished or not; with several, a table compares their headlines.")
    private List<Path> directories = List.of();

    @Option(names = "--out", paramLabel = "DIR", description = "Write the files there instead.")
    private Optional<Path> out = Optional.empty();

    @Mixin(name = "General")
    private CommonOptions common;

    ReportCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public ExitCode run() {
        var reports = new ArrayList<Report>();
        for (var directory : directories) { // all are read before anything is written
            reports.add(Report.of(environment.folder().resolve(directory)));
        }
        var first = reports.getFirst();
        var folder =
                out.map(environment.folder()::resolve).orElse(first.directory().path());
        first.writeTo(folder);
        if (reports.size() > 1) {
            Report.writeOverview(reports, folder);
        }
        if (common.json) {
            reports.forEach(report -> environment.out().println(Json.line(report.json())));
        } else {
            environment.out().print(reports.size() > 1 ? Report.overview(reports) : first.terminal());
        }
        return ExitCode.DONE;
    }
}
