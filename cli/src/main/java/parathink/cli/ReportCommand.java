package parathink.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parathink.eval.Report;
import parathink.eval.TraceChoice;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Makes the reports of run directories again. */
@Command(
        name = "report",
        description = "Print the figures of runs, and write report.html and tables/ into the folder of the first.",
        footer = {"  parathink report runs/first", "  parathink report runs/first --json"})
final class ReportCommand implements Subcommand {
    private final Environment environment;

    @Parameters(
            paramLabel = "DIR",
            arity = "1..*",
            description = "Run directories, finished or not; several stand side by side in one report.")
    private List<Path> directories = List.of();

    @Option(names = "--out", paramLabel = "DIR", description = "Write the files there instead.")
    private Optional<Path> out = Optional.empty();

    @Option(
            names = "--traces",
            paramLabel = "all|none|N",
            converter = Traces.class,
            description = {
                "Texts that report.html keeps: all, none, or those of N attempts.",
                "Default: as many as fit in 24 MB of compressed text, by turns from every outcome."
            })
    private TraceChoice traces = TraceChoice.FITTING;

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
        Report.write(reports, folder, traces).forEach(environment.err()::println);
        if (common.json) {
            reports.forEach(report -> environment.out().println(Json.line(report.json())));
        } else {
            environment.out().print(reports.size() > 1 ? Report.overview(reports) : first.terminal());
        }
        return ExitCode.DONE;
    }

    /** Reads how many texts a page keeps. */
    static final class Traces implements ITypeConverter<TraceChoice> {
        @Override
        public TraceChoice convert(String text) {
            return switch (text) {
                case "all" -> TraceChoice.ALL;
                case "none" -> TraceChoice.NONE;
                default -> {
                    try {
                        yield TraceChoice.attempts(Integer.parseInt(text));
                    } catch (IllegalArgumentException e) {
                        throw new TypeConversionException(
                                "'%s' is not all, none or a number of attempts, 0 or more".formatted(text));
                    }
                }
            };
        }
    }
}
