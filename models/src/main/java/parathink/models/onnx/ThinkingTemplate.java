package parathink.models.onnx;

import parathink.models.ChatTemplate;
import parathink.models.Prompt;

/**
 * The user turn of the distilled reasoning models of DeepSeek-AI (2025), which ParaThinker was trained from: the message,
 * the instruction behind it, and a thinking block opened by the prompt. Immutable; any thread.
 *
 * @param opening names of the tokens that begin every text of the model; may be empty
 */
record ThinkingTemplate(String opening) implements ChatTemplate {
    @Override
    public String render(Prompt prompt) {
        if (prompt.raw()) {
            return prompt.text();
        }
        var message = prompt.instruction().isEmpty() ? prompt.text() : prompt.text() + " " + prompt.instruction();
        return opening + "<｜User｜>" + message + "<｜Assistant｜><think>";
    }
}
