package parathink.models.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static parathink.models.endpoint.ScriptedServer.stream;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import parathink.models.Budget;
import parathink.models.Completion;
import parathink.models.Journal;
import parathink.models.ModelException;
import parathink.models.Pause;
import parathink.models.Prompt;
import parathink.models.SamplingParams;
import parathink.models.Seed;
import parathink.models.StopRule;

/** What may go wrong in a stream that has begun; see {@link ServerFaultTest}. */
final class StreamFaultTest {
    private static final String FINISH =
            "data: {\"choices\": [{\"index\": 0, \"delta\": {}, \"finish_reason\": \"stop\"}]}\n\n";

    private static final SamplingParams SAMPLING = new SamplingParams(1, 0, 1, 0, 100);

    private final TestingTime time = new TestingTime();

    /** What came of one completion, and of the session. */
    private record Came(Completion completion, long work, EndpointEngine engine) {}

    private Came decode(ScriptedServer server) {
        try (var engine = server.engine(ScriptedServer.caps(2), time);
                var session = engine.open("p", Budget.UNLIMITED, Seed.of(1), Journal.NONE)) {
            var completion = session.start(Prompt.user("two?"), SAMPLING).decode(StopRule.NONE);
            return new Came(completion, session.usage().work(), engine);
        }
    }

    private static HttpExchange open(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        return exchange;
    }

    private static final String STOP = "data: {\"choices\": [{\"delta\": {}, \"finish_reason\": \"stop\"}]}\n\n";

    private static String content(String text) {
        return "data: {\"choices\": [{\"index\": 0, \"delta\": {\"content\": \"%s\"}}]}\n\n".formatted(text);
    }

    private static ModelException.Kind kind(Throwable failure) {
        return ((ModelException) failure).kind();
    }

