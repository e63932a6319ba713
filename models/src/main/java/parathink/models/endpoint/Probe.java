package parathink.models.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import parathink.models.ModelException;
import parathink.models.Prompt;
import parathink.models.SamplingParams;
import parathink.models.endpoint.Capabilities.Continuing;
import parathink.models.endpoint.Capabilities.Seeds;

/**
 * Finds out what a server really does, by asking for a few tokens: a field that it refuses is left out from then on, and what
 * it takes is judged by what comes back. Used once, by one thread.
 */
final class Probe {
    private static final String NEW_LIMIT = "max_completion_tokens";
    private static final Prompt WORDS = Prompt.user("Write ten random words.");
    private static final int PROMPT_BYTES = 32; // of the longest one with what may be begun
    private static final int TOKENS = 12;
    private static final int CANDIDATES = 20;
    private static final int SOME_CANDIDATES = 5;
    private static final int FAILURES = 2; // after which a server that breaks on a request will not have it
    private static final int LONGEST_DIGIT = 2; // tokens that a digit may take; a turn of its own takes more
    private static final int TEMPLATE =
            256; // tokens around a message, until the server has counted one; usual are 5 to 80
    private static final long FIRST_WAIT = 500_000_000L; // nanoseconds

    private final Server server;
    private final Caps caps;
    private final Spending spending;
    private final Time time;

    Probe(Server server, Caps caps, Spending spending, Time time) {
        this.server = server;
        this.caps = caps;
        this.spending = spending;
        this.time = time;
    }

    /**
     * Asks.
     *
     * @throws ModelException when the server cannot be reached, refuses the key, or has no such model
     */
    Capabilities find() {
        try {
            var models = models();
            var all = new Capabilities(
                    true,
                    true,
                    Continuing.NO,
                    Seeds.UNKNOWN,
                    CANDIDATES,
                    true,
                    true,
                    false,
                    false,
                    context(models),
                    TEMPLATE);
            return ask(all, models);
        } catch (Fault e) {
            throw e.atStart();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ModelException(ModelException.Kind.FAILED, "interrupted while asking " + server.address(), e);
        }
    }

    private Capabilities ask(Capabilities assumed, Optional<JsonNode> models) throws Fault, InterruptedException {
        Capabilities taken;
        try {
            taken = taken(assumed);
        } catch (Fault chatRefused) {
            try {
                taken = taken(assumed.withoutChat());
            } catch (Fault both) {
                throw models.map(list -> unknownModel(list, chatRefused)).orElse(chatRefused);
            }
        }
        var one = reply(taken, WORDS, "", TOKENS, 7);
        var same = reply(taken, WORDS, "", TOKENS, 7);
        var other = reply(taken, WORDS, "", TOKENS, 8);
        var seeds = taken.seeds() == Seeds.REFUSED ? Seeds.REFUSED : seeds(one, same, other);
        var known = new Capabilities(
                taken.chat(),
                taken.chat() ? completes(taken) : true,
                Continuing.NO,
                seeds,
                candidates(one),
                one.count().isPresent(),
                taken.streamOptions(),
                one.reasoning() || same.reasoning() || other.reasoning(),
                taken.newLimitField(),
                taken.context(),
                one.count().map(count -> (int) count.prompt()).orElse(TEMPLATE));
        return known.chat() && known.usage() ? continuing(known) : known;
    }

    private static Seeds seeds(Heard one, Heard same, Heard other) {
        if (!one.text().equals(same.text())) {
            return Seeds.IGNORED;
        }
        return one.text().equals(other.text()) ? Seeds.UNKNOWN : Seeds.HONOURED;
    }

    /** The fields that the server takes: all of them, or each that it takes beside those that a request cannot do without. */
    private Capabilities taken(Capabilities assumed) throws Fault, InterruptedException {
        var refused = refusal(assumed);
        if (refused.isEmpty()) {
            return assumed;
        }
        var now = assumed.with(assumed.chat(), Seeds.REFUSED, false, assumed.newLimitField())
                .withTopLogprobs(-1);
        var still = refusal(now);
        if (still.isPresent()) {
            if (!assumed.newLimitField()
                    && (refused.get().names(NEW_LIMIT) || still.get().names(NEW_LIMIT))) {
                return taken(assumed.with(assumed.chat(), assumed.seeds(), assumed.streamOptions(), true));
            }
            throw still.get();
        }
        List<UnaryOperator<Capabilities>> fields = List.of(
                known -> known.with(known.chat(), assumed.seeds(), known.streamOptions(), known.newLimitField()),
                known -> known.with(known.chat(), known.seeds(), assumed.streamOptions(), known.newLimitField()),
                known -> known.withTopLogprobs(0),
                known -> known.withTopLogprobs(SOME_CANDIDATES),
                known -> known.withTopLogprobs(CANDIDATES));
        for (var field : fields) {
            var more = field.apply(now);
            now = refusal(more).isEmpty() ? more : now;
        }
        return now;
    }

