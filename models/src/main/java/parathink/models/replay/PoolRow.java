package parathink.models.replay;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import parathink.models.Role;

/**
 * One line of a pool, as it stands there. Immutable.
 *
 * @param place what tells this draw from the others of its problem, such as its number in the source's list; empty where
 *     the line names nothing of the kind
 * @param role what it was decoded for; a {@code branch} unless the line says otherwise
 * @param round of the strategy that it was decoded for, counted from 0
 * @param tokens decoded, where known
 * @param finish the word for why it ended
 * @param problem what the line says of its problem
 * @param text as decoded, where known
 * @param answer where known
 */
record PoolRow(
        ProblemFields problem,
        Optional<String> place,
        String role,
        int round,
        Optional<String> text,
        Optional<String> answer,
        OptionalInt tokens,
        String finish,
        Measures measures) {

    /**
     * What a line says of its problem; the same in every line of a problem.
     *
     * @param numbers of a game such as Countdown; empty for other problems
     * @param choices the options of a multiple-choice question, in order; empty for other problems
     */
    record ProblemFields(
            String id,
            Optional<String> question,
            Optional<String> reference,
            Optional<String> format,
            List<Integer> numbers,
            OptionalInt target,
            List<String> choices) {
        ProblemFields {
            Objects.requireNonNull(id, "id");
            numbers = List.copyOf(numbers);
            choices = List.copyOf(choices);
        }

        /**
         * These fields together with those of a further line.
         *
         * @param line where these stand, for the message
         * @throws IllegalArgumentException when the two contradict each other
         */
        ProblemFields with(ProblemFields other, int line) {
            return new ProblemFields(
                    id,
                    same("question", question, other.question, line),
                    same("reference", reference, other.reference, line),
                    same("format", format, other.format, line),
                    same("numbers", given(numbers), given(other.numbers), line).orElse(List.of()),
                    sameTarget(other.target, line),
                    same("choices", given(choices), given(other.choices), line).orElse(List.of()));
        }

        private OptionalInt sameTarget(OptionalInt other, int line) {
            var both = same("target", boxed(target), boxed(other), line);
            return both.isPresent() ? OptionalInt.of(both.get()) : OptionalInt.empty();
        }

        private static Optional<Integer> boxed(OptionalInt number) {
            return number.isPresent() ? Optional.of(number.getAsInt()) : Optional.empty();
        }

        private static <T> Optional<List<T>> given(List<T> list) {
            return Optional.of(list).filter(items -> !items.isEmpty());
        }

        private <T> Optional<T> same(String field, Optional<T> first, Optional<T> other, int line) {
            if (first.isPresent() && other.isPresent() && !first.equals(other)) {
                throw new IllegalArgumentException(
                        "problem '%s' has another '%s' than in line %d or after it; all its lines must say the same"
                                .formatted(id, field, line));
            }
            return first.or(() -> other);
        }
    }

    /**
     * What was measured of a completion, as far as it was.
     *
     * @param score of an outside verifier
     * @param confidence one number for the whole completion or one a token, where known; a list may be empty
     * @param chunks consecutive parts; empty where unknown
     */
    record Measures(
            OptionalDouble score,
            Optional<List<Double>> confidence,
            OptionalDouble logprob,
            OptionalDouble selfCertainty,
            OptionalDouble seconds,
            List<Chunk> chunks) {
        Measures {
            confidence = confidence.map(List::copyOf);
            chunks = List.copyOf(chunks);
        }
    }

    /**
     * A part of a completion.
     *
     * @param chars its length
     * @param perplexity of its tokens, where known
     */
    record Chunk(int chars, OptionalDouble perplexity) {}

    PoolRow {
        Objects.requireNonNull(problem, "problem");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(finish, "finish");
        Objects.requireNonNull(measures, "measures");
    }

    /** Whether it ended by itself; what a strategy or a budget cut off is no draw. */
    boolean isWhole() {
        return finish.equals("stop") || finish.equals("length");
    }

    /** Whether it is one of many completions of the question itself. */
    boolean isBranch() {
        return Role.isOfTheQuestion(role, round);
    }
}
