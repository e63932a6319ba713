package parathink.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Optional;
import parathink.eval.directory.CompletionLine;
import parathink.eval.directory.ProblemLine;
import parathink.eval.directory.ResultsException;
import parathink.eval.directory.RunDirectory;
import parathink.eval.report.Traces;
import parathink.eval.text.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the problems of a run, or the traces of one of them. */
@Command(
        name = "show",
        description = {
            "List the problems of a run, or show how one was solved.",
            "The tree of its branches, why each ended, what it said, the votes and the answer."
        },
        footer = {"  parathink show runs/first", "  parathink show runs/first countdown-4/1"})
final class ShowCommand implements Subcommand {
    private static final int WIDEST_ANSWER = 40;

    private final Environment environment;

    @Parameters(index = "0", paramLabel = "DIR", description = "A run directory, finished or not.")
    private Path path;

    @Parameters(index = "1", arity = "0..1", paramLabel = "PROBLEM", description = "The id of a problem of it.")
    private Optional<String> problem = Optional.empty();

    @Option(names = "--tree", description = "Leave the texts of the completions out.")
    private boolean treeOnly;

    @Mixin(name = "General")
    private CommonOptions common;

    ShowCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public ExitCode run() {
        var directory = RunDirectory.read(environment.folder().resolve(path)).whole();
        if (common.json) {
            printJson(directory);
        } else {
            environment
                    .out()
                    .print(problem.map(id -> new Traces(directory).of(id, !treeOnly))
                            .orElseGet(() -> list(directory)));
        }
        return ExitCode.DONE;
    }

    private String list(RunDirectory directory) {
        var table = new TextTable(environment.terminal().columns());
        for (var line : directory.problems()) {
            table.row(
                    Terminal.printable(line.problem())
                            + (directory.run().repeats() > 1 ? " repeat " + line.repeat() : ""),
                    line.status().word(),
                    verdict(line),
                    line.usage().work() + " tokens",
                    line.answer().map(ShowCommand::shortened).orElse("-"));
        }
        return table.text();
    }

    private static String verdict(ProblemLine line) {
        return line.correct().map(correct -> correct ? "right" : "wrong").orElse("-");
    }

    private static String shortened(String answer) {
        var line = Terminal.printable(answer);
        return line.length() <= WIDEST_ANSWER ? line : line.substring(0, WIDEST_ANSWER - 1) + "…";
    }

    private void printJson(RunDirectory directory) {
        var lines = directory.problems().stream()
                .filter(line -> problem.isEmpty() || problem.get().equals(line.problem()))
                .toList();
        if (lines.isEmpty() && problem.isPresent()) {
            throw new ResultsException("%s: there is no problem '%s' in it".formatted(path, problem.get()));
        }
        for (var line : lines) {
            ObjectNode json = Json.tree(line::write);
            if (problem.isPresent()) {
                var completions = json.putArray("completions");
                for (CompletionLine completion : directory.completions(line.attempt())) {
                    completions.add(Json.tree(completion::write));
                }
            }
            environment.out().println(Json.line(json));
        }
    }
}
