package parathink.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import parathink.models.Batch;
import parathink.models.KvCache;

/** A pass that finds no memory leaves the caches as they were: made again, it has the bits of one that never failed. */
final class WholePassesTest {
    private static final int CHUNK = 8;

    /** Makes every pass and then, once, says that there was no memory for the last of it. */
    private static final class FailsOnce implements Decoder {
        private final Decoder decoder;
        private boolean failed;

        FailsOnce(Decoder decoder) {
            this.decoder = decoder;
        }

        @Override
        public boolean joinsCaches() {
            return decoder.joinsCaches();
        }

        @Override
        public KvCache newCache() {
            return decoder.newCache();
        }

        @Override
        public void forward(Batch batch) {
            decoder.forward(batch);
            if (!failed) {
                failed = true;
                throw new OutOfMemoryError("told to have none");
            }
        }

        @Override
        public void close() {
            decoder.close();
        }
    }

    @Test
    void promptsAndStepsOfAPassThatFailedAreMadeAgainWithTheSameBits() {
        List<float[]> never;
        try (var decoder = Models.tinyOnNan(NumericMode.EXACT, CHUNK)) {
            never = passes(decoder, false);
        }
        try (var decoder = new WholePasses(new FailsOnce(Models.tinyOnNan(NumericMode.EXACT, CHUNK)))) {
            assertThat(passes(decoder, true)).usingRecursiveComparison().isEqualTo(never);
        }
    }

    /** Logits of a prompt of three chunks beside a shorter one, and of a step of both. */
    private static List<float[]> passes(Decoder decoder, boolean first) {
        var caches = List.of(decoder.newCache(), decoder.newCache());
        var prompts = List.of(Models.tokens(1, 3 * CHUNK), Models.tokens(2, CHUNK));
        var given = new ArrayList<float[]>();
        if (first) {
            assertThatThrownBy(() -> pass(decoder, caches, prompts)).isInstanceOf(OutOfMemoryError.class);
            assertThat(caches).extracting(KvCache::length).containsOnly(0);
        }
        given.addAll(pass(decoder, caches, prompts));
        given.addAll(pass(decoder, caches, List.of(new int[] {3}, new int[] {4})));
        assertThat(caches).extracting(KvCache::length).containsExactly(3 * CHUNK + 1, CHUNK + 1);
        return given;
    }

    private static List<float[]> pass(Decoder decoder, List<KvCache> caches, List<int[]> tokens) {
        var batch = new Batch();
        for (int row = 0; row < caches.size(); row++) {
            batch.add(caches.get(row), tokens.get(row), 0, tokens.get(row).length);
        }
        decoder.forward(batch);
        return List.of(
                Models.row(batch.logits(), 0, Models.TINY.vocabulary()),
                Models.row(batch.logits(), 1, Models.TINY.vocabulary()));
    }
}
