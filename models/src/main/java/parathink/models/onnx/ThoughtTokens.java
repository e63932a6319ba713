package parathink.models.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import parathink.models.ModelException;
import parathink.models.Tokenizer;

/**
 * The tokens that say which thought a token belongs to (Wen et al., 2025, section 3.3): from {@code <think i>} on it is
 * thought i, and from {@code <summary>} on none, as in the prompt and after a merge. Immutable; may be used from any
 * thread.
 *
 * @param opening ids of {@code <think1>}, {@code <think2>} and so on; empty for a model without thought embeddings
 * @param summary id of {@code <summary>}
 */
record ThoughtTokens(List<Integer> opening, int summary) {
    /** Those of a model without thought embeddings: no token belongs to a thought. */
    static final ThoughtTokens NONE = new ThoughtTokens(List.of(), -1);

    ThoughtTokens {
        opening = List.copyOf(opening);
    }

    /**
     * Those of a tokenizer, for a model with so many thought embeddings.
     *
     * @param origin the model's name, for messages
     * @throws ModelException when the tokenizer has no such tokens
     */
    static ThoughtTokens of(Tokenizer tokenizer, int segments, String origin) {
        if (segments == 0) {
            return NONE;
        }
        var opening = new ArrayList<Integer>();
        for (int thought = 1; thought < segments; thought++) {
            var token = token(tokenizer, "<think%d>".formatted(thought));
            if (token.isEmpty()) {
                break;
            }
            opening.add(token.getAsInt());
        }
        var summary = token(tokenizer, "<summary>");
        if (opening.isEmpty() || summary.isEmpty()) {
            throw new ModelException(
                    ModelException.Kind.UNUSABLE,
                    "%s: the weights have thought embeddings, so the tokenizer needs the tokens <think1> and <summary>"
                            .formatted(origin));
        }
        return new ThoughtTokens(opening, summary.getAsInt());
    }

    /** The token of this name; a name without one comes out as several tokens, or as the token for unknown words. */
    private static OptionalInt token(Tokenizer tokenizer, String name) {
        int[] tokens = tokenizer.encode(name);
        return tokens.length == 1 && tokenizer.decode(tokens).strip().equals(name)
                ? OptionalInt.of(tokens[0])
                : OptionalInt.empty();
    }

    /** The segment of a token that follows one of segment {@code before}; 0 stands for no thought. */
    int segment(int before, int token) {
        if (token == summary) {
            return 0;
        }
        for (int thought = 0; thought < opening.size(); thought++) {
            if (opening.get(thought) == token) {
                return thought + 1;
            }
        }
        return before;
    }
}
