package parathink.models.tokenizer;

import parathink.models.ChatTemplate;
import parathink.models.Prompt;

/**
 * The template of a model that has none: the text, and the instruction on a line of its own. Immutable; any thread.
 *
 * @param opening names of the tokens that begin every text of the model; may be empty
 */
public record PlainTemplate(String opening) implements ChatTemplate {
    @Override
    public String render(Prompt prompt) {
        if (prompt.raw()) {
            return prompt.text();
        }
        return opening + (prompt.instruction().isEmpty() ? prompt.text() : prompt.text() + "\n" + prompt.instruction());
    }
}
