package parathink.models.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import parathink.models.ChatDialect;

/** What a server is found to do that will not have every field. */
final class ProbeTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TokenPrices PRICES = new TokenPrices(1, 10); // USD a million

    /** What is found of a server that answers with a status; 200 for an answer. */
    private static List<String> findings(ToIntFunction<JsonNode> status) throws IOException {
        var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        try (var words = new ScriptedServer()) {
            http.createContext("/v1/chat/completions", exchange -> {
                var body = JSON.readTree(exchange.getRequestBody().readAllBytes());
                int code = status.applyAsInt(body);
                if (code == 200) {
                    ScriptedServer.stream(
                            exchange,
                            words.events(body, true, "word " + body.path("seed").asLong()));
                } else {
                    ScriptedServer.reply(exchange, code, "{\"error\": {\"message\": \"not so\"}}");
                }
            });
            http.start();
            var address = EndpointAddress.parse(
                    "http://127.0.0.1:%d/v1#m".formatted(http.getAddress().getPort()));
            try (var engine = EndpointEngine.open(
                    address, ApiKey.NONE, ScriptedServer.caps(6), ChatDialect.BUILT_IN, new TestingTime())) {
                return engine.findings();
            }
        } finally {
            http.stop(0);
        }
    }

    @Test
    void aServerThatRefusesSeedsAloneHasLogprobs() throws IOException {
        assertThat(findings(body -> body.has("seed") ? 400 : 200))
                .contains(
                        "seeds: refused: the same command gives other texts",
                        "log-probabilities: of 20 candidates a token",
                        "tokens: counted by the server");
    }

    @Test
    void aServerThatGivesFewerCandidatesTakesAllElse() throws IOException {
        assertThat(findings(body -> body.path("top_logprobs").asInt() > 5 ? 422 : 200))
                .contains(
                        "seeds: honoured",
                        "log-probabilities: of 5 candidates a token",
                        "tokens: counted by the server");
    }

    @Test
    void aServerThatBreaksOnAFieldWillNotHaveIt() throws IOException {
        assertThat(findings(body -> body.has("stream_options") || body.has("logprobs") ? 500 : 200))
                .contains(
                        "seeds: honoured",
                        "log-probabilities: none",
                        "tokens: estimated, the server does not count them");
    }

    @Test
    void aServerThatBreaksOnceIsAskedAgain() throws IOException {
        var asked = new AtomicInteger();
        assertThat(findings(body -> asked.getAndIncrement() == 0 ? 500 : 200))
                .contains("seeds: honoured", "log-probabilities: of 20 candidates a token");
        assertThat(asked).hasValue(7); // six, and the one that broke
    }

    @Test
    void aQuestionThatBreaksOffCostsItsPromptAndWhatCame() throws IOException {
        // 32 bytes, 256 tokens of a template that nobody has counted, and one that came
        assertThat(cost(true) - cost(false)).isCloseTo(PRICES.of(32 + 256, 1), within(1e-12));
    }

    /** What the questions cost, where the first one breaks off after a token or not. */
    private static double cost(boolean breaking) throws IOException {
        var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        var asked = new AtomicInteger();
        try (var words = new ScriptedServer()) {
            http.createContext("/v1/chat/completions", exchange -> {
                var body = JSON.readTree(exchange.getRequestBody().readAllBytes());
                if (asked.getAndIncrement() == 0 && breaking) {
                    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
                    exchange.sendResponseHeaders(200, 0);
                    var event = "data: {\"choices\": [{\"index\": 0, \"delta\": {\"content\": \"x\"}}]}\n\n";
                    exchange.getResponseBody().write(event.getBytes(StandardCharsets.UTF_8));
                    exchange.getResponseBody().flush();
                    throw new IOException("the server breaks off");
                }
                ScriptedServer.stream(
                        exchange,
                        words.events(body, true, "word " + body.path("seed").asLong()));
            });
            http.start();
            var address = EndpointAddress.parse(
                    "http://127.0.0.1:%d/v1#m".formatted(http.getAddress().getPort()));
            var caps = new Caps(
                    8, OptionalLong.empty(), OptionalDouble.empty(), Optional.of(PRICES), 6, Duration.ofSeconds(20));
            try (var engine =
                    EndpointEngine.open(address, ApiKey.NONE, caps, ChatDialect.BUILT_IN, new TestingTime())) {
                return engine.spending().usd().orElseThrow();
            }
        } finally {
            http.stop(0);
        }
    }
}
