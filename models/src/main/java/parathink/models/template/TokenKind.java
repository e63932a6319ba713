package parathink.models.template;

/** What a piece of a template is. */
enum TokenKind {
    /** Text that is written as it stands. */
    DATA("text"),
    /** The opening of an output. */
    OUTPUT_BEGIN("'{{'"),
    OUTPUT_END("'}}'"),
    /** The opening of a statement. */
    BLOCK_BEGIN("'{%'"),
    BLOCK_END("'%}'"),
    NAME("a name"),
    STRING("a string"),
    INTEGER("a whole number"),
    FLOAT("a number"),
    OPERATOR("an operator"),
    END("the end of the template");

    private final String words;

    TokenKind(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
