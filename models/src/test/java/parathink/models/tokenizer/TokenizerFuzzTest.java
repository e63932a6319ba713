package parathink.models.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.io.TempDir;
import parathink.models.ModelException;
import parathink.models.Prompt;

/** Any bytes at all as the files beside a decoder: a tokenizer that keeps its promises, or one line that says why not. */
final class TokenizerFuzzTest {
    private static final String TEXT = "a b  12\tĀ\n<s>é";

    @TempDir
    private Path folder;

    @FuzzTest
    void tokenizer(byte[] bytes) throws IOException {
        var file = Files.write(folder.resolve("tokenizer.json"), bytes);
        try {
            var tokenizer = FileTokenizer.read(file);
            int[] ids = tokenizer.encode(TEXT);
            assertThat(Arrays.stream(ids).allMatch(id -> id >= 0 && id < tokenizer.size()))
                    .isTrue();
            assertThat(tokenizer.encode(TEXT)).containsExactly(ids);
            var decoder = tokenizer.decoder();
            for (int id : ids) {
                assertThat(decoder.accept(id)).isNotNull();
            }
        } catch (ModelException refusal) {
            assertRefusal(refusal);
        }
    }

    /** The first line of the input names the file. */
    @FuzzTest
    void filesBesideATokenizer(byte[] bytes) throws IOException {
        var text = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = text.indexOf('\n');
        var name = switch (end < 0 ? "" : text.substring(0, end)) {
            case "tokenizer_config.json" -> "tokenizer_config.json";
            case "generation_config.json" -> "generation_config.json";
            case "config.json" -> "config.json";
            case "chat_template.json" -> "chat_template.json";
            default -> "chat_template.jinja";
        };
        Files.writeString(
                folder.resolve("tokenizer.json"),
                "{\"model\": {\"type\": \"WordLevel\", \"vocab\": {\"a\": 0, \"<s>\": 1}, \"unk_token\": \"a\"}}");
        var file = Files.writeString(folder.resolve(name), text.substring(end + 1), StandardCharsets.ISO_8859_1);
        try {
            var read = TokenizerFolder.in(folder);
            assertThat(read.template().render(Prompt.user("a"))).isNotNull();
        } catch (ModelException refusal) {
            assertRefusal(refusal);
        } finally {
            Files.delete(file);
        }
    }

    private void assertRefusal(ModelException refusal) {
        assertThat(refusal.getMessage()).contains(folder.toString()).hasLineCount(1);
        assertThat(refusal.kind())
                .isIn(ModelException.Kind.UNUSABLE, ModelException.Kind.MISSING, ModelException.Kind.FAILED);
    }
}
