package parathink.models.replay;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A problem of a pool, as far as the pool describes it. Immutable; may be used from any thread.
 *
 * @param id its id
 * @param question the text of the question, where the pool has it
 * @param reference the reference answer, where the pool has it
 * @param format the name of the answer format, where the pool has it
 * @param numbers of a game such as Countdown; empty for other problems
 * @param target of a game
 * @param choices the options of a multiple-choice question in their order; empty for other problems
 * @param completions how many can be drawn, at least 1
 * @param line the first of its lines in the pool
 */
public record PoolProblem(
        String id,
        Optional<String> question,
        Optional<String> reference,
        Optional<String> format,
        List<Integer> numbers,
        OptionalInt target,
        List<String> choices,
        int completions,
        int line) {
    public PoolProblem {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(question, "question");
        Objects.requireNonNull(reference, "reference");
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(target, "target");
        numbers = List.copyOf(numbers);
        choices = List.copyOf(choices);
        if (completions < 1) {
            throw new IllegalArgumentException("a problem of a pool has at least 1 completion, got " + completions);
        }
    }
}
