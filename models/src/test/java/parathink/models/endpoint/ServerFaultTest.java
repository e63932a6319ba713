package parathink.models.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static parathink.models.endpoint.ScriptedServer.reply;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parathink.models.Budget;
import parathink.models.ChatDialect;
import parathink.models.Completion;
import parathink.models.Journal;
import parathink.models.ModelException;
import parathink.models.Prompt;
import parathink.models.SamplingParams;
import parathink.models.Seed;
import parathink.models.StopRule;
import parathink.models.Templates;

/** Every row of the table of faults in docs/endpoints.md. */
final class ServerFaultTest {
    private static final SamplingParams SAMPLING = new SamplingParams(1, 0, 1, 0, 100);

    private final TestingTime time = new TestingTime();

    /** What came of one completion, and of the session. */
    private record Came(Completion completion, long work, EndpointEngine engine) {}

    private Came decode(ScriptedServer server) {
        return decode(server, 2);
    }

    private Came decode(ScriptedServer server, int retries) {
        try (var engine = server.engine(ScriptedServer.caps(retries), time);
                var session = engine.open("p", Budget.UNLIMITED, Seed.of(1), Journal.NONE)) {
            var completion = session.start(Prompt.user("two?"), SAMPLING).decode(StopRule.NONE);
            return new Came(completion, session.usage().work(), engine);
        }
    }

    private static ModelException.Kind kind(Throwable failure) {
        return ((ModelException) failure).kind();
    }

