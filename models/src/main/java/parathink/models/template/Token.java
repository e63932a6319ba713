package parathink.models.template;

/**
 * A piece of a template.
 *
 * @param text the name, the operator, the digits, or the contents of a string with its escapes resolved
 * @param line in which it begins, from 1
 */
record Token(TokenKind kind, String text, int line) {
    boolean is(TokenKind other, String word) {
        return kind == other && text.equals(word);
    }

    /** As a complaint names it. */
    String shown() {
        return switch (kind) {
            case NAME, OPERATOR, INTEGER, FLOAT -> "'" + text + "'";
            case STRING, DATA, OUTPUT_BEGIN, OUTPUT_END, BLOCK_BEGIN, BLOCK_END, END -> kind.words();
        };
    }
}
