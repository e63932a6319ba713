package parathink.models.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import parathink.models.Account;
import parathink.models.Budget;
import parathink.models.ChatDialect;
import parathink.models.Completion;
import parathink.models.FinishReason;
import parathink.models.Journal;
import parathink.models.ModelException;
import parathink.models.Pause;
import parathink.models.Prompt;
import parathink.models.Role;
import parathink.models.SamplingParams;
import parathink.models.Seed;
import parathink.models.StopRule;

/** A cap on money holds, whatever is in flight. */
@Timeout(60) // seconds; who waits for money that never comes waits for ever
final class MoneyTest {
    private static final TokenPrices PRICES = new TokenPrices(1, 10); // USD a million
    private static final SamplingParams SAMPLING = new SamplingParams(1, 0, 1, 0, 100);

    private static final String IN_TIME = """
            data: {"choices": [{"delta": {"content": "in time"}, "finish_reason": "stop"}]}

            data: [DONE]

            """;

    private static Caps caps(double usd) {
        return new Caps(
                64, OptionalLong.empty(), OptionalDouble.of(usd), Optional.of(PRICES), 2, Duration.ofSeconds(20));
    }

    private static ScriptedServer server() {
        var scripts = new String[128];
        Arrays.fill(scripts, "abc");
        return new ScriptedServer(scripts);
    }

    /** What the questions before a run cost. */
    private static double probe() {
        try (var server = server();
                var engine = server.engine(caps(1), Time.REAL)) {
            return engine.spending().usd().orElseThrow();
        }
    }

