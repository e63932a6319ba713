package parathink.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parathink.models.Batch;
import parathink.models.KvCache;

final class LargeGraphTest {
    /** Shapes large enough that some constants go to the second file and some stay. */
    private static final DecoderConfig CONFIG =
            new DecoderConfig(700, 128, 256, 2, 4, 2, 32, 1e-5f, 10000, 600, false, true, 6);

    @TempDir
    Path cache;

    @ParameterizedTest
    @EnumSource(NumericMode.class)
    void givesTheSameBitsAsOneFileAndLeavesNothingBehind(NumericMode mode) throws IOException {
        var settings = Models.SETTINGS.withThreads(1);
        var graph = DecoderGraph.of(CONFIG, new RandomWeights(), mode, Models.PROCESSOR);
        float[] expected;
        try (var whole = Models.decoder(CONFIG, graph)) {
            expected = step(whole, whole.newCache());
        }

        var own = new OrtSettings(settings.libraryFolder(), cache, 1, settings.device());
        var session = LargeGraph.open(OrtApi.load(OrtLibrary.locate(own)), graph, "tiny", own, Optional.empty());
        try (var files = Files.list(cache)) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("graph")))
                    .isEmpty();
        }
        try (var parted = new SlabDecoder(
                CONFIG,
                Models.THOUGHTS,
                session,
                Optional.empty(),
                Optional.empty(),
                16,
                1,
                new RawMemory()::allocate,
                Long.MAX_VALUE)) {
            assertThat(step(parted, parted.newCache())).isEqualTo(expected);
        }
    }

    private static float[] step(Decoder decoder, KvCache cache) {
        var batch = new Batch();
        batch.add(cache, new int[] {3, 41, 5, 600, 44, 7}, 0, 6);
        decoder.forward(batch);
        return Models.row(batch.logits(), 0, CONFIG.vocabulary());
    }
}
