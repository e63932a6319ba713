package parathink.eval.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import parathink.eval.directory.CompletionLine;
import parathink.eval.directory.ProblemLine;
import parathink.eval.directory.ResultsException;
import parathink.eval.directory.RunDirectory;
import parathink.eval.evidence.Fate;
import parathink.eval.metrics.Trials;
import parathink.eval.text.Terminal;

/**
 * One problem of a run as text: its votes, then the tree of its completions with why each ended and what it said. Immutable;
 * may be used from any thread.
 */
public final class Traces {
    private final RunDirectory directory;

    public Traces(RunDirectory directory) {
        this.directory = directory;
    }

    /**
     * Every attempt at a problem.
     *
     * @param texts whether to print the completions' texts too, or only the tree
     * @throws ResultsException when the run has no such problem
     */
    public String of(String problem, boolean texts) {
        var lines = directory.problems().stream()
                .filter(line -> line.problem().equals(problem))
                .toList();
        if (lines.isEmpty()) {
            throw new ResultsException("%s: there is no problem '%s' in it, such as '%s'"
                    .formatted(
                            directory.path(),
                            Terminal.printable(problem),
                            directory.problems().isEmpty()
                                    ? "none at all"
                                    : Terminal.printable(
                                            directory.problems().getFirst().problem())));
        }
        var text = new StringBuilder();
        for (var line : lines) {
            describe(line, text);
            tree(directory.completions(line.attempt()), texts, text);
            text.append('\n');
        }
        return text.toString();
    }

    private void describe(ProblemLine line, StringBuilder text) {
        text.append(Terminal.printable(line.problem()));
        if (directory.run().repeats() > 1) {
            text.append(", repeat ").append(line.repeat());
        }
        text.append(": ")
                .append(Fate.of(Trials.of(directory, line))
                        .label(directory.run().decision()))
                .append('\n');
        line.question()
                .ifPresent(question -> text.append(indented(question, "  ")).append('\n'));
        text.append("  answer     ")
                .append(line.answer().map(Terminal::printable).orElse("none"))
                .append('\n');
        text.append("  reference  ")
                .append(line.reference().map(Terminal::printable).orElse("none"))
                .append('\n');
        line.error()
                .ifPresent(error -> text.append("  error      ")
                        .append(Terminal.printable(error))
                        .append('\n'));
        var usage = line.usage();
        text.append("  tokens     work %d, span %d, prefill %d, reused %d, judges %d%n"
                .formatted(usage.work(), usage.span(), usage.prefill(), usage.reused(), usage.judgeWork()));
        for (var vote : line.votes()) {
            text.append(String.format(
                    Locale.ROOT,
                    "  %4d %s  %s",
                    vote.count(),
                    vote.count() == 1 ? "vote " : "votes",
                    Terminal.printable(vote.answer())));
            if (vote.weight() != vote.count()) {
                text.append(String.format(Locale.ROOT, "  (weight %.4g)", vote.weight()));
            }
            text.append('\n');
        }
        if (!line.notes().isEmpty()) {
            text.append("  notes      ")
                    .append(Terminal.printable(line.notes().toString()))
                    .append('\n');
        }
    }

    private static void tree(List<CompletionLine> completions, boolean texts, StringBuilder text) {
        for (var completion : completions) {
            long depth = completion.path().chars().filter(c -> c == '/').count();
            var indent = "  ".repeat((int) Math.min(depth, 20) + 1);
            text.append(indent).append(headline(completion)).append('\n');
            if (texts) {
                text.append(indented(completion.text(), indent + "| ")).append('\n');
            }
        }
    }

    private static String headline(CompletionLine completion) {
        var parts = new ArrayList<String>();
        parts.add(completion.round() == 0 ? completion.role() : completion.role() + " " + completion.round());
        parts.add(completion.tokens() + " tokens");
        parts.add(completion.finish().word()
                + completion.stoppedBy().map(rule -> " by " + rule).orElse(""));
        parts.add(completion.answer().map(answer -> "answer " + answer).orElse("no answer"));
        completion.correct().ifPresent(correct -> parts.add(correct ? "right" : "wrong"));
        number(parts, "logprob", completion.logprob());
        number(parts, "self-certainty", completion.selfCertainty());
        number(parts, "confidence", completion.lowestGroup());
        number(parts, "score", completion.score());
        return Terminal.printable(completion.path() + "  " + String.join(", ", parts));
    }

    private static void number(List<String> parts, String name, OptionalDouble value) {
        if (value.isPresent()) {
            parts.add(String.format(Locale.ROOT, "%s %.4g", name, value.getAsDouble()));
        }
    }

    private static String indented(String text, String indent) {
        var lines = new ArrayList<String>();
        for (var line : text.split("\\R", -1)) {
            lines.add(indent + Terminal.printable(line));
        }
        return String.join("\n", lines);
    }
}
