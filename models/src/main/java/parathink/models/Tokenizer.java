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

    /** The beginning of a text that has at most so many tokens and ends where a token ends; the whole where it fits. */
    default String beginning(String text, int tokens) {
        int[] all = encode(text);
        if (all.length <= tokens) {
            return text;
        }
        for (int kept = tokens; kept > 0; kept--) {
            var decoder = decoder();
            var beginning = new StringBuilder();
            for (int i = 0; i < kept; i++) {
                beginning.append(decoder.accept(all[i]));
            }
            if (encode(beginning.toString()).length <= tokens) { // it may be cut into other tokens than the whole
                return beginning.toString();
            }
        }
        return "";
    }

    /** Turns a stream of tokens into text without ever splitting a character. Not thread-safe. */
    interface Decoder {
        /** The characters that this token completes; may be empty. */
        String accept(int token);

        /** What is left when the stream ends: a replacement character for each unfinished one. */
        String finish();
    }
}
