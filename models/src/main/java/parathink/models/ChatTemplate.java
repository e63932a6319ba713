package parathink.models;

import java.util.Map;
import java.util.Optional;

/** Renders a prompt as the text a model was trained to continue. Immutable; may be used from any thread. */
public interface ChatTemplate {
    /**
     * The text the model sees, special tokens by name.
     *
     * @throws ModelException when the template refuses the prompt, or cannot be rendered
     */
    String render(Prompt prompt);

    /** The template as its author wrote it; nothing for a form that is built in. */
    default Optional<TemplateText> text() {
        return Optional.empty();
    }

    /**
     * The same template with some of its variables set.
     *
     * @param options values by name, as JSON or as plain text
     * @throws IllegalArgumentException when the template has no such variable
     */
    default ChatTemplate with(Map<String, String> options) {
        if (!options.isEmpty()) {
            throw new IllegalArgumentException("this model brings no chat template, so there is no '%s' to set"
                    .formatted(options.keySet().iterator().next()));
        }
        return this;
    }
}
