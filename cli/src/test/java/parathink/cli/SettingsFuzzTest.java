package parathink.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

/** Any bytes at all as a file of settings or prompts: read, or refused in one line that names the file. */
final class SettingsFuzzTest {
    @TempDir
    private Path folder;

    @FuzzTest
    void settings(byte[] bytes) throws IOException {
        var file = Files.write(folder.resolve("parathink.yaml"), bytes);
        try {
            SettingsFile.read(file, Set.of("run", "report")).entries().forEach((name, entry) -> {
                assertThat(entry.line()).isPositive();
                assertThat(entry.values()).doesNotContainNull();
            });
        } catch (IllegalArgumentException | UncheckedIOException refusal) {
            assertThat(refusal.getMessage()).contains(file.toString()).hasLineCount(1);
        }
    }

    @FuzzTest
    void prompts(byte[] bytes) throws IOException {
        var file = Files.write(folder.resolve("prompts.yaml"), bytes);
        try {
            var templates = PromptOptions.read("--prompts", file);
            assertThat(templates.isEmpty()).isFalse();
            assertThat(PromptOptions.read("--prompts", file)).isEqualTo(templates);
        } catch (IllegalArgumentException | UncheckedIOException refusal) {
            assertThat(refusal.getMessage()).contains(file.toString()).hasLineCount(1);
        }
    }
}
