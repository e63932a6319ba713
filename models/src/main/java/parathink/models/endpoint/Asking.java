package parathink.models.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import parathink.models.Prompt;
import parathink.models.SamplingParams;
import parathink.models.endpoint.Capabilities.Continuing;

/**
 * What a request asks for, in fields that the server was found to take.
 *
 * @param path of the interface
 * @param body of the request
 */
record Asking(String path, JsonNode body) {
    static final String CHAT = "chat/completions";
    static final String TEXT = "completions";

    private static final long SEED_BITS = 0x7fffffff; // servers keep it in 32 bits, some of them signed

    /** A request for a completion of a sequence; the rest as below. */
    static Asking of(Traffic traffic, EndpointSequence sequence, int maxTokens, long seed, int candidates) {
        return of(
                traffic.server().address(),
                traffic.capabilities(),
                sequence.prompt(),
                sequence.begun(),
                sequence.sampling(),
                maxTokens,
                seed,
                candidates);
    }

    /**
     * A request for one completion.
     *
     * @param begun what has been written of it already
     * @param maxTokens the most that it may decode
     * @param seed of its place in the fork tree
     * @param candidates a token, of which the log-probabilities are wanted; 0 for none
     */
    static Asking of(
            EndpointAddress address,
            Capabilities server,
            Prompt prompt,
            String begun,
            SamplingParams sampling,
            int maxTokens,
            long seed,
            int candidates) {
        var body = JsonNodeFactory.instance.objectNode();
        body.put("model", address.model());
        boolean chat = server.chat() && !prompt.raw();
        if (chat) {
            messages(body, server, prompt, begun);
        } else {
            body.put("prompt", EndpointEngine.plain(prompt) + begun);
        }
        body.put("stream", true);
        if (server.streamOptions()) {
            body.putObject("stream_options").put("include_usage", true);
        }
        body.put(chat && server.newLimitField() ? "max_completion_tokens" : "max_tokens", maxTokens);
        drawing(body, sampling);
        if (server.seeds() != Capabilities.Seeds.REFUSED) {
            body.put("seed", seed & SEED_BITS);
        }
        if (server.givesLogprobs()) {
            logprobs(body, chat, Math.min(candidates, server.topLogprobs()));
        }
        return new Asking(chat ? CHAT : TEXT, body);
    }

    private static void messages(ObjectNode body, Capabilities server, Prompt prompt, String begun) {
        var messages = body.putArray("messages");
        messages.addObject().put("role", "user").put("content", EndpointEngine.plain(prompt));
        if (!begun.isEmpty()) {
            messages.addObject().put("role", "assistant").put("content", begun);
            if (server.continuing() == Continuing.BY_FIELD) {
                body.put("continue_final_message", true).put("add_generation_prompt", false);
            }
        }
    }

    /** What a sampler leaves as it is goes without saying: not every server takes every field. */
    private static void drawing(ObjectNode body, SamplingParams sampling) {
        body.put("temperature", sampling.temperature());
        if (sampling.topP() < 1) {
            body.put("top_p", sampling.topP());
        }
        if (sampling.topK() > 0) {
            body.put("top_k", sampling.topK());
        }
        if (sampling.minP() > 0) {
            body.put("min_p", sampling.minP());
        }
    }

    private static void logprobs(ObjectNode body, boolean chat, int candidates) {
        if (!chat) {
            body.put("logprobs", candidates);
            return;
        }
        body.put("logprobs", true);
        if (candidates > 0) {
            body.put("top_logprobs", candidates);
        }
    }
}
