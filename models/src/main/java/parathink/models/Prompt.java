package parathink.models;

/**
 * What a sequence starts from.
 *
 * @param text one user message, or the whole text when {@code raw}
 * @param instruction how to answer, appended by the templates of models that follow instructions; may be empty
 * @param raw true for text that goes to the model as it stands, without a chat template
 */
public record Prompt(String text, String instruction, boolean raw) {
    public Prompt {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a prompt must not be empty");
        }
        if (raw && !instruction.isEmpty()) {
            throw new IllegalArgumentException("a raw prompt has no place for an instruction");
        }
    }

    /** One user message with an instruction how to answer. */
    public static Prompt user(String text, String instruction) {
        return new Prompt(text, instruction, false);
    }

    /** One user message. */
    public static Prompt user(String text) {
        return new Prompt(text, "", false);
    }

    /** A text that the model continues as it stands. */
    public static Prompt raw(String text) {
        return new Prompt(text, "", true);
    }
}
