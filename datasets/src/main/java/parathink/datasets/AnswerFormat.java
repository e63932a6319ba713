package parathink.datasets;

import java.util.Optional;

/**
 * What kind of answer a question asks for: finds it in a text and says when two answers are equal, by the same rule in a
 * vote and in a grade. Implementations are immutable and may be used from any thread.
 */
public interface AnswerFormat {
    /** The name used in files and options: {@code math}, {@code integer}, {@code choice}, {@code text}, {@code countdown}. */
    String name();

    /** The sentence that asks a model to answer in this format; shown after the question. */
    String instruction();

    /**
     * The final answer of a completion, or nothing when there is none: an unclosed {@code <think>} block holds no answer.
     * The last answer wins.
     */
    Optional<Answer> find(String completion);

    /** Reads text that is known to be an answer, such as a reference. */
    Answer read(String text);

    /** Whether two answers are the same; reflexive, and decided in bounded time and memory for any input. */
    boolean same(Answer reference, Answer answer);

    /** Whether an answer is right, given the reference. */
    default boolean accepts(Answer reference, Answer answer) {
        return same(reference, answer);
    }

    /** Whether {@link #holds} can tell right answers from wrong ones. */
    default boolean checksByRule() {
        return false;
    }

    /** Checks an answer by the rules of the task alone, without a reference; empty when the task has no such rule. */
    default Optional<Boolean> holds(Answer answer) {
        return Optional.empty();
    }
}
