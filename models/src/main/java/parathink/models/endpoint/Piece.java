package parathink.models.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One event of a streamed answer.
 *
 * @param reasoning what the server keeps apart as thinking
 * @param text the answer itself
 * @param tokens with their log-probabilities, where the server gives them
 * @param finish the server's word for why it ends here
 * @param usage the server's own count, of the whole request
 */
record Piece(String reasoning, String text, List<Token> tokens, Optional<String> finish, Optional<Count> usage) {

    /** A piece of a completion that is written token by token. */
    Piece {
        tokens = List.copyOf(tokens);
    }

    /**
     * A token that was drawn.
     *
     * @param logprob natural
     * @param candidates the most probable tokens for its place, most probable first
     */
    record Token(double logprob, List<Candidate> candidates) {
        Token {
            candidates = List.copyOf(candidates);
        }
    }

    /** A token that might have been drawn. */
    record Candidate(String text, double logprob) {}

    /**
     * What a request cost.
     *
     * @param prompt tokens of the prompt
     * @param cached those of them that the server did not compute again
     * @param decoded tokens
     */
    record Count(long prompt, long cached, long decoded) {}

    /** A text, and nothing known of it. */
    static Piece of(String text) {
        return new Piece("", text, List.of(), Optional.empty(), Optional.empty());
    }

    /** Reads an event of either interface: messages or raw texts. */
    static Piece of(JsonNode event) {
        var choice = event.path("choices").path(0);
        var delta = choice.path("delta");
        var reasoning = text(delta, "reasoning_content");
        return new Piece(
                reasoning.isEmpty() ? text(delta, "reasoning") : reasoning,
                delta.isObject() ? text(delta, "content") : text(choice, "text"),
                tokens(choice.path("logprobs")),
                Optional.of(text(choice, "finish_reason")).filter(word -> !word.isEmpty()),
                count(event.path("usage")));
    }

    /** Tokens decoded: those that are listed, else one a piece with text in it. */
    int size() {
        return !tokens.isEmpty() ? tokens.size() : reasoning.isEmpty() && text.isEmpty() ? 0 : 1;
    }

    private static String text(JsonNode object, String field) {
        var value = object.path(field);
        return value.isTextual() ? value.textValue() : "";
    }

    private static Optional<Count> count(JsonNode usage) {
        if (!usage.path("prompt_tokens").isNumber()) {
            return Optional.empty();
        }
        long prompt = Math.max(0, usage.path("prompt_tokens").longValue());
        long cached = usage.path("prompt_tokens_details").path("cached_tokens").asLong(0);
        return Optional.of(new Count(
                prompt,
                Math.clamp(cached, 0, prompt),
                Math.max(0, usage.path("completion_tokens").asLong(0))));
    }

    private static List<Token> tokens(JsonNode logprobs) {
        return logprobs.path("content").isArray() ? listed(logprobs.path("content")) : columns(logprobs);
    }

    /** As the messages interface has them: an object a token. */
    private static List<Token> listed(JsonNode content) {
        var tokens = new ArrayList<Token>(content.size());
        for (var token : content) {
            var top = token.path("top_logprobs");
            var candidates = new ArrayList<Candidate>(top.size());
            for (var candidate : top) {
                add(candidates, text(candidate, "token"), candidate.path("logprob"));
            }
            tokens.add(new Token(token.path("logprob").asDouble(Double.NaN), candidates));
        }
        return tokens;
    }

    /** As the older interface has them: a list of numbers and a list of objects. */
    private static List<Token> columns(JsonNode logprobs) {
        var numbers = logprobs.path("token_logprobs");
        var tokens = new ArrayList<Token>(numbers.size());
        for (int i = 0; i < numbers.size(); i++) {
            var candidates = new ArrayList<Candidate>();
            logprobs.path("top_logprobs")
                    .path(i)
                    .properties()
                    .forEach(entry -> add(candidates, entry.getKey(), entry.getValue()));
            candidates.sort((a, b) -> Double.compare(b.logprob(), a.logprob()));
            tokens.add(new Token(numbers.path(i).asDouble(Double.NaN), candidates));
        }
        return tokens;
    }

    private static void add(List<Candidate> candidates, String text, JsonNode logprob) {
        if (logprob.isNumber() && Double.isFinite(logprob.doubleValue())) {
            candidates.add(new Candidate(text, logprob.doubleValue()));
        }
    }
}