    @Test
    void aRefusedConnectionAtTheStartNamesTheServer() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        var address = EndpointAddress.parse("http://127.0.0.1:%d/v1#m".formatted(port));
        assertThatThrownBy(() ->
                        EndpointEngine.open(address, ApiKey.NONE, ScriptedServer.caps(2), ChatDialect.BUILT_IN, time))
                .satisfies(e -> assertThat(kind(e)).isEqualTo(ModelException.Kind.MISSING))
                .hasMessageContaining("127.0.0.1:" + port)
                .hasMessageContaining("refused");
        assertThat(time.slept()).isEmpty();
    }

    @Test
    void aServerThatGoesAwayStopsTheRunAfterTheRetries() {
        try (var server = new ScriptedServer("a");
                var engine = server.engine(ScriptedServer.caps(2), time);
                var session = engine.open("p", Budget.UNLIMITED, Seed.of(1), Journal.NONE)) {
            session.start(Prompt.user("two?"), SAMPLING).decode(StopRule.NONE);
            server.stop();
            var next = session.start(Prompt.user("two?"), SAMPLING);

            assertThatThrownBy(() -> next.decode(StopRule.NONE))
                    .satisfies(e -> assertThat(kind(e)).isEqualTo(ModelException.Kind.HALTED));
            assertThat(time.slept()).containsExactly(500L, 1000L);
        }
    }

    @Test
    void aRefusedKeyStopsTheRunWithoutTheKeyInItsWords() {
        try (var server = new ScriptedServer("a")
                        .answering(
                                0,
                                exchange -> reply(
                                        exchange,
                                        401,
                                        "{\"error\": {\"message\": \"Incorrect API key: sk-very-secret\"}}"));
                var engine = EndpointEngine.open(
                        server.address(),
                        ApiKey.find(Map.of("PARATHINK_API_KEY", "sk-very-secret"), Path.of("none")),
                        ScriptedServer.caps(2),
                        ChatDialect.BUILT_IN,
                        time);
                var session = engine.open("p", Budget.UNLIMITED, Seed.of(1), Journal.NONE)) {
            var sequence = session.start(Prompt.user("two?"), SAMPLING);
            assertThatThrownBy(() -> sequence.decode(StopRule.NONE))
                    .satisfies(e -> assertThat(kind(e)).isEqualTo(ModelException.Kind.HALTED))
                    .hasMessageContaining("Incorrect API key: [key]")
                    .hasMessageNotContaining("sk-very-secret");
            assertThat(server.keys()).isNotEmpty().containsOnly("Bearer sk-very-secret");
        }
    }

    @Test
    void aModelThatIsNotThereStopsTheRun() {
        fails(404, "{\"error\": \"no model x\"}", ModelException.Kind.HALTED, "no model x");
    }

    @Test
    void aRequestThatTheServerWillNotHaveIsThatProblemsError() {
        fails(400, "{\"error\": {\"message\": \"context is 10 tokens\"}}", ModelException.Kind.FAILED, "context is 10");
    }

    @Test
    void moneyThatIsUsedUpStopsTheRun() {
        var used = "{\"error\": {\"message\": \"nothing left\", \"code\": \"insufficient_quota\"}}";
        fails(429, used, ModelException.Kind.HALTED, "nothing left");
        fails(402, used, ModelException.Kind.HALTED, "nothing left");
    }

    private void fails(int status, String body, ModelException.Kind kind, String words) {
        try (var server = new ScriptedServer("a").answering(0, exchange -> reply(exchange, status, body))) {
            assertThatThrownBy(() -> decode(server))
                    .satisfies(e -> assertThat(kind(e)).isEqualTo(kind))
                    .hasMessageContaining(words)
                    .hasMessageContaining(Integer.toString(status));
        }
        assertThat(time.slept()).isEmpty();
    }

    @Test
    void a429IsTriedAgainWhenTheServerSaysSo() {
        try (var server = new ScriptedServer("abc").answering(0, exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "7");
            reply(exchange, 429, "{\"error\": {\"message\": \"slow down\"}}");
        })) {
            assertThat(decode(server).completion().text()).isEqualTo("abc");
            assertThat(time.slept()).containsExactly(7000L);
        }
    }

    @Test
    void aStormOf429WaitsLongerEachTimeAndEndsInTheServersWords() {
        var server = new ScriptedServer("abc");
        for (int i = 0; i < 4; i++) {
            server.answering(i, exchange -> reply(exchange, 429, "{\"error\": {\"message\": \"slow down\"}}"));
        }
        try (server) {
            assertThatThrownBy(() -> decode(server, 3))
                    .satisfies(e -> assertThat(kind(e)).isEqualTo(ModelException.Kind.FAILED))
                    .hasMessageContaining("slow down");
            assertThat(time.slept()).containsExactly(500L, 1000L, 2000L);
        }
    }

    @Test
    void a500IsTriedAgain() {
        try (var server = new ScriptedServer("abc").answering(0, exchange -> reply(exchange, 500, "oops"))) {
            assertThat(decode(server).completion().text()).isEqualTo("abc");
            assertThat(time.slept()).containsExactly(500L);
        }
    }

    @Test
    void aWaitOfHoursStopsTheRun() {
        try (var server = new ScriptedServer("abc").answering(0, exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "86400");
            reply(exchange, 429, "{\"error\": {\"message\": \"come back tomorrow\"}}");
        })) {
            assertThatThrownBy(() -> decode(server))
                    .satisfies(e -> assertThat(kind(e)).isEqualTo(ModelException.Kind.HALTED))
                    .hasMessageContaining("come back tomorrow")
                    .hasMessageContaining("86400 s");
            assertThat(time.slept()).isEmpty();
        }
    }

    @Test
    void aRedirectIsNotFollowed() {
        try (var server = new ScriptedServer("abc").answering(0, exchange -> {
            exchange.getResponseHeaders().set("Location", "http://elsewhere.example/v1");
            reply(exchange, 307, "");
        })) {
            assertThatThrownBy(() -> decode(server))
                    .satisfies(e -> assertThat(kind(e)).isEqualTo(ModelException.Kind.HALTED))
                    .hasMessageContaining("elsewhere.example");
        }
    }

    @Test
    void whatOneServerHasCostIsGoneForAnother() {
        var caps = new Caps(
                8,
                OptionalLong.empty(),
                OptionalDouble.of(0.00035), // a probe decodes 25 tokens, and 35 are to be had
                Optional.of(new TokenPrices(0, 10)),
                2,
                Duration.ofSeconds(20));
        var purse = new Purse(caps);
        try (var server = new ScriptedServer();
                var other = new ScriptedServer();
                var first = EndpointEngine.open(server.address(), ApiKey.NONE, caps, purse, Templates.NONE)) {
            assertThat(first.spending().requests()).isPositive();
            assertThatThrownBy(() -> EndpointEngine.open(other.address(), ApiKey.NONE, caps, purse, Templates.NONE))
                    .hasMessageContaining("--max-usd");
        }
    }

    @Test
    void spentMoneyStopsTheRun() {
        // the probe decodes 25 tokens; 220 are to be had, and a request may take 100
        var caps = new Caps(
                8,
                OptionalLong.empty(),
                OptionalDouble.of(0.0022),
                Optional.of(new TokenPrices(0, 10)),
                2,
                Duration.ofSeconds(20));
        try (var server = new ScriptedServer("x".repeat(99), "abc");
                var engine = server.engine(caps, time);
                var session = engine.open("p", Budget.UNLIMITED, Seed.of(1), Journal.NONE)) {
            session.start(Prompt.user("two?"), SAMPLING).decode(StopRule.NONE); // 99 and the end: 125 by now
            var next = session.start(Prompt.user("two?"), SAMPLING);

            assertThatThrownBy(() -> next.decode(StopRule.NONE))
                    .satisfies(e -> assertThat(kind(e)).isEqualTo(ModelException.Kind.HALTED))
                    .hasMessageContaining(
                            "--max-usd 0.0022 is reached (0.001250 spent, and the next request may cost 0.001000)");
        }
    }

    @Test
    void aCertificateThatNobodyTrustsIsNamed(@TempDir Path folder) throws Exception {
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.setHttpsConfigurator(new HttpsConfigurator(context(folder)));
        server.start();
        try {
            var address = EndpointAddress.parse(
                    "https://localhost:%d/v1#m".formatted(server.getAddress().getPort()));
            assertThatThrownBy(() -> EndpointEngine.open(
                            address, ApiKey.NONE, ScriptedServer.caps(2), ChatDialect.BUILT_IN, time))
                    .satisfies(e -> assertThat(kind(e)).isEqualTo(ModelException.Kind.UNUSABLE))
                    .hasMessageContaining("certificate is not trusted");
        } finally {
            server.stop(0);
        }
    }

    /** Of a certificate that is made here and signed by itself. */
    private static SSLContext context(Path folder) throws Exception {
        var file = folder.resolve("store.p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var made = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "a",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        "password")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        assertThat(made.waitFor()).isZero();
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            store.load(in, "password".toCharArray());
        }
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, "password".toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
