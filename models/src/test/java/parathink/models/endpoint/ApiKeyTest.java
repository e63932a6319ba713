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
import parathink.models.ModelException;

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
