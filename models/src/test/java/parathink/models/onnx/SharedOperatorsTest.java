package parathink.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static parathink.models.onnx.Models.SETTINGS;
import static parathink.models.onnx.Models.row;
import static parathink.models.onnx.Models.tokens;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parathink.models.Batch;
import parathink.models.KvCache;

/** At a width where ONNX Runtime splits operators among threads, which smaller models' tests do not reach. */
final class SharedOperatorsTest {
    /** Two layers of SmolLM2-135M, with fewer tokens. */
    private static final DecoderConfig WIDE =
            new DecoderConfig(4096, 576, 1536, 2, 9, 3, 64, 1e-5f, 100000, 2048, true, false, 0);

    private static final int THREADS = 4;
    private static final int CHUNK = 256;
    private static final int LEAST_SHARED = 64;

    /** The first passes over a number of rows, of which {@link ThreadSharing} has four done one way and two the other. */
    private static final int STEPS = 6;

    /** A decoder whose lanes do all, and one with a second session as well. */
    private record Pair(SlabDecoder lanes, SlabDecoder both) implements AutoCloseable {
        static Pair open(NumericMode mode) {
            try (var arena = Arena.ofShared()) {
                var graph = DecoderGraph.sharing(WIDE, new RandomWeights(), mode, Processor.here())
                        .write(arena);
                return new Pair(decoder(graph, false), decoder(graph, true));
            }
        }

        private static SlabDecoder decoder(MemorySegment graph, boolean second) {
            var settings = SETTINGS.withThreads(THREADS);
            var library = OrtApi.load(OrtLibrary.locate(settings));
            var sharing = new PrefixAttention(WIDE, library, settings, LEAST_SHARED);
            var operator = Optional.of(sharing.operator());
            return new SlabDecoder(
                    WIDE,
                    ThoughtTokens.NONE,
                    OnnxSession.of(library, graph, "wide", settings.withThreads(1), operator),
                    second
                            ? Optional.of(OnnxSession.of(library, graph, "wide", settings.waitingAwake(), operator))
                            : Optional.empty(),
                    Optional.of(sharing),
                    CHUNK,
                    THREADS,
                    new RawMemory()::allocate,
                    Long.MAX_VALUE);
        }

        @Override
        public void close() {
            lanes.close();
            both.close();
        }
    }

    @ParameterizedTest
    @EnumSource(NumericMode.class)
    void theWayThatThreadsShareADecodingPassChangesNoBit(NumericMode mode) {
        for (boolean branches : new boolean[] {false, true}) {
            try (var pair = Pair.open(mode)) {
                for (int rows : new int[] {1, 3, 8}) {
                    var lanes = decoded(pair.lanes, rows, branches);
                    var both = decoded(pair.both, rows, branches);
                    for (int pass = 0; pass < STEPS; pass++) {
                        assertThat(Arrays.equals(both.get(pass), lanes.get(pass)))
                                .as("%d rows, branches of one prompt: %s, pass %d", rows, branches, pass)
                                .isTrue();
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(NumericMode.class)
    void aPromptHasTheSameBitsAloneAndInCompany(NumericMode mode) {
        try (var pair = Pair.open(mode)) {
            for (int length : new int[] {2, 31, 300}) {
                var prompt = tokens(5, length);
                var alone = read(pair.both, List.of(prompt)); // by the second session
                var company = read(pair.both, List.of(prompt, tokens(6, 40))); // by lanes
                assertThat(Arrays.equals(alone, company))
                        .as("%d tokens", length)
                        .isTrue();
                assertThat(Arrays.equals(alone, read(pair.lanes, List.of(prompt))))
                        .as("%d tokens without a second session", length)
                        .isTrue();
            }
        }
    }

    @Test
    void theConstantsOfTwoSessionsAreWorkedOutOnce() {
        var asked = new ConcurrentHashMap<String, Integer>(); // times, by tensor
        Weights weights = (name, shape) -> {
            asked.merge(name, 1, Integer::sum);
            return new RandomWeights().tensor(name, shape);
        };
        var graph = DecoderGraph.of(Models.TINY, weights, NumericMode.EXACT, Processor.here());
        var library = CompletableFuture.completedFuture(OrtApi.load(OrtLibrary.locate(SETTINGS)));
        try (var arena = Arena.ofShared()) {
            asked.clear();
            var source = GraphSource.of("tiny", graph, Optional.empty(), library, arena);
            var once = Map.copyOf(asked);
            source.open(SETTINGS.withThreads(1), Optional.empty()).close();
            source.open(SETTINGS.waitingAwake(), Optional.empty()).close();

            assertThat(asked).isNotEmpty().isEqualTo(once);
        }
    }

    /** The first prompt's logits. */
    private static float[] read(Decoder decoder, List<int[]> prompts) {
        var caches = prompts.stream().map(prompt -> decoder.newCache()).toList();
        var batch = new Batch();
        for (int i = 0; i < caches.size(); i++) {
            batch.add(caches.get(i), prompts.get(i), 0, prompts.get(i).length);
        }
        decoder.forward(batch);
        var logits = row(batch.logits(), 0, WIDE.vocabulary());
        caches.forEach(KvCache::close);
        return logits;
    }

    /** The logits of every pass, those of all rows in one array. */
    private static List<float[]> decoded(Decoder decoder, int rows, boolean branches) {
        var logits = new ArrayList<float[]>();
        var caches = branches ? branches(decoder, rows) : prompts(decoder, rows);
        for (int step = 0; step < STEPS; step++) {
            var batch = new Batch();
            for (int row = 0; row < rows; row++) {
                batch.add(caches.get(row), tokens(100 + row, STEPS), step, 1);
            }
            decoder.forward(batch);
            logits.add(row(batch.logits(), 0, rows * WIDE.vocabulary()));
        }
        caches.forEach(KvCache::close);
        return logits;
    }

    /** Lengths differ. */
    private static List<KvCache> prompts(Decoder decoder, int rows) {
        var caches = new ArrayList<KvCache>();
        for (int row = 0; row < rows; row++) {
            caches.add(decoder.newCache());
            append(decoder, caches.getLast(), tokens(row, 20 + 13 * row));
        }
        return caches;
    }

    private static List<KvCache> branches(Decoder decoder, int rows) {
        var caches = new ArrayList<KvCache>();
        caches.add(decoder.newCache());
        append(decoder, caches.getFirst(), tokens(9, LEAST_SHARED + 10));
        caches.getFirst().share();
        for (int row = 1; row < rows; row++) {
            caches.add(caches.getFirst().fork());
        }
        return caches;
    }

    private static void append(Decoder decoder, KvCache cache, int[] tokens) {
        var batch = new Batch();
        batch.add(cache, tokens, 0, tokens.length);
        decoder.forward(batch);
    }
}
