package parathink.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import parathink.models.ModelException;

/** Any bytes at all as weights, graph or description of a model: read, or refused with the file's name and one line. */
final class WeightsFuzzTest {
    @TempDir
    private Path folder;

    @FuzzTest
    void safetensors(byte[] bytes) {
        try {
            var weights = new Safetensors(Map.of("a.safetensors", MemorySegment.ofArray(bytes)));
            weights.rows("w").ifPresent(rows -> assertThat(rows).isNotNegative());
            assertThat(weights.tensor("w", 2, 1)).hasSize(2);
        } catch (ModelException refusal) {
            assertRefusal(refusal, "a.safetensors");
        }
    }

    @FuzzTest
    void onnx(byte[] bytes) throws IOException {
        var file = Files.write(folder.resolve("a.onnx"), bytes);
        try {
            var read = OnnxFile.read(file);
            assertThat(read.externalData())
                    .allSatisfy(name ->
                            assertThat(folder.resolve(name).toRealPath()).startsWith(folder.toRealPath()));
            assertThat(OnnxFile.read(file)).isEqualTo(read);
        } catch (ModelException refusal) {
            assertRefusal(refusal, file.toString());
        }
    }

    @FuzzTest
    void index(byte[] bytes) throws IOException {
        Files.write(folder.resolve("model.safetensors.index.json"), bytes);
        Files.write(folder.resolve("model.safetensors"), new byte[0]);
        try {
            assertThat(WeightFiles.in(folder).files())
                    .allSatisfy(file -> assertThat(file.getParent()).isEqualTo(folder));
        } catch (ModelException refusal) {
            assertRefusal(refusal, folder.toString());
        }
    }

    @FuzzTest
    void config(byte[] bytes) throws IOException {
        Files.write(folder.resolve("config.json"), bytes);
        try {
            ModelFolder.open(folder, NumericMode.EXACT, Models.SETTINGS);
        } catch (ModelException refusal) {
            assertRefusal(refusal, folder.toString());
        }
    }

    private static void assertRefusal(ModelException refusal, String name) {
        assertThat(refusal.getMessage()).contains(name).hasLineCount(1);
        assertThat(refusal.kind()).isIn(ModelException.Kind.UNUSABLE, ModelException.Kind.MISSING);
    }
}
