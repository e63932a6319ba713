package parathink.models.onnx;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
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

    /** As many key heads as heads. */
    static final DecoderConfig ONE_QUERY_A_KEY =
            new DecoderConfig(48, 48, 80, 2, 3, 3, 16, 1e-5f, 10000, 700, true, true, 0);

    static final DecoderConfig THREE_QUERIES_A_KEY =
            new DecoderConfig(48, 64, 80, 2, 9, 3, 32, 1e-5f, 10000, 700, false, false, 0);

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
            return new SlabDecoder(
                    config,
                    THOUGHTS,
                    session,
                    Optional.empty(),
                    Optional.empty(),
                    16,
                    1,
                    new RawMemory()::allocate,
                    Long.MAX_VALUE);
        }
    }

    private static SlabDecoder decoder(DecoderConfig config, byte fill, NumericMode mode, int chunk) {
        return decoder(config, mode, chunk, Optional.empty(), filled(fill), Long.MAX_VALUE);
    }

    /** A decoder on memory full of NaN whose caches share what they begin with from so many tokens on. */
    static SlabDecoder sharingOnNan(DecoderConfig config, NumericMode mode, int chunk, int least) {
        return decoder(config, mode, chunk, Optional.of(sharing(config, least)), filled((byte) 0xff), Long.MAX_VALUE);
    }

    static SlabDecoder sharingOnZeros(DecoderConfig config, NumericMode mode, int chunk, int least) {
        return decoder(config, mode, chunk, Optional.of(sharing(config, least)), filled((byte) 0), Long.MAX_VALUE);
    }

    /** The same, with the bytes that are allocated for caches at any moment. */
    static SlabDecoder sharing(DecoderConfig config, NumericMode mode, int chunk, int least, AtomicLong live) {
        var memory = new RawMemory();
        return decoder(
                config,
                mode,
                chunk,
                Optional.of(sharing(config, least)),
                (bytes, owner) -> {
                    live.addAndGet(bytes);
                    owner.add(() -> live.addAndGet(-bytes));
                    return memory.allocate(bytes, owner);
                },
                Long.MAX_VALUE);
    }

    /** A decoder whose caches may take so many bytes. */
    static SlabDecoder limited(DecoderConfig config, int least, long limit) {
        return decoder(
                config, NumericMode.EXACT, 16, Optional.of(sharing(config, least)), new RawMemory()::allocate, limit);
    }

    private static PrefixAttention sharing(DecoderConfig config, int least) {
        return new PrefixAttention(config, OrtApi.load(OrtLibrary.locate(SETTINGS)), SETTINGS, least);
    }

    private static BiFunction<Long, NativeOwner, MemorySegment> filled(byte fill) {
        var memory = new RawMemory();
        return (bytes, owner) -> memory.allocate(bytes, owner).fill(fill);
    }

    private static SlabDecoder decoder(
            DecoderConfig config,
            NumericMode mode,
            int chunk,
            Optional<PrefixAttention> sharing,
            BiFunction<Long, NativeOwner, MemorySegment> memory,
            long limit) {
        try (var arena = Arena.ofShared()) {
            var weights = new RandomWeights();
            var graph = sharing.isPresent()
                    ? DecoderGraph.sharing(config, weights, mode, PROCESSOR)
                    : DecoderGraph.of(config, weights, mode, PROCESSOR);
            var library = OrtApi.load(OrtLibrary.locate(SETTINGS));
            var operator = sharing.map(PrefixAttention::operator);
            var written = graph.write(arena);
            var session = OnnxSession.of(library, written, "tiny", SETTINGS.withThreads(1), operator);
            var together = OnnxSession.of(library, written, "tiny", SETTINGS.waitingAwake(), operator);
            var thoughts = config.segments() > 0 ? THOUGHTS : ThoughtTokens.NONE;
            return new SlabDecoder(config, thoughts, session, Optional.of(together), sharing, chunk, 2, memory, limit);
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
