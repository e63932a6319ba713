package parathink.models;

import java.util.TreeMap;

/** Substitutes as a model's token ids; of a sequence without any, every token is written as it is drawn. Any thread. */
final class WrittenTokens {
    /** Nothing is written in place of anything. */
    static final WrittenTokens AS_DRAWN = new WrittenTokens(new int[0], new int[0], -1);

    private final int[] drawn;
    private final int[] written;
    private final int end; // in place of a token that ends every text; -1 for none

    private WrittenTokens(int[] drawn, int[] written, int end) {
        this.drawn = drawn;
        this.written = written;
        this.end = end;
    }

    static WrittenTokens of(Substitutes substitutes, Tokenizer tokenizer) {
        var pairs = new TreeMap<>(substitutes.tokens());
        return new WrittenTokens(
                pairs.keySet().stream().mapToInt(name -> token(name, tokenizer)).toArray(),
                pairs.values().stream().mapToInt(name -> token(name, tokenizer)).toArray(),
                token(substitutes.end(), tokenizer));
    }

    private static int token(String name, Tokenizer tokenizer) {
        int[] tokens = tokenizer.encode(name);
        if (tokens.length != 1) {
            throw new IllegalArgumentException("'%s' must be one token, is %d".formatted(name, tokens.length));
        }
        return tokens[0];
    }

    int of(int token, LanguageModel model) {
        for (int i = 0; i < drawn.length; i++) {
            if (drawn[i] == token) {
                return written[i];
            }
        }
        return end >= 0 && model.isEnd(token) ? end : token;
    }
}
