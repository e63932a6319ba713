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
        description = "Print the figures of runs, and write report.html and tables/ into each of their folders.",
        footer = {"  parathink report runs/first", "  parathink report runs/first --json"})
final class ReportCommand implements Subcommand {
    private final Environment environment;

    @Parameters(paramLabel = "DIR", arity = "1..*", description = "Run directories, finished or not.")
    private List<Path> directories = List.of();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Write the files there instead; for several runs, into a folder for each.")
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
        for (var report : reports) {
            report.writeTo(folder(report));
            environment.out().print(common.json ? Json.line(report.json()) + "\n" : report.terminal());
        }
        return ExitCode.DONE;
    }

    private Path folder(Report report) {
        var own = report.directory().path();
        return out.map(environment.folder()::resolve)
                .map(folder -> directories.size() == 1 ? folder : folder.resolve(own.getFileName()))
                .orElse(own);
    }
}
