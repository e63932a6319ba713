package parathink.models.tokenizer;

/** Turns a piece of text into tokens of a vocabulary. Any thread may use it. */
interface SubwordModel {
    /** Appends the tokens of a piece, which is not empty. */
    void encode(String piece, TokenIds tokens);
}