    @Test
    void requestsInFlightTogetherDoNotPassTheCap() {
        // a request costs 4 tokens of prompt and 4 decoded, 44 millionths, and may cost 100 decoded ones until it has
        // ended
        double cap = probe() + 3000e-6;
        var told = Collections.synchronizedList(new ArrayList<Completion>());
        var failures = Collections.synchronizedList(new ArrayList<Throwable>());
        try (var server = server();
                var engine = server.engine(caps(cap), Time.REAL)) {
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int problem = 0; problem < 4; problem++) {
                    var id = "p" + problem;
                    var _ = threads.submit(() -> draw(engine, id, told, failures));
                }
            }
            int asked = server.requests().size();
            double billed = probe() + PRICES.of(server.promptTokens(), 4L * asked);
            assertThat(billed).isLessThanOrEqualTo(cap);
            // the next one may have cost its 100 tokens, and a prompt that nobody had counted 4 bytes and twice 23 of a
            // template
            assertThat(cap - billed).isLessThan(PRICES.of(4 + 2 * 23, 100));
            assertThat(engine.spending().usd().orElseThrow()).isEqualTo(billed);
            // nothing that was paid for is lost
            assertThat(told.stream().filter(completion -> completion.finish() == FinishReason.STOP))
                    .hasSize(asked);
        }
        assertThat(failures)
                .hasSize(4)
                .allSatisfy(failure -> assertThat(failure)
                        .isInstanceOfSatisfying(
                                ModelException.class, e -> assertThat(e.kind()).isEqualTo(ModelException.Kind.HALTED))
                        .hasMessageContaining("--max-usd"));
    }

    private static void draw(EndpointEngine engine, String problem, List<Completion> told, List<Throwable> failures) {
        var journal = new Journal() {
            @Override
            public Optional<Completion> recorded(String path) {
                return Optional.empty();
            }

            @Override
            public void ended(Completion completion) {
                told.add(completion);
            }
        };
        try (var session = engine.open(problem, Budget.UNLIMITED, Seed.of(1), journal)) {
            session.decodeAll(session.start(Prompt.user("two?"), SAMPLING).fork(25), StopRule.NONE);
        } catch (ModelException e) {
            failures.add(e);
        }
    }

    @Test
    void aRequestThatWaitsForMoneyIsNotSentWhenAnotherOneStopsTheRun() {
        var caps = caps(probe() + 2500e-6);
        var purse = new Purse(caps);
        var refused = new CountDownLatch(1);
        try (var server = server().answering(0, exchange -> {
                            await(refused);
                            while (pays(purse)) {
                                Thread.onSpinWait(); // until the refusal has been read
                            }
                            ScriptedServer.stream(exchange, IN_TIME);
                        })
                        .answering(1, exchange -> {
                            ScriptedServer.reply(exchange, 401, "{\"error\": \"no\"}");
                            refused.countDown();
                        });
                var engine = EndpointEngine.open(
                        server.address(), ApiKey.NONE, caps, purse, ChatDialect.BUILT_IN, Time.REAL);
                var session = engine.open("p", Budget.UNLIMITED, Seed.of(1), Journal.NONE)) {
            var forks = session.start(Prompt.user("two?"), SAMPLING).fork(3); // 1050 each: two are sent

            assertThatThrownBy(() -> session.decodeAll(forks, StopRule.NONE)).hasMessageContaining("401");
            assertThat(server.requests()).hasSize(2);
        }
    }

    /** Whether anything is paid for. */
    private static boolean pays(Purse purse) {
        try {
            purse.hold(0, 0).settle(0, 0);
            return true;
        } catch (Fault e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void aStopOnOneServerIsOneOnTheOther() {
        var caps = ScriptedServer.caps(2);
        var purse = new Purse(caps);
        try (var server = server().refusing(0, 401, "no");
                var other = server();
                var engine = EndpointEngine.open(
                        server.address(), ApiKey.NONE, caps, purse, ChatDialect.BUILT_IN, Time.REAL);
                var judging = EndpointEngine.open(
                        other.address(), ApiKey.NONE, caps, purse, ChatDialect.BUILT_IN, Time.REAL);
                var session = engine.open("p", Budget.UNLIMITED, Seed.of(1), Journal.NONE);
                var judge = judging.open("p", Budget.UNLIMITED, Seed.of(1), Journal.NONE)) {
            var first = session.start(Prompt.user("two?"), SAMPLING);
            assertThatThrownBy(() -> first.decode(StopRule.NONE)).hasMessageContaining("401");

            var next = judge.start(Prompt.user("which?"), SAMPLING);
            assertThatThrownBy(() -> next.decode(StopRule.NONE)).hasMessageContaining("401");
            assertThat(other.requests()).isEmpty();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void branchesThatStandStillDoNotKeepAnyoneWaitingForEver() {
        try (var server = server().answering(0, MoneyTest::sayOnAndOn).answering(1, MoneyTest::sayOnAndOn);
                var engine = server.engine(caps(probe() + 2500e-6), Time.REAL);
                var session = engine.open("p", Budget.UNLIMITED, Seed.of(1), Journal.NONE)) {
            var forks = session.start(Prompt.user("two?"), SAMPLING).fork(2); // 1050 each are set aside
            session.decodeUntil(forks, StopRule.NONE, new Pause.AfterTokens(1));
            var judge = session.judge().start(Prompt.user("which?"), SAMPLING);

            assertThatThrownBy(() -> judge.decode(StopRule.NONE)).hasMessageContaining("--max-usd");
        }
    }

    private static void sayOnAndOn(HttpExchange exchange) {
        var event = "data: {\"choices\": [{\"index\": 0, \"delta\": {\"content\": \"x\"}}]}\n\n"
                .getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            while (true) {
                exchange.getResponseBody().write(event);
                exchange.getResponseBody().flush();
            }
        } catch (IOException e) {
            // nobody listens any more
        }
    }

    @Test
    void whatIsInFlightWhenTheRunStopsComesToItsEnd() {
        var refused = new CountDownLatch(1);
        var told = new Told();
        try (var server = server().answering(0, exchange -> {
                            await(refused);
                            ScriptedServer.stream(exchange, IN_TIME);
                        })
                        .answering(1, exchange -> {
                            ScriptedServer.reply(exchange, 401, "{\"error\": \"no\"}");
                            refused.countDown();
                        });
                var engine = server.engine(ScriptedServer.caps(2), Time.REAL);
                var session = engine.open("p", Budget.UNLIMITED, Seed.of(1), told)) {
            var forks = session.start(Prompt.user("two?"), SAMPLING).fork(2);

            assertThatThrownBy(() -> session.decodeAll(forks, StopRule.NONE))
                    .isInstanceOfSatisfying(
                            ModelException.class, e -> assertThat(e.kind()).isEqualTo(ModelException.Kind.HALTED));
            assertThat(told.ended).extracting(Completion::text).containsExactly("in time");
            // and nothing is begun any more
            var next = session.start(Prompt.user("three?"), SAMPLING);
            assertThatThrownBy(() -> next.decode(StopRule.NONE)).hasMessageContaining("401");
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void aRequestThatWasWrittenAndNeverAnsweredCostsTheMostThatItsPromptCanBe() {
        // 4 bytes and twice 23 tokens of a template, as long as nobody has counted
        assertThat(extra(exchange -> {
                    throw new IOException("the server breaks off");
                }))
                .isCloseTo(PRICES.of(4 + 2 * 23, 0), within(1e-12));
    }

    @Test
    void aRequestThatIsTurnedAwayCostsNothing() {
        assertThat(extra(exchange -> ScriptedServer.reply(exchange, 500, "{}"))).isCloseTo(0, within(1e-12));
    }

    /** What a completion costs more whose first request is answered so. */
    private static double extra(ScriptedServer.Answer first) {
        try (var server = server().answering(0, first);
                var engine = server.engine(caps(1), new TestingTime());
                var session = engine.open("p", Budget.UNLIMITED, Seed.of(1), Journal.NONE)) {
            session.start(Prompt.user("two?"), SAMPLING).decode(StopRule.NONE);
            assertThat(server.requests()).hasSize(2);
            return engine.spending().usd().orElseThrow() - probe() - PRICES.of(4, 4);
        }
    }

    @Test
    void theWorstThatAPromptCanBeIsATokenAByteUntilItIsCounted() {
        var text = "zwölf"; // five characters, six bytes
        assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSize(6);
        var prompts = new PromptCosts(new Account(Budget.UNLIMITED), 7);
        assertThat(prompts.most(text)).isEqualTo(6 + 2 * 7);
        prompts.counted(text, Role.BRANCH, new Piece.Count(9, 0, 1));
        assertThat(prompts.most(text)).isEqualTo(9);
    }
}
