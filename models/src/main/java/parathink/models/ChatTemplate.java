package parathink.models;

/** Renders a prompt as the text a model was trained to continue. Immutable; may be used from any thread. */
public interface ChatTemplate {
    /** The text the model sees, special tokens by name. */
    String render(Prompt prompt);
}
