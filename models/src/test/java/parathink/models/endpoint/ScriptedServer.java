package parathink.models.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import parathink.models.ChatDialect;
import parathink.models.Seed;

/**
 * An OpenAI-compatible server on the loopback interface that says what it is told, one character a token and then the end
 * token. The branch {@code 0/2} and the sequence {@code 2} of a session with the seed 1 get the third script; any other request
 * the next one nobody got. Prompts have a token a character.
 */
public final class ScriptedServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String END = "data: [DONE]\n\n";

    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> scripts;
    private final Map<Long, Integer> places = new HashMap<>(); // of scripts, by the seed that is sent
    private final Map<Long, String> said = new HashMap<>(); // at other places, by the seed that is sent
    private final List<JsonNode> requests = new ArrayList<>(); // guarded by this, as are the next three
    private final List<String> keys = new ArrayList<>();
    private final Map<Integer, Answer> faults = new HashMap<>();
    private int taken;
    private boolean seeded = true;
    private boolean counts = true;
    private boolean completes = true;
    private boolean continues = true;
    private int candidates = 20;
    private Answer models = exchange -> reply(exchange, 200, "{\"data\": [{\"id\": \"scripted\"}]}");
    private String thinking = "";
    private long cached;
    private double verdict = 0.9;

    /** What the server does with a request in place of an answer. */
    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    public ScriptedServer(String... scripts) {
        this.scripts = List.of(scripts);
        for (int i = 0; i < 64; i++) {
            places.put(sent("0/" + i), i);
            places.put(sent(Integer.toString(i)), i);
        }
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.setExecutor(threads);
        http.createContext("/v1/models", exchange -> models.to(exchange));
        http.createContext("/v1/chat/completions", exchange -> answer(exchange, true));
        http.createContext("/v1/completions", exchange -> answer(exchange, false));
        http.start();
    }

    private static long sent(String path) {
        return Seed.of(1).child(path).value() & 0x7fffffff;
    }

    /** Says this at a place of the session with the seed 1, whatever the scripts are. */
    public synchronized ScriptedServer saying(String path, String text) {
        said.put(sent(path), text);
        return this;
    }

    /** Tokens of all prompts that were no probes. */
    public synchronized long promptTokens() {
        return requests.stream().mapToLong(this::promptTokens).sum();
    }

    /** Says that it had so many tokens of every prompt already. */
    ScriptedServer remembering(long tokens) {
        cached = tokens;
        return this;
    }

    /** The same text for the same seed no more. */
    ScriptedServer ignoringSeeds() {
        seeded = false;
        return this;
    }

    ScriptedServer withoutUsage() {
        counts = false;
        return this;
    }

    ScriptedServer withoutCompletions() {
        completes = false;
        return this;
    }

    ScriptedServer withoutContinuing() {
        continues = false;
        return this;
    }

    /** Gives so many candidates a token; -1 for no log-probabilities. */
    ScriptedServer withCandidates(int most) {
        candidates = most;
        return this;
    }

    /** Tells of its models in another way. */
    ScriptedServer listing(Answer list) {
        models = list;
        return this;
    }

    /** Thinks so before every text, in a field of its own. */
    ScriptedServer thinking(String text) {
        thinking = text;
        return this;
    }

    /** Answers the nth request that is no probe, from 0, in another way. */
    synchronized ScriptedServer answering(int nth, Answer answer) {
        faults.put(nth, answer);
        return this;
    }

    /** Refuses the nth request that is no probe, in these words. */
    public ScriptedServer refusing(int nth, int status, String words) {
        return answering(
                nth, exchange -> reply(exchange, status, "{\"error\": {\"message\": \"%s\"}}".formatted(words)));
    }

    public EndpointAddress address() {
        return EndpointAddress.parse(
                "http://127.0.0.1:%d/v1#scripted".formatted(http.getAddress().getPort()));
    }

    /** An engine on it, without a key. */
    public EndpointEngine engine() {
        return engine(caps(2), Time.REAL);
    }

    EndpointEngine engine(Caps caps, Time time) {
        return EndpointEngine.open(address(), ApiKey.NONE, caps, ChatDialect.BUILT_IN, time);
    }

    static Caps caps(int retries) {
        return new Caps(
                64, OptionalLong.empty(), OptionalDouble.empty(), Optional.empty(), retries, Duration.ofSeconds(20));
    }

    /** Requests that were no probes, as they were sent. */
    public synchronized List<JsonNode> requests() {
        return List.copyOf(requests);
    }

    /** The keys that came with all requests. */
    public synchronized List<String> keys() {
        return List.copyOf(keys);
    }

    private void answer(HttpExchange exchange, boolean chat) throws IOException {
        var body = JSON.readTree(exchange.getRequestBody().readAllBytes());
        boolean probe = isProbe(body);
        Optional<Answer> fault;
        String text;
        synchronized (this) {
            keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            fault = probe ? Optional.empty() : Optional.ofNullable(faults.get(requests.size()));
            if (!probe) {
                requests.add(body);
            }
            text = probe ? words(body) : fault.isPresent() ? "" : script(body);
        }
        if (fault.isPresent()) {
            fault.get().to(exchange);
        } else if (!chat && !completes) {
            reply(exchange, 404, "{\"error\": {\"message\": \"no such path\"}}");
        } else {
            stream(exchange, events(body, chat, text));
        }
    }

    private String script(JsonNode body) {
        var told = said.get(body.path("seed").asLong(-1));
        if (told != null) {
            return told;
        }
        var place = Optional.ofNullable(places.get(body.path("seed").asLong(-1)));
        int next = place.filter(known -> seeded).orElse(taken);
        taken = Math.max(taken, next) + 1;
        return next < scripts.size() ? scripts.get(next) : "";
    }

    private String words(JsonNode body) {
        return seeded ? "word " + body.path("seed").asLong() : "word " + System.nanoTime();
    }

    private static boolean isProbe(JsonNode body) {
        var asked = body.path("messages")
                .path(0)
                .path("content")
                .asText(body.path("prompt").asText());
        return asked.equals("Write ten random words.") || asked.equals("Count to nine.") || asked.equals("One, two,");
    }

    /** The events of an answer, in one text. */
    String events(JsonNode body, boolean chat, String text) {
        int most = body.path("max_tokens").asInt();
        var events = new StringBuilder();
        boolean judging = isComparison(body);
        var said = judging ? "i" : text;
        int tokens = 0;
        for (int i = 0; i < thinking.length() && tokens < most; i++, tokens++) {
            events.append(event(chat, piece("reasoning_content", thinking.charAt(i)), "", body, judging));
        }
        for (int i = 0; i < said.length() && tokens < most; i++, tokens++) {
            events.append(event(chat, piece(chat ? "content" : "text", said.charAt(i)), "", body, judging));
        }
        boolean whole = tokens < most;
        events.append(event(chat, JSON.createObjectNode(), whole ? "stop" : "length", JSON.createObjectNode(), false));
        if (counts && body.path("stream_options").path("include_usage").asBoolean()) {
            events.append(
                    "data: {\"choices\": [], \"usage\": {\"prompt_tokens\": %d, \"completion_tokens\": %d, \"prompt_tokens_details\": {\"cached_tokens\": %d}}}\n\n"
                            .formatted(promptTokens(body), whole ? tokens + 1 : tokens, cached));
        }
        return events.append(END).toString();
    }

    private static boolean isComparison(JsonNode body) {
        return body.path("messages").path(0).path("content").asText().endsWith("\"different\" if not.");
    }

    private static ObjectNode piece(String field, char character) {
        return JSON.createObjectNode().put(field, String.valueOf(character));
    }

    private String event(boolean chat, ObjectNode part, String finish, JsonNode body, boolean judging) {
        var event = JSON.createObjectNode();
        var choice = event.putArray("choices").addObject();
        choice.put("index", 0);
        if (chat) {
            choice.set("delta", part);
        } else {
            choice.put("text", part.path("text").asText());
        }
        if (finish.isEmpty()) {
            choice.putNull("finish_reason");
        } else {
            choice.put("finish_reason", finish);
        }
        if (finish.isEmpty() && candidates >= 0 && body.path("logprobs").asBoolean()) {
            logprobs(choice.putObject("logprobs").putArray("content").addObject(), body, judging);
        }
        return "data: " + event + "\n\n";
    }

    /** Every token is drawn with the log-probability -0.5, and the next candidates are half as probable each. */
    private void logprobs(ObjectNode token, JsonNode body, boolean judging) {
        token.put("token", "x").put("logprob", -0.5);
        var top = token.putArray("top_logprobs");
        if (judging) {
            top.addObject().put("token", " ident").put("logprob", Math.log(verdict));
            top.addObject().put("token", "different").put("logprob", Math.log(1 - verdict));
            return;
        }
        int most = Math.min(candidates, body.path("top_logprobs").asInt(0));
        for (int i = 0; i < most; i++) {
            top.addObject().put("token", "x" + i).put("logprob", -0.5 - i);
        }
    }

    /** A character a token; a turn that is not gone on with has five more. */
    private long promptTokens(JsonNode body) {
        if (body.has("prompt")) {
            return body.path("prompt").asText().length();
        }
        long tokens = 0;
        for (var message : body.path("messages")) {
            tokens += message.path("content").asText().length();
        }
        return tokens + (body.path("messages").size() > 1 && !continues ? 5 : 0);
    }

    static void stream(HttpExchange exchange, String events) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(events.getBytes(StandardCharsets.UTF_8));
        }
    }

    static void reply(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /** Goes away, as a server may. */
    void stop() {
        http.stop(0);
    }

    @Override
    public void close() {
        stop();
        threads.shutdownNow();
    }
}
