package parathink.eval.metrics;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import parathink.datasets.AnswerFormat;
import parathink.datasets.AnswerFormats;
import parathink.datasets.CountdownFormat;
import parathink.eval.directory.CompletionLine;
import parathink.eval.directory.ProblemLine;
import parathink.eval.directory.RunDirectory;

/**
 * Looks in the texts of an attempt for the right answer where the answer found is not it, by reading less of a text at a time:
 *
 * <ul>
 *   <li>A completion that ended by itself without an answer: the text without its thinking tags, and its last line.
 *   <li>One that ended by itself with a wrong answer: its last line alone, its last word on the matter.
 *   <li>One that a limit cut off: every line with a box or the word answer.
 * </ul>
 *
 * <p>That a line ends in the same number may be chance, so that what is found is an upper bound; a right answer in other words
 * than these is not found.
 */
final class Statements {
    private final Predicate<String> right;

    private Statements(AnswerFormat format, String reference) {
        var wanted = format.read(reference);
        this.right = text -> format.find(text)
                .filter(answer -> format.accepts(wanted, answer))
                .isPresent();
    }

    /** Whether a completion of an attempt states the right answer, by its path; empty where its format cannot be told. */
    static Map<String, Boolean> of(RunDirectory directory, ProblemLine line) {
        var states = new HashMap<String, Boolean>();
        var statements = line.reference()
                .flatMap(reference -> format(line, reference).map(format -> new Statements(format, reference)));
        if (statements.isPresent()) {
            for (var completion : directory.completions(line.attempt())) {
                states.put(completion.path(), statements.get().in(completion));
            }
        }
        return states;
    }

    /** As the line names it; in files of older versions as the reference looks. */
    private static Optional<AnswerFormat> format(ProblemLine line, String reference) {
        var name = line.format().orElseGet(() -> reference.matches("[A-J]") ? "choice" : "math");
        if (name.equals("countdown")) {
            return game(reference);
        }
        return AnswerFormats.names().contains(name) ? Optional.of(AnswerFormats.named(name)) : Optional.empty();
    }

    /** Only a solution tells the game; a target alone does not. */
    private static Optional<AnswerFormat> game(String reference) {
        try {
            var game = CountdownFormat.ofSolution(reference);
            return game.numbers().size() > 1 ? Optional.of(game) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private boolean in(CompletionLine completion) {
        var text = completion.text();
        return switch (completion.finish()) {
            case STOP ->
                right.test(lastLine(text))
                        || (completion.answer().isEmpty() && right.test(text.replaceAll("</?think>", "\n")));
            case LENGTH, BUDGET -> statements(text).anyMatch(right);
            case CANCELLED, ERROR -> false;
        };
    }

    private static String lastLine(String text) {
        var stripped = text.stripTrailing();
        return stripped.substring(stripped.lastIndexOf('\n') + 1);
    }

    private static Stream<String> statements(String text) {
        return text.lines()
                .filter(line -> line.contains("\\boxed")
                        || line.toLowerCase(Locale.ROOT).contains("answer"))
                .map(line -> line.replaceAll("</?think>", " "));
    }
}
