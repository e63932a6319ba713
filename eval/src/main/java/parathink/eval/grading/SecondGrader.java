package parathink.eval.grading;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parathink.eval.directory.ProblemLine;
import parathink.eval.directory.ResultsException;
import parathink.eval.directory.RunDirectory;
import parathink.eval.evidence.GraderAgreement;

/** A grader of answers that knows nothing of the first one. Stateless; may be used from any thread. */
public sealed interface SecondGrader permits NormalisedGrader, CommandGrader {
    /**
     * An answer beside its reference.
     *
     * @param gold the reference
     * @param pred the answer as the text of a completion spells it
     */
    record Pair(String gold, String pred) {}

    /** A name for reports. */
    String name();

    /**
     * Whether each answer is right, in the order of the pairs.
     *
     * @throws ResultsException when it cannot tell
     */
    List<Boolean> grade(List<Pair> pairs);

    /** {@code normalised}, or any other text as a command, which may take so long for all answers. */
    static SecondGrader of(String text, Duration patience) {
        return text.equals(NormalisedGrader.NAME) ? new NormalisedGrader() : new CommandGrader(text, patience);
    }

    /**
     * Has the answers of a run graded that the first grader compared with a reference. Each is given as the first completion
     * spells it that has this answer; one that no completion has, in canonical form.
     */
    static List<GraderAgreement.Verdict> verdicts(RunDirectory directory, SecondGrader grader) {
        var lines = directory.problems().stream()
                .filter(line -> line.reference().isPresent()
                        && line.correct().isPresent()
                        && !line.format().equals(Optional.of("countdown"))) // of many right ones the reference is one
                .toList();
        var pairs = new ArrayList<Pair>();
        for (var line : lines) {
            spelled(directory, line)
                    .ifPresent(answer -> pairs.add(new Pair(line.reference().orElseThrow(), answer)));
        }
        var grades = grader.grade(pairs).iterator();
        var verdicts = new ArrayList<GraderAgreement.Verdict>();
        for (var line : lines) {
            var answer = spelled(directory, line);
            verdicts.add(new GraderAgreement.Verdict(
                    line.problem(),
                    line.repeat(),
                    line.reference().orElseThrow(),
                    answer,
                    line.isRight(),
                    answer.isPresent() && grades.next()));
        }
        return verdicts;
    }

    private static Optional<String> spelled(RunDirectory directory, ProblemLine line) {
        return line.answer()
                .map(answer -> directory.draws(line.attempt()).stream()
                        .filter(draw -> draw.isAnswering() && draw.answer().equals(line.answer()))
                        .flatMap(draw -> draw.said().stream())
                        .findFirst()
                        .orElse(answer));
    }
}
