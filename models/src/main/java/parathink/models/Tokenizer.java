package parathink.models;

/** Text to token ids and back. Immutable; may be used from any thread. */
public interface Tokenizer {
    /** Token ids of a text; names of special tokens, such as {@code <think>}, become those tokens. */
    int[] encode(String text);

    /** A decoder for one stream of tokens. */
    Decoder decoder();

    /** Number of token ids. */
    int size();

    /** The text of some tokens; tokens that end a text give nothing. */
    default String decode(int[] tokens) {
        var decoder = decoder();
        var text = new StringBuilder();
        for (int token : tokens) {
            text.append(decoder.accept(token));
        }
        return text.append(decoder.finish()).toString();
    }

    /** Turns a stream of tokens into text without ever splitting a character. Not thread-safe. */
    interface Decoder {
        /** The characters that this token completes; may be empty. */
        String accept(int token);

        /** What is left when the stream ends: a replacement character for each unfinished one. */
        String finish();
    }
}