    /** Why the server will not have a request with these fields; nothing where it answers. */
    private Optional<Fault> refusal(Capabilities tried) throws Fault, InterruptedException {
        try {
            reply(tried, WORDS, "", 1, 7);
            return Optional.empty();
        } catch (Fault fault) {
            if (fault.isCongestion()
                    || fault.remedy() == Fault.Remedy.STOP
                    || fault.remedy() == Fault.Remedy.AGAIN_OR_STOP) {
                throw fault;
            }
            return Optional.of(fault);
        }
    }

    private static int candidates(Heard reply) {
        return reply.tokens().isEmpty()
                ? -1
                : reply.tokens().stream()
                        .mapToInt(token -> token.candidates().size())
                        .min()
                        .orElse(0);
    }

    private boolean completes(Capabilities known) throws Fault, InterruptedException {
        try {
            reply(known.withoutChat(), Prompt.raw("One, two,"), "", 1, 7);
            return true;
        } catch (Fault fault) {
            fault.throwIfUnreachable();
            return false;
        }
    }

    /**
     * A message that has been begun takes little more of a prompt than its own tokens where it is gone on with; where it is
     * taken for a turn that has ended, what closes it and opens the next one comes on top.
     */
    private Capabilities continuing(Capabilities known) throws Fault, InterruptedException {
        long alone = promptTokens(known, "");
        for (var way : List.of(Continuing.BY_FIELD, Continuing.PLAIN)) {
            var tried = known.with(way);
            try {
                long more = promptTokens(tried, "1") - alone;
                if (more >= 1 && more <= LONGEST_DIGIT) {
                    return tried;
                }
            } catch (Fault fault) {
                fault.throwIfUnreachable();
            }
        }
        return known;
    }

    private long promptTokens(Capabilities known, String begun) throws Fault, InterruptedException {
        return reply(known, Prompt.user("Count to nine."), begun, 1, 7)
                .count()
                .map(Piece.Count::prompt)
                .orElse(0L);
    }

    private Optional<JsonNode> models() throws Fault, InterruptedException {
        try {
            return Optional.of(server.get("models"));
        } catch (Fault fault) {
            fault.throwIfUnreachable();
            return Optional.empty(); // not every server lists its models
        }
    }

    private OptionalInt context(Optional<JsonNode> models) {
        for (var model : models.map(list -> list.path("data")).orElse(Server.JSON.createArrayNode())) {
            if (model.path("id").asText().equals(server.address().model())) {
                int vllm = model.path("max_model_len").asInt(0);
                int llamaCpp = model.path("meta").path("n_ctx_train").asInt(0);
                return vllm > 1 ? OptionalInt.of(vllm) : llamaCpp > 1 ? OptionalInt.of(llamaCpp) : OptionalInt.empty();
            }
        }
        return OptionalInt.empty();
    }

    private Fault unknownModel(JsonNode list, Fault refused) {
        var names = new ArrayList<String>();
        list.path("data").forEach(model -> names.add(model.path("id").asText()));
        return names.isEmpty() || names.contains(server.address().model())
                ? refused
                : server.fault(
                        Fault.Remedy.STOP,
                        "has no model '%s'; it has %s"
                                .formatted(server.address().model(), String.join(", ", names)));
    }

    private Heard reply(Capabilities with, Prompt prompt, String begun, int tokens, long seed)
            throws Fault, InterruptedException {
        var asking = Asking.of(
                server.address(),
                with,
                prompt,
                begun,
                new SamplingParams(1, 0, 1, 0, tokens),
                tokens,
                seed,
                CANDIDATES);
        for (int tries = 0; ; tries++) {
            try {
                return read(asking, PROMPT_BYTES + with.template(), tokens);
            } catch (Fault fault) {
                int most = fault.isCongestion() ? caps.retries() : Math.min(FAILURES, caps.retries());
                if (fault.remedy() != Fault.Remedy.AGAIN || tries >= most) {
                    throw fault;
                }
                spending.triedAgain(0);
                time.sleep(Math.max(fault.waitNanos().orElse(0), FIRST_WAIT << Math.min(tries, 6)));
            }
        }
    }

    private Heard read(Asking asking, long mostPrompt, long mostDecoded) throws Fault, InterruptedException {
        var hold = spending.hold(mostPrompt, mostDecoded);
        var heard = new Heard();
        try {
            spending.asked();
            listen(server.post(asking), heard);
            heard.pay(spending, hold, mostPrompt, mostDecoded);
            return heard;
        } catch (Fault fault) {
            if (!fault.isRefusal()) {
                heard.pay(spending, hold, mostPrompt, heard.arrived());
            }
            throw fault;
        } finally {
            hold.settle(0, 0); // of a request that was refused
        }
    }

    private void listen(EventStream stream, Heard heard) throws Fault {
        try {
            for (var data = stream.next();
                    data.isPresent() && !Arrays.equals(data.get(), Arrival.DONE);
                    data = stream.next()) {
                heard.add(Piece.of(server.read(data.get())));
            }
        } catch (IOException e) {
            throw stream.silence().isBroken() ? server.silent() : server.broken(e, heard.arrived());
        } finally {
            server.close(stream);
        }
    }
}
