package parathink.models.endpoint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What a server was found to do; see {@link Probe}.
 *
 * @param chat it answers messages, by its model's own template
 * @param completions it continues a raw text
 * @param continuing how it goes on with a message that it has begun
 * @param seeds whether the seed that is sent decides the text
 * @param topLogprobs candidates a token whose log-probabilities it gives; 0 for the token's own alone, -1 for none
 * @param usage it counts its tokens, in the stream
 * @param streamOptions it takes the field that asks for that
 * @param reasoning its thinking came in a field of its own
 * @param newLimitField the token limit is called {@code max_completion_tokens}
 * @param context tokens that the model reads at most, where the server says so
 * @param template tokens that it puts around a message at most: all those of a short one, as counted, or an assumption
 */
record Capabilities(
        boolean chat,
        boolean completions,
        Continuing continuing,
        Seeds seeds,
        int topLogprobs,
        boolean usage,
        boolean streamOptions,
        boolean reasoning,
        boolean newLimitField,
        OptionalInt context,
        int template) {

    /** How a begun message is gone on with. */
    enum Continuing {
        /** Not at all, or not to be told. */
        NO,
        /** A message of the assistant at the end is gone on with. */
        PLAIN,
        /** The same, when {@code continue_final_message} asks for it. */
        BY_FIELD
    }

    /** Whether seeds decide texts. */
    enum Seeds {
        /** The same seed gave the same text, another one another text. */
        HONOURED,
        /** The same seed gave another text. */
        IGNORED,
        /** The server refuses the field. */
        REFUSED,
        /** All texts were the same, whatever the seed. */
        UNKNOWN
    }

    /** The same, with other candidates a token. */
    Capabilities withTopLogprobs(int candidates) {
        return new Capabilities(
                chat,
                completions,
                continuing,
                seeds,
                candidates,
                usage,
                streamOptions,
                reasoning,
                newLimitField,
                context,
                template);
    }

    /** The same for raw texts. */
    Capabilities withoutChat() {
        return with(false, seeds, streamOptions, false);
    }

    boolean ignoresSeeds() {
        return seeds == Seeds.IGNORED || seeds == Seeds.REFUSED;
    }

    boolean givesLogprobs() {
        return topLogprobs >= 0;
    }

    /** The same, with messages gone on with in another way. */
    Capabilities with(Continuing way) {
        return new Capabilities(
                chat,
                completions,
                way,
                seeds,
                topLogprobs,
                usage,
                streamOptions,
                reasoning,
                newLimitField,
                context,
                template);
    }

    /** The same, with other fields of a request. */
    Capabilities with(boolean messages, Seeds seed, boolean options, boolean newLimit) {
        return new Capabilities(
                messages,
                completions,
                continuing,
                seed,
                topLogprobs,
                usage,
                options,
                reasoning,
                newLimit,
                context,
                template);
    }

    /** What the record of a problem should say, by topic. */
    Map<String, String> notes() {
        var notes = new HashMap<String, String>();
        if (ignoresSeeds()) {
            notes.put("seeds", "ignored by the server: the same command gives other texts");
        }
        if (!usage) {
            notes.put("tokens", "estimated: the server does not count them");
        }
        return notes;
    }

    /** What a run on such a server will not be. */
    List<String> remarks() {
        var remarks = new ArrayList<String>();
        if (ignoresSeeds()) {
            remarks.add("the server ignores seeds: the same command gives other texts");
        }
        if (!usage) {
            remarks.add(
                    "the server does not count its tokens: prompts are estimated, a completion's tokens are its events");
        }
        return remarks;
    }

    /** For the reader, a line a topic. */
    List<String> lines() {
        return List.of(
                "messages: " + (chat ? "yes" : "no; prompts go to it as raw texts"),
                "raw texts: " + (completions ? "yes" : "no"),
                "goes on with a text: "
                        + switch (continuing) {
                            case NO -> "no";
                            case PLAIN -> "yes, after a begun message";
                            case BY_FIELD -> "yes, by continue_final_message";
                        },
                "seeds: "
                        + switch (seeds) {
                            case HONOURED -> "honoured";
                            case IGNORED -> "ignored: the same command gives other texts";
                            case REFUSED -> "refused: the same command gives other texts";
                            case UNKNOWN -> "not to be told, all texts were the same";
                        },
                "log-probabilities: " + (topLogprobs < 0 ? "none" : "of %d candidates a token".formatted(topLogprobs)),
                "tokens: " + (usage ? "counted by the server" : "estimated, the server does not count them"),
                "thinking: " + (reasoning ? "in a field of its own" : "not seen apart"),
                "context: " + (context.isPresent() ? context.getAsInt() + " tokens" : "not told"));
    }
}