    @Test
    void aStreamThatBreaksIsAskedForAgainAndItsTokensStayOnTheBill() {
        try (var server = new ScriptedServer("abc").answering(0, exchange -> {
            open(exchange).getResponseBody().write((content("a") + content("b")).getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            throw new IOException("the server breaks off");
        })) {
            var came = decode(server);

            assertThat(came.completion().text()).isEqualTo("abc");
            assertThat(came.completion().tokens()).isEqualTo(4);
            assertThat(came.work()).isEqualTo(2 + 4); // what was lost had been decoded too
            assertThat(came.engine().spending().retries()).isEqualTo(1);
            assertThat(server.requests().get(1).path("seed"))
                    .isEqualTo(server.requests().get(0).path("seed"));
        }
    }

    @Test
    void aStreamThatBreaksAfterAPauseEndsTheProblem() {
        var shown = new CountDownLatch(1);
        try (var server = new ScriptedServer().answering(0, exchange -> {
                    open(exchange)
                            .getResponseBody()
                            .write((content("a") + content("b")).getBytes(StandardCharsets.UTF_8));
                    exchange.getResponseBody().flush();
                    try {
                        shown.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    throw new IOException("the server breaks off");
                });
                var engine = server.engine(ScriptedServer.caps(2), time);
                var session = engine.open("p", Budget.UNLIMITED, Seed.of(1), Journal.NONE)) {
            var sequence = session.start(Prompt.user("two?"), SAMPLING);
            session.decodeUntil(List.of(sequence), StopRule.NONE, new Pause.AfterTokens(1));
            shown.countDown();

            assertThatThrownBy(() -> sequence.decode(StopRule.NONE))
                    .satisfies(e -> assertThat(kind(e)).isEqualTo(ModelException.Kind.FAILED))
                    .hasMessageContaining("had read a part");
        }
    }

    @Test
    void aLineEndThatIsCutInTwoEndsTheLine() {
        try (var server = new ScriptedServer("abc").answering(0, exchange -> {
            try (var body = open(exchange).getResponseBody()) {
                for (var packet : (content("z") + STOP + "data: [DONE]\n\n")
                        .replace("\n", "\r|\n")
                        .split("\\|", -1)) {
                    body.write(packet.getBytes(StandardCharsets.UTF_8));
                    body.flush();
                }
            }
        })) {
            assertThat(decode(server).completion().text()).isEqualTo("z");
        }
    }

    @Test
    void aPackedAnswerIsNotUnpacked() {
        try (var server = new ScriptedServer("abc").answering(0, exchange -> {
                    exchange.getResponseHeaders().set("Content-Encoding", "gzip");
                    try (var body = new GZIPOutputStream(open(exchange).getResponseBody())) {
                        var zeros = new byte[1 << 20];
                        for (int i = 0; i < 200; i++) {
                            body.write(zeros);
                        }
                    } catch (IOException e) {
                        // the client has closed the connection, as it should
                    }
                });
                var engine = server.engine(ScriptedServer.caps(2), time);
                var session = engine.open("p", Budget.UNLIMITED, Seed.of(1), Journal.NONE)) {
            var sequence = session.start(Prompt.user("two?"), SAMPLING);

            assertThatThrownBy(() -> sequence.decode(StopRule.NONE))
                    .satisfies(e -> assertThat(kind(e)).isEqualTo(ModelException.Kind.HALTED))
                    .hasMessageContaining("in the encoding 'gzip', which was not asked for");
        }
    }

    @Test
    void aRedirectToWhatIsNoAddressStopsTheRun() {
        try (var server = new ScriptedServer("abc").answering(0, exchange -> {
                    exchange.getResponseHeaders().set("Location", "http://[nowhere");
                    ScriptedServer.reply(exchange, 302, "");
                });
                var engine = server.engine(ScriptedServer.caps(2), time);
                var session = engine.open("p", Budget.UNLIMITED, Seed.of(1), Journal.NONE)) {
            var sequence = session.start(Prompt.user("two?"), SAMPLING);

            assertThatThrownBy(() -> sequence.decode(StopRule.NONE))
                    .satisfies(e -> assertThat(kind(e)).isEqualTo(ModelException.Kind.HALTED))
                    .hasMessageContaining("leads on to what is no address");
        }
    }

    @Test
    void anEventThatIsNoJsonIsThatProblemsError() {
        streams("data: {\"choices\": [\n\n", ModelException.Kind.FAILED, "not JSON");
    }

    @Test
    void aLineOfAHundredMegabytesIsNotRead() throws Exception {
        var written = new CompletableFuture<Integer>(); // MiB that the server got rid of
        try (var server = new ScriptedServer("abc").answering(0, exchange -> {
            int parts = 0;
            try (var body = open(exchange).getResponseBody()) {
                var part = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
                body.write("data: ".getBytes(StandardCharsets.UTF_8));
                for (; parts < 100; parts++) {
                    body.write(part);
                }
            } finally {
                written.complete(parts);
            }
        })) {
            assertThatThrownBy(() -> decode(server)).hasMessageContaining("a line of more than 4 MiB");
            // four, and what is under way in the buffers of two sockets
            assertThat(written.get(30, TimeUnit.SECONDS)).isLessThan(50);
        }
    }

    @Test
    void anEventOfManyLinesIsNotReadWithoutEnd() {
        streams(
                ("data: " + "x".repeat(1 << 20) + "\n").repeat(5),
                ModelException.Kind.FAILED,
                "an event of more than 4 MiB");
    }

    @Test
    void aStreamThatEndsInTheMiddleOfAnEventIsAskedForAgain() {
        try (var server = new ScriptedServer("abc")
                .answering(0, exchange -> stream(exchange, content("a") + "data: {\"choices\": [{\"ind"))) {
            assertThat(decode(server).completion().text()).isEqualTo("abc");
        }
    }

    @Test
    void anErrorInTheStreamIsInTheServersWords() {
        streams("data: {\"error\": {\"message\": \"out of memory\"}}\n\n", ModelException.Kind.FAILED, "out of memory");
    }

    @Test
    void anotherTypeThanAStreamIsThatProblemsError() {
        try (var server = new ScriptedServer("abc").answering(0, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, 0);
            try (var body = exchange.getResponseBody()) {
                body.write("<html>Sign\u001b[31m in</html>".getBytes(StandardCharsets.UTF_8));
            }
        })) {
            assertThatThrownBy(() -> decode(server))
                    .satisfies(e -> assertThat(kind(e)).isEqualTo(ModelException.Kind.FAILED))
                    .hasMessageContaining("text/html")
                    .hasMessageContaining("<html>Sign [31m in</html>"); // no escape sequence is left
        }
    }

    @Test
    void aStreamWithoutAFinishReasonIsAskedForAgain() {
        try (var server = new ScriptedServer("abc")
                .answering(0, exchange -> stream(exchange, content("a") + "data: [DONE]\n\n"))) {
            assertThat(decode(server).completion().text()).isEqualTo("abc");
        }
    }

    @Test
    void aStreamWithoutAChoiceIsAskedForAgainAndThenGivenUp() {
        var server = new ScriptedServer("abc");
        for (int i = 0; i < 3; i++) {
            server.answering(i, exchange -> stream(exchange, "data: {\"choices\": []}\n\ndata: [DONE]\n\n"));
        }
        try (server) {
            assertThatThrownBy(() -> decode(server)).hasMessageContaining("after 0 tokens without a finish reason");
        }
    }

    @Test
    void anEventThatComesTwiceUnderOneNumberCountsOnce() {
        var events = "id: 1\n" + content("a") + "id: 1\n" + content("a") + "id: 2\n" + content("a") + FINISH + FINISH;
        try (var server =
                new ScriptedServer().answering(0, exchange -> stream(exchange, events + "data: [DONE]\n\n"))) {
            var came = decode(server);
            assertThat(came.completion().text()).isEqualTo("aa");
            assertThat(came.work()).isEqualTo(2);
        }
    }

    private void streams(String events, ModelException.Kind kind, String words) {
        try (var server = new ScriptedServer("abc").answering(0, exchange -> stream(exchange, events))) {
            assertThatThrownBy(() -> decode(server))
                    .satisfies(e -> assertThat(kind(e)).isEqualTo(kind))
                    .hasMessageContaining(words);
        }
    }
}
