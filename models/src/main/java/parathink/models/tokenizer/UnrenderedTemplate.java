package parathink.models.tokenizer;

import java.nio.file.Path;
import parathink.models.ChatTemplate;
import parathink.models.ModelException;
import parathink.models.Prompt;

/**
 * The template of a model whose own cannot be read: refuses every prompt but raw ones, as another form would make the
 * model look worse than it is. Immutable; any thread.
 *
 * @param source the file that holds the model's template
 * @param complaint why it cannot be read
 */
public record UnrenderedTemplate(Path source, String complaint) implements ChatTemplate {
    @Override
    public String render(Prompt prompt) {
        if (!prompt.raw()) {
            throw new ModelException(
                    ModelException.Kind.UNUSABLE,
                    "%s: chat template: %s; raw prompts work (generate --raw)".formatted(source, complaint));
        }
        return prompt.text();
    }
}
