package parathink.eval.metrics;

import java.util.Optional;
import parathink.eval.directory.ProblemLine;
import parathink.eval.directory.RunDirectory;

/**
 * What the calls of a method of several read and wrote, a problem, each call with its whole context (Madaan et al., 2025, arXiv
 * 2510.01123, section 3): means over the attempts of a run that did not fail.
 *
 * @param accepted tokens of the calls that led to the answer, one a step: what has to be waited for (B_seq)
 * @param all tokens of all calls (B_total)
 */
public record PathTokens(double accepted, double all) {
    private static final String ACCEPTED = "b_seq";
    private static final String ALL = "b_total";

    /** Those of a run whose attempts all have them; nothing for other strategies. */
    public static Optional<PathTokens> of(RunDirectory directory) {
        var whole = directory.problems().stream()
                .filter(line -> line.status() != ProblemLine.Status.ERROR)
                .toList();
        if (whole.isEmpty()
                || !whole.stream()
                        .allMatch(line ->
                                line.notes().has(ACCEPTED) && line.notes().has(ALL))) {
            return Optional.empty();
        }
        return Optional.of(new PathTokens(
                whole.stream()
                        .mapToLong(line -> line.notes().path(ACCEPTED).asLong())
                        .average()
                        .orElseThrow(),
                whole.stream()
                        .mapToLong(line -> line.notes().path(ALL).asLong())
                        .average()
                        .orElseThrow()));
    }
}
