package parathink.models.tokenizer;

import java.nio.file.Path;
import parathink.models.ChatTemplate;
import parathink.models.ModelException;
import parathink.models.Prompt;

/**
 * The template of a model whose own cannot be rendered: refuses every prompt but raw ones, as another form would make the
 * model look worse than it is. Immutable; any thread.
 *
 * @param source the file that holds the model's template
 */
public record UnrenderedTemplate(Path source) implements ChatTemplate {
    @Override
    public String render(Prompt prompt) {
        if (!prompt.raw()) {
            throw new ModelException(
                    ModelException.Kind.UNUSABLE,
                    "%s: the chat template of this model is not supported; raw prompts (--raw) work".formatted(source));
        }
        return prompt.text();
    }
}
