package parathink.datasets.files;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import parathink.datasets.CountdownFormat;
import parathink.datasets.Problem;

/** Writes a problem as a line of JSON in the one layout of imported data; {@link ProblemReader} reads the same back. */
final class ProblemWriter {

    private ProblemWriter() {}

    /** The line, without its end. */
    static String line(Problem problem) {
        var question = problem.question();
        var row = JsonNodeFactory.instance.objectNode();
        row.put(Role.ID.label(), problem.id());
        if (question.format() instanceof CountdownFormat game) {
            game.numbers().forEach(row.putArray(Role.NUMBERS.label())::add);
            row.put(Role.TARGET.label(), game.target());
        } else {
            row.put(Role.PROBLEM.label(), question.text());
            answer(row, problem);
        }
        row.put(Role.FORMAT.label(), question.format().name());
        return row.toString();
    }

    private static void answer(ObjectNode row, Problem problem) {
        var choices = problem.question().choices();
        if (problem.shuffled()) { // no letter: it would say that the right option is always at one place
            var right =
                    problem.reference().map(letter -> letter.charAt(0) - 'A').orElseThrow();
            row.put(Role.CORRECT.label(), choices.get(right));
            var wrong = row.putArray(Role.INCORRECT.label());
            for (int i = 0; i < choices.size(); i++) {
                if (i != right) {
                    wrong.add(choices.get(i));
                }
            }
            return;
        }
        if (!choices.isEmpty()) {
            choices.forEach(row.putArray(Role.CHOICES.label())::add);
        }
        row.put(Role.ANSWER.label(), problem.reference().orElse(null));
    }
}
