package parathink.models.onnx;

import java.util.List;
import java.util.stream.IntStream;
import parathink.models.Prompt;
import parathink.models.Thoughts;

/**
 * What the released ParaThinker checkpoints were taught to read and write (Wen et al., 2025, arXiv 2509.04475; the tokens and
 * the summary's beginning as the authors' example has them).
 *
 * @param paths openings that both the tokenizer and the thought embeddings know
 */
record ParaThinkerTexts(int paths) {
    private static final int PATH_TOKENS = 16_384;

    /** The authors train with 9280 positions for a prompt, a path of 8192 and a summary, which leaves this and a prompt. */
    private static final int SUMMARY_TOKENS = 1024;

    private static final String SUMMARY =
            "<summary>By analyzing multiple reasoning processes above, I concluded that: The final answer is";

    /** The wording is ours; that the first {@code <summary>} of every text stands in its prompt is the authors'. */
    private static final String INSTRUCTION = "Reason first, as if talking to yourself. Then sum the reasoning up"
            + " inside <summary> </summary> tags. ";

    private static final String BOXED = "Put the final answer in \\boxed{}.";

    Thoughts of(Prompt task) {
        return new Thoughts(
                Prompt.user(task.text(), INSTRUCTION + (task.instruction().isEmpty() ? BOXED : task.instruction())),
                IntStream.rangeClosed(1, paths).mapToObj("<think%d>"::formatted).toList(),
                IntStream.rangeClosed(1, paths)
                        .mapToObj("</think%d>"::formatted)
                        .toList(),
                "<think>",
                List.of("</think>"),
                SUMMARY,
                "<summary>",
                "</summary>",
                PATH_TOKENS,
                SUMMARY_TOKENS,
                false,
                "first");
    }
}
