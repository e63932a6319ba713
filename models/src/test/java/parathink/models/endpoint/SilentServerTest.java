package parathink.models.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static parathink.models.endpoint.ScriptedServer.reply;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import parathink.models.Budget;
import parathink.models.Journal;
import parathink.models.Prompt;
import parathink.models.SamplingParams;
import parathink.models.Seed;
import parathink.models.StopRule;

/** What is waited for has an end; see {@link ServerFaultTest}. */
@Timeout(60) // seconds; each of these would last for ever
final class SilentServerTest {
    private static final SamplingParams SAMPLING = new SamplingParams(1, 0, 1, 0, 100);

    private final TestingTime time = new TestingTime();

    private static HttpExchange open(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        return exchange;
    }

    @Test
    void aSilentServerIsGivenUp() {
        var never = new CountDownLatch(1);
        silent(exchange -> await(never), never);
    }

    @Test
    void aServerThatDripsWithoutEndingALineIsSilent() {
        var never = new CountDownLatch(1);
        silent(
                exchange -> {
                    open(exchange).getResponseBody().write("data: {".getBytes(StandardCharsets.UTF_8));
                    while (!ends(never)) {
                        exchange.getResponseBody().write(' ');
                        exchange.getResponseBody().flush();
                    }
                },
                never);
    }

    @Test
    void anErrorWhoseWordsDoNotComeIsTriedAgain() {
        var never = new CountDownLatch(1);
        silent(
                exchange -> {
                    exchange.sendResponseHeaders(500, 100);
                    await(never);
                },
                never);
    }

    @Test
    void aListOfModelsThatDoesNotComeIsNotWaitedFor() {
        var never = new CountDownLatch(1);
        var caps =
                new Caps(8, OptionalLong.empty(), OptionalDouble.empty(), Optional.empty(), 20, Duration.ofMillis(500));
        try (var server = new ScriptedServer("abc").listing(exchange -> {
                    exchange.sendResponseHeaders(200, 100);
                    await(never);
                });
                var engine = server.engine(caps, time)) {
            assertThat(engine.context()).isEmpty();
        } finally {
            never.countDown();
        }
    }

    @Test
    void anErrorOfThisProcessEndsTheProblemToo() {
        Time poor = new Time() {
            @Override
            public long nanos() {
                return time.nanos();
            }

            @Override
            public void sleep(long nanos) {
                throw new OutOfMemoryError("nothing left");
            }

            @Override
            public void await(Condition changed, long nanos) {
                throw new AssertionError("nothing to wait for");
            }
        };
        try (var server = new ScriptedServer("abc").answering(0, exchange -> reply(exchange, 500, "oops"));
                var engine = server.engine(ScriptedServer.caps(2), poor);
                var session = engine.open("p", Budget.UNLIMITED, Seed.of(1), Journal.NONE)) {
            var sequence = session.start(Prompt.user("two?"), SAMPLING);
            assertThatThrownBy(() -> sequence.decode(StopRule.NONE)).hasMessageContaining("nothing left");
        }
    }

    /** Whether it is over after a fiftieth of a second. */
    private static boolean ends(CountDownLatch end) {
        try {
            return end.await(20, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void silent(ScriptedServer.Answer answer, CountDownLatch end) {
        var caps =
                new Caps(8, OptionalLong.empty(), OptionalDouble.empty(), Optional.empty(), 20, Duration.ofMillis(500));
        try (var server = new ScriptedServer("abc").answering(0, answer);
                var engine = server.engine(caps, time);
                var session = engine.open("p", Budget.UNLIMITED, Seed.of(1), Journal.NONE)) {
            assertThat(session.start(Prompt.user("two?"), SAMPLING)
                            .decode(StopRule.NONE)
                            .text())
                    .isEqualTo("abc");
            assertThat(engine.spending().retries()).isPositive(); // more on a machine that is slow itself
        } finally {
            end.countDown();
        }
    }
}
