package parathink.eval.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import java.util.Optional;

/**
 * One line of {@code continuations.jsonl}: what a completion that a limit had cut off said when it was made to answer. The tokens
 * are on no problem's bill.
 *
 * @param problem the problem's id
 * @param repeat counted from 0
 * @param path of the completion that was cut off
 * @param closing what was put after its text
 * @param text decoded after that
 * @param prefill tokens of its text and the closing, read again; those of the prompt are left out
 * @param tokens decoded
 * @param answer spelled like the equal answers of the attempt
 * @param correct whether the answer is right; empty when it cannot be graded
 */
public record ContinuationLine(
        String problem,
        int repeat,
        String path,
        String closing,
        String text,
        long prefill,
        int tokens,
        Optional<String> answer,
        Optional<Boolean> correct) {
    public ContinuationLine {
        new Attempt(problem, repeat);
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(closing, "closing");
        Objects.requireNonNull(text, "text");
        if (prefill < 0 || tokens < 0) {
            throw new IllegalArgumentException(
                    "prefill and tokens must be 0 or more, got %d and %d".formatted(prefill, tokens));
        }
    }

    public Attempt attempt() {
        return new Attempt(problem, repeat);
    }

    public ObjectNode toJson() {
        return Json.MAPPER
                .createObjectNode()
                .put("problem", problem)
                .put("repeat", repeat)
                .put("path", path)
                .put("closing", closing)
                .put("text", text)
                .put("prefill", prefill)
                .put("tokens", tokens)
                .put("answer", answer.orElse(null))
                .put("correct", correct.orElse(null));
    }

    /** Reads one line; fields that are not known are ignored. */
    static ContinuationLine read(Json line) {
        return new ContinuationLine(
                line.text("problem"),
                line.integer("repeat"),
                line.text("path"),
                line.text("closing"),
                line.text("text"),
                line.whole("prefill"),
                line.integer("tokens"),
                line.optionalText("answer"),
                line.optionalFlag("correct"));
    }
}
