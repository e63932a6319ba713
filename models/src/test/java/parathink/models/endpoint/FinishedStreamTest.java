package parathink.models.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import parathink.models.Budget;
import parathink.models.Journal;
import parathink.models.Prompt;
import parathink.models.SamplingParams;
import parathink.models.Seed;
import parathink.models.StopRule;

/** A completion that has come to its end is paid for once, whatever its server does then; see {@link StreamFaultTest}. */
@Timeout(60) // seconds; a stream that is not ended lasts for ever
final class FinishedStreamTest {
    private static final SamplingParams SAMPLING = new SamplingParams(1, 0, 1, 0, 100);
    private static final TokenPrices PRICES = new TokenPrices(1, 10); // USD a million
    private static final Caps CAPS =
            new Caps(8, OptionalLong.empty(), OptionalDouble.empty(), Optional.of(PRICES), 20, Duration.ofSeconds(2));
    private static final int BEATS = 130; // more than a silence may last, see beat()

    private static final String ENDED = """
            data: {"choices": [{"delta": {"content": "a"}, "finish_reason": "stop"}]}

            data: {"choices": [], "usage": {"prompt_tokens": 4, "completion_tokens": 2}}

            data: [DONE]

            """;

    private static final CountDownLatch NOTHING = new CountDownLatch(0);

    @Test
    void aStreamThatIsResetAfterItsEndIsNotAskedForAgain() throws Exception {
        isPaidForOnce(
                exchange -> {
                    begin(exchange);
                    throw new IOException("the server breaks off");
                },
                NOTHING);
    }

    @Test
    void aStreamThatStaysSilentAfterItsEndIsNotAskedForAgain() throws Exception {
        isPaidForOnce(FinishedStreamTest::begin, NOTHING);
    }

    @Test
    void aStreamThatIsKeptAliveAfterItsEndIsClosedAndNotAskedForAgain() throws Exception {
        var left = new CountDownLatch(1);
        isPaidForOnce(
                exchange -> {
                    begin(exchange);
                    try {
                        while (true) {
                            beat(exchange);
                        }
                    } catch (IOException e) {
                        left.countDown();
                    }
                },
                left);
    }

    /** The next completion takes longer than a silence may last; the first one is over by then, and its stream left. */
    private static void isPaidForOnce(ScriptedServer.Answer first, CountDownLatch left) throws Exception {
        try (var server = new ScriptedServer("b", "b", "b", "b")
                        .answering(0, first)
                        .answering(1, exchange -> {
                            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
                            exchange.sendResponseHeaders(200, 0);
                            try (exchange) {
                                for (int i = 0; i < BEATS; i++) {
                                    beat(exchange);
                                }
                                exchange.getResponseBody().write(ENDED.getBytes(StandardCharsets.UTF_8));
                            }
                        });
                var engine = server.engine(CAPS, new TestingTime());
                var session = engine.open("p", Budget.UNLIMITED, Seed.of(1), Journal.NONE)) {
            double probe = engine.spending().usd().orElseThrow();
            for (int i = 0; i < 2; i++) {
                var completion = session.start(Prompt.user("two?"), SAMPLING).decode(StopRule.NONE);
                assertThat(completion.text()).isEqualTo("a");
            }
            assertThat(left.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(server.requests()).hasSize(2);
            assertThat(engine.spending().retries()).isZero();
            assertThat(engine.spending().usd().orElseThrow() - probe).isCloseTo(PRICES.of(2 * 4, 2 * 2), within(1e-12));
            assertThat(session.usage().work()).isEqualTo(2 * 2);
        }
    }

    private static void begin(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write(ENDED.getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
    }

    /** A comment, and a fiftieth of a second. */
    private static void beat(HttpExchange exchange) throws IOException {
        exchange.getResponseBody().write(": still here\n\n".getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
        try {
            if (new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS)) {
                throw new AssertionError("nobody counts it down");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
