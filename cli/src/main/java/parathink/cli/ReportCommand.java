package parathink.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import parathink.eval.comparison.Comparison;
import parathink.eval.comparison.ComparisonSpec;
import parathink.eval.directory.ResultsException;
import parathink.eval.directory.RunDirectory;
import parathink.eval.grading.SecondGrader;
import parathink.eval.report.Report;
import parathink.eval.report.TraceChoice;
import parathink.eval.run.Continuing;
import parathink.eval.run.RunSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Makes the reports of run directories again. */
@Command(
        name = "report",
        description = "Print the figures of runs, and write report.html and tables/ into the folder of the first.",
        footer = {
            "  parathink report runs/first",
            "  parathink report runs/first --json",
            "  parathink report runs/first --continue 32"
        })
final class ReportCommand implements Subcommand {
    private static final int PATIENCE = 600;
    private static final String MODEL = "Model";

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

    @Option(
            names = "--second-grader",
            paramLabel = "CMD",
            description = {
                "Grade every answer again: 'normalised' compares plain spelling; anything else is a command that reads"
                        + " JSON lines with gold and pred, and writes true or false a line."
            })
    private Optional<String> secondGrader = Optional.empty();

    @Option(
            names = "--grader-timeout",
            paramLabel = "SECONDS",
            converter = Numbers.Positive.class,
            description =
                    "What a command of --second-grader may take for one run (default: 600); then it is ended with all"
                            + " that it started.")
    private Optional<Integer> graderTimeout = Optional.empty();

    @Option(
            names = "--continue",
            paramLabel = "N",
            converter = Numbers.Positive.class,
            description = "Open the model again and make branches that a limit cut off answer within N tokens first;"
                    + " kept in continuations.jsonl.")
    private Optional<Integer> tokens = Optional.empty();

    @Option(
            names = "--closing",
            paramLabel = "TEXT",
            description = "What --continue puts after a text that was cut off (default: ends thinking, opens a box).")
    private Optional<String> closing = Optional.empty();

    @Spec
    private CommandSpec command;

    @Mixin(name = MODEL)
    private ModelOptions model;

    @Mixin(name = "Plug-ins")
    private PluginOptions plugins;

    @Mixin(name = "General")
    private CommonOptions common;

    ReportCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public ExitCode run() {
        if (closing.isPresent() && tokens.isEmpty()) {
            throw new IllegalArgumentException("--closing is for --continue; give that too");
        }
        if (graderTimeout.isPresent()
                && secondGrader.filter(text -> !text.equals("normalised")).isEmpty()) {
            throw new IllegalArgumentException("--grader-timeout is for a command of --second-grader; give that too");
        }
        if (tokens.isEmpty()) {
            refuseModel();
        }
        var folders = folders();
        refuseTwice(folders);
        var reports = new ArrayList<Report>();
        for (var directory : folders) { // all are read before anything is written
            reports.add(report(directory));
        }
        var first = reports.getFirst();
        var folder =
                out.map(environment.folder()::resolve).orElse(first.directory().path());
        Report.write(reports, comparison(reports), folder, traces)
                .forEach(leftOut -> environment.err().println("parathink report: " + leftOut));
        if (common.json) {
            reports.forEach(report -> environment.out().println(Json.line(report.json())));
        } else {
            environment.out().print(reports.size() > 1 ? Report.overview(reports) : first.terminal());
            environment.out().flush();
            environment.err().printf("parathink report: page in %s%n", folder.resolve("report.html"));
        }
        return ExitCode.DONE;
    }

    /** The folders given; files that a pattern such as {@code runs/sweep/*} takes along are left out where there are folders too. */
    private List<Path> folders() {
        var all = directories.stream().map(environment.folder()::resolve).toList();
        var files = all.stream().filter(Files::isRegularFile).toList();
        if (files.isEmpty() || files.size() == all.size()) {
            return all;
        }
        environment
                .err()
                .printf(
                        "parathink report: left out, as %s no run: %s%n",
                        files.size() == 1 ? "it is" : "they are",
                        files.stream()
                                .map(file -> file.getFileName().toString())
                                .collect(Collectors.joining(", ")));
        return all.stream().filter(path -> !Files.isRegularFile(path)).toList();
    }

    /** A run beside itself would look like two that agree. */
    private void refuseTwice(List<Path> folders) {
        var seen = new HashMap<Path, Path>();
        for (var folder : folders) {
            var before = Optional.ofNullable(seen.put(real(folder), folder));
            if (before.isPresent()) {
                throw new IllegalArgumentException(
                        "%s: given twice, the first time as %s; give each run once".formatted(folder, before.get()));
            }
        }
    }

    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            return folder; // whoever reads it says why it cannot be read
        }
    }

    /** Without {@code --continue} no model is opened, so that an option of it would do nothing. */
    private void refuseModel() {
        var given = command.commandLine().getParseResult();
        command.mixins().get(MODEL).options().stream()
                .map(OptionSpec::longestName)
                .filter(given::hasMatchedOption)
                .findFirst()
                .ifPresent(option -> {
                    throw new IllegalArgumentException(option + " is for --continue; give that too, or leave it out");
                });
    }

    /** The first run against each other one; runs that cannot be compared still stand side by side. */
    private static ObjectNode comparison(List<Report> reports) {
        if (reports.size() == 1) {
            return JsonNodeFactory.instance.objectNode();
        }
        try {
            return Comparison.of(reports.stream().map(Report::directory).toList(), ComparisonSpec.DEFAULT)
                    .json();
        } catch (ResultsException e) {
            return JsonNodeFactory.instance.objectNode().put("refused", e.getMessage());
        }
    }

    private Report report(Path directory) {
        if (tokens.isPresent()) {
            makeAnswer(RunDirectory.read(directory), tokens.get());
        }
        var report = Report.of(directory);
        report.directory().whole();
        return secondGrader.isPresent()
                ? report.with(SecondGrader.of(secondGrader.get(), Duration.ofSeconds(graderTimeout.orElse(PATIENCE))))
                : report;
    }

    private void makeAnswer(RunDirectory directory, int most) {
        try (var known = plugins.open(environment)) {
            makeAnswer(directory, RunSpec.of(directory.run(), known.catalogue()), most);
        }
    }

    private void makeAnswer(RunDirectory directory, RunSpec spec, int most) {
        if (!model.model().equals(spec.model())) {
            throw new IllegalArgumentException(
                    "%s was made with --model %s; give that".formatted(directory.path(), spec.model()));
        }
        var dataset = new RecordedDataset(directory, spec, environment.data(), environment.folder()).load();
        try (var engine = model.open(environment)) {
            new Continuing(directory, spec, dataset, engine, most, closing).execute();
        }
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
