package parathink.models.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parathink.models.Budget;
import parathink.models.ChatDialect;
import parathink.models.Journal;
import parathink.models.ModelException;
import parathink.models.Prompt;
import parathink.models.SamplingParams;
import parathink.models.Seed;
import parathink.models.StopRule;

/** Where a key comes from, and where it does not go. */
final class ApiKeyTest {
    @TempDir
    private Path folder;

    @Test
    void theProjectsOwnVariableComesFirst() {
        var file = folder.resolve("none");
        assertThat(ApiKey.find(Map.of("PARATHINK_API_KEY", "ours", "OPENAI_API_KEY", "theirs"), file)
                        .header())
                .isEqualTo(Optional.of("Bearer ours"));
        assertThat(ApiKey.find(Map.of("OPENAI_API_KEY", " theirs\n"), file).header())
                .isEqualTo(Optional.of("Bearer theirs"));
        assertThat(ApiKey.find(Map.of(), file).header()).isEmpty();
    }

    @Test
    void aFileIsReadWhenItsOwnerAloneMayReadIt() throws IOException {
        var file = Files.writeString(folder.resolve("api-key"), "sk-file\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(ApiKey.find(Map.of(), file).header()).isEqualTo(Optional.of("Bearer sk-file"));

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> ApiKey.find(Map.of(), file))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("chmod 600")
                .hasMessageNotContaining("sk-file");
    }

    @Test
    void whatCannotStandInAHeaderIsRefusedUnseen() {
        assertThatThrownBy(() -> ApiKey.find(Map.of("PARATHINK_API_KEY", "sk-a\r\nX-Other: b"), folder))
                .isInstanceOf(ModelException.class)
                .hasMessageNotContaining("sk-a");
    }

    @Test
    void itIsTakenOutOfOthersWordsAndNotPrinted() {
        var key = ApiKey.find(Map.of("PARATHINK_API_KEY", "sk-secret"), folder.resolve("none"));
        assertThat(key.redact("Incorrect key: sk-secret.")).isEqualTo("Incorrect key: [key].");
        assertThat(key.toString()).doesNotContain("sk-secret");
    }

    @Test
    void itIsTakenOutOfJsonTooWhereItsCharactersAreEscaped() {
        var key = ApiKey.find(Map.of("PARATHINK_API_KEY", "sk-\"a\\b"), folder.resolve("none"));
        assertThat(key.redact("{\"key\": \"sk-\\\"a\\\\b\"}")).isEqualTo("{\"key\": \"[key]\"}");
    }

    @Test
    void noPartOfItIsLeftWhereALongMessageIsCut() {
        var secret = "sk-" + "s".repeat(40);
        for (int before = 250; before < 300; before += 7) { // a message is cut at 300 characters
            var words = "x".repeat(before) + secret;
            try (var server = new ScriptedServer("a")
                            .answering(
                                    0,
                                    exchange -> ScriptedServer.reply(exchange, 400, "{\"error\": \"" + words + "\"}"));
                    var engine = EndpointEngine.open(
                            server.address(),
                            ApiKey.find(Map.of("PARATHINK_API_KEY", secret), folder.resolve("none")),
                            ScriptedServer.caps(0),
                            ChatDialect.BUILT_IN,
                            Time.REAL);
                    var session = engine.open("p", Budget.UNLIMITED, Seed.of(1), Journal.NONE)) {
                var sequence = session.start(Prompt.user("two?"), new SamplingParams(1, 0, 1, 0, 10));
                assertThatThrownBy(() -> sequence.decode(StopRule.NONE))
                        .hasMessageContaining("xxx")
                        .hasMessageNotContaining("sk-s");
            }
        }
    }

    @Test
    void anAddressWithAPasswordIsRefusedUnseen() {
        for (var address : new String[] {
            "https://user:hunter2@host/v1#m", "https://host/v1?key=hunter2#m", "https://user:hunter2@host/v1"
        }) {
            assertThatThrownBy(() -> EndpointAddress.parse(address))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("PARATHINK_API_KEY")
                    .hasMessageNotContaining("hunter2");
        }
    }

    @Test
    void anAddressNeedsAModel() {
        assertThatThrownBy(() -> EndpointAddress.parse("http://localhost:8000/v1"))
                .hasMessageContaining("http://localhost:8000/v1#model-name");
        assertThat(EndpointAddress.parse("http://localhost:8000/v1/#org/name").toString())
                .isEqualTo("http://localhost:8000/v1#org/name");
    }
}
