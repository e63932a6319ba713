package parathink.models.onnx;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import parathink.models.Batch;
import parathink.models.KvCache;
import parathink.models.LanguageModel;
import parathink.models.SamplingParams;

/** Small models for tests, and the steps that tests take with them. */
final class Models {
    static final OrtSettings SETTINGS =
            OrtSettings.cachedIn(Path.of("target", "test-cache")).withThreads(2);
    static final DecoderConfig TINY = new DecoderConfig(48, 64, 80, 2, 4, 2, 16, 1e-5f, 10000, 700, true, false, 0);

    /** Biases, an output layer of its own, and thought embeddings; the last tokens but three open thoughts. */
    static final DecoderConfig THINKING = new DecoderConfig(48, 64, 80, 2, 4, 2, 16, 1e-5f, 10000, 700, false, true, 6);

    static final ThoughtTokens THOUGHTS = new ThoughtTokens(List.of(40, 41, 42, 43), 44);
    static final Processor PROCESSOR = new Processor(2, true);

    private Models() {}

    /** The usual dynamic int8 export of the embedded model, in the optional local data folder. */
    static Path int8Export() {
        var shared = Path.of(System.getenv().getOrDefault("PARATHINK_SHARED", "../../shared"));
        return shared.resolve("mini").resolve("m12.int8.onnx");
    }

    static OnnxModel openInt8Export(int threads) {
        var card = new ModelCard(
                "int8 export",
                "none",
                new ByteTokenizer(),
                EmbeddedModel::render,
                new SamplingParams(0.7, 0, 1, 0, 420),
                Set.of(ByteTokenizer.END),
                4096);
        return OnnxModel.open(int8Export(), card, SETTINGS.withThreads(threads));
    }

    static ModelCard card(int vocabulary, int context) {
        return new ModelCard(
                "tiny",
                "none",
                new NumberTokenizer(vocabulary),
                prompt -> prompt.text(),
                new SamplingParams(1, 0, 1, 0, 100),
                Set.of(0),
                context);
    }

    static OnnxModel tiny(NumericMode mode, int threads) {
        return model(TINY, mode, threads);
    }

    static OnnxModel model(DecoderConfig config, NumericMode mode, int threads) {
        return OnnxModel.of(
                card(config.vocabulary(), config.context()),
                config,
                new RandomWeights(),
                mode,
                SETTINGS.withThreads(threads));
    }

    /** A decoder whose fresh cache memory holds nothing but NaN, with prefill in chunks of so many tokens. */
    static SlabDecoder tinyOnNan(NumericMode mode, int chunk) {
        return onNan(TINY, mode, chunk);
    }

    static SlabDecoder onNan(DecoderConfig config, NumericMode mode, int chunk) {
        return decoder(config, (byte) 0xff, mode, chunk); // a float with all bits set is a NaN
    }

    static SlabDecoder onZeros(DecoderConfig config, NumericMode mode, int chunk) {
        return decoder(config, (byte) 0, mode, chunk);
    }

    /** A decoder on a graph that is loaded from memory. */
    static SlabDecoder decoder(DecoderConfig config, OnnxGraph graph) {
        try (var arena = Arena.ofShared()) {
            var library = OrtApi.load(OrtLibrary.locate(SETTINGS));
            var session = OnnxSession.of(library, graph.write(arena), "tiny", SETTINGS.withThreads(1));
            return new SlabDecoder(config, THOUGHTS, session, Optional.empty(), 16, 1, new RawMemory()::allocate);
        }
    }

    private static SlabDecoder decoder(DecoderConfig config, byte fill, NumericMode mode, int chunk) {
        try (var arena = Arena.ofShared()) {
            var graph = DecoderGraph.of(config, new RandomWeights(), mode, PROCESSOR)
                    .write(arena);
            var memory = new RawMemory();
            var session =
                    OnnxSession.of(OrtApi.load(OrtLibrary.locate(SETTINGS)), graph, "tiny", SETTINGS.withThreads(1));
            return new SlabDecoder(
                    config,
                    config.segments() > 0 ? THOUGHTS : ThoughtTokens.NONE,
                    session,
                    Optional.of(OnnxSession.of(
                            OrtApi.load(OrtLibrary.locate(SETTINGS)), graph, "tiny", SETTINGS.waitingAwake())),
                    chunk,
                    2,
                    (bytes, owner) -> memory.allocate(bytes, owner).fill(fill));
        }
    }

    /** Tokens that look random and depend on the seed alone. */
    static int[] tokens(int seed, int count) {
        return IntStream.range(0, count)
                .map(i -> Math.floorMod(((seed * 31 + i) * 0x9E3779B1) >>> 7, TINY.vocabulary()))
                .toArray();
    }

    /** Appends tokens to one cache in one pass and gives the logits after the last. */
    static float[] append(LanguageModel model, KvCache cache, int... tokens) {
        var batch = new Batch();
        batch.add(cache, tokens, 0, tokens.length);
        model.forward(batch);
        return row(batch.logits(), 0, model.vocabularySize());
    }

    static float[] row(MemorySegment logits, int row, int vocabulary) {
        return logits.asSlice((long) row * vocabulary * Float.BYTES, (long) vocabulary * Float.BYTES)
                .toArray(JAVA_FLOAT);
    }
}
