package parathink.models.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import parathink.models.ChatDialect;
import parathink.models.ModelException;

/** Any bytes at all from a server: events that add up, or a fault in one line. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AnswerStreamFuzzTest {
    private static final EndpointAddress NOWHERE = EndpointAddress.parse("http://127.0.0.1:9/v1#m");

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost");

    private final TestingTime time = new TestingTime();
    private Server server;
    private Silence.Guard guard;
    private ScriptedServer remote;
    private volatile byte[] list = new byte[0];

    @BeforeAll
    void open() {
        server = new Server(NOWHERE, ApiKey.NONE, Duration.ofSeconds(20));
        guard = new Silence.Guard(Duration.ofSeconds(20));
        remote = new ScriptedServer().listing(this::list);
    }

    @AfterAll
    void close() {
        server.close();
        guard.close();
        remote.close();
    }

    @FuzzTest
    void events(byte[] bytes) throws IOException {
        var whole = read(new ByteArrayInputStream(bytes));
        assertThat(read(new OneByOne(bytes)))
                .as("however it is cut into packets")
                .isEqualTo(whole);
    }

    /** What an answer says, or the fault it ends in. */
    private List<Object> read(InputStream in) throws IOException {
        var read = new ArrayList<Object>();
        try (var stream = new EventStream(in, guard.watch())) {
            for (var data = stream.next(); data.isPresent(); data = stream.next()) {
                var piece = Piece.of(server.read(data.get()));
                assertThat(piece.size()).isNotNegative();
                piece.usage().ifPresent(count -> {
                    assertThat(count.decoded()).isNotNegative();
                    assertThat(count.cached()).isBetween(0L, count.prompt());
                });
                read.add(piece);
            }
        } catch (Fault fault) {
            assertThat(fault.getMessage()).hasLineCount(1).hasSizeLessThan(600);
            read.add(fault.getMessage());
        }
        return read;
    }

    /** The first two bytes choose the status, the rest is the list of models. */
    @FuzzTest
    void modelsList(byte[] bytes) {
        list = bytes;
        try (var _ = BugDetectors.allowNetworkConnections((host, port) -> LOOPBACK.contains(host));
                var engine = EndpointEngine.open(
                        remote.address(), ApiKey.NONE, ScriptedServer.caps(1), ChatDialect.BUILT_IN, time)) {
            engine.context().ifPresent(most -> assertThat(most).isPositive());
        } catch (ModelException refusal) {
            assertThat(refusal.getMessage()).contains("127.0.0.1").hasLineCount(1);
        }
    }

    private void list(HttpExchange exchange) throws IOException {
        var bytes = list;
        int status = bytes.length < 2 ? 200 : 200 + Math.floorMod((bytes[0] << 8) | bytes[1], 400);
        var body = bytes.length < 2 ? "" : new String(bytes, 2, bytes.length - 2, StandardCharsets.ISO_8859_1);
        ScriptedServer.reply(exchange, status, body);
    }

    private static final class OneByOne extends FilterInputStream {
        OneByOne(byte[] bytes) {
            super(new ByteArrayInputStream(bytes));
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return super.read(into, offset, Math.min(1, length));
        }
    }
}
