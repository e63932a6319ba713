package parathink.models.onnx;

import java.util.Objects;
import java.util.Set;
import parathink.models.ChatDialect;
import parathink.models.ChatTemplate;
import parathink.models.Dialect;
import parathink.models.SamplingParams;
import parathink.models.Tokenizer;

/**
 * What there is to know of a model besides its numbers.
 *
 * @param name shown in reports
 * @param weights hash of the weights, as it is written into runs
 * @param dialect the texts by which it is asked for the steps of parallel reasoning
 * @param defaults sampling the model's makers recommend
 * @param endTokens tokens that end every text
 * @param contextLength most tokens of a sequence
 */
public record ModelCard(
        String name,
        String weights,
        Tokenizer tokenizer,
        ChatTemplate template,
        Dialect dialect,
        SamplingParams defaults,
        Set<Integer> endTokens,
        int contextLength) {
    public ModelCard {
        Objects.requireNonNull(tokenizer, "tokenizer");
        Objects.requireNonNull(template, "template");
        Objects.requireNonNull(dialect, "dialect");
        Objects.requireNonNull(defaults, "defaults");
        endTokens = Set.copyOf(endTokens);
        if (name.isBlank()) {
            throw new IllegalArgumentException("a model needs a name");
        }
        if (contextLength < 2) {
            throw new IllegalArgumentException("the context must have room for 2 tokens, got " + contextLength);
        }
    }

    /** Of a model that follows instructions. */
    public ModelCard(
            String name,
            String weights,
            Tokenizer tokenizer,
            ChatTemplate template,
            SamplingParams defaults,
            Set<Integer> endTokens,
            int contextLength) {
        this(name, weights, tokenizer, template, ChatDialect.BUILT_IN, defaults, endTokens, contextLength);
    }
}
