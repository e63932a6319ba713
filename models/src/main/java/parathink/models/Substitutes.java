package parathink.models;

import java.util.Map;
import java.util.Objects;

/**
 * Tokens that a sequence writes in place of ones that it draws, so that a path of several cannot open or close another one
 * (Wen et al., 2025, do so in their engine). A drawn token is paid for as any other; what counts as its end is what is
 * written.
 *
 * @param tokens the token that is written, by the one that is drawn; each by the name of a token of its own
 * @param end written in place of a token that ends every text
 */
public record Substitutes(Map<String, String> tokens, String end) {
    public Substitutes {
        tokens = Map.copyOf(tokens);
        Objects.requireNonNull(end, "end");
    }
}
