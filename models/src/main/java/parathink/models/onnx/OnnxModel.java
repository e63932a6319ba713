package parathink.models.onnx;

import com.sun.management.OperatingSystemMXBean;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import parathink.models.Batch;
import parathink.models.ChatTemplate;
import parathink.models.Dialect;
import parathink.models.KvCache;
import parathink.models.LanguageModel;
import parathink.models.ModelException;
import parathink.models.ModelSize;
import parathink.models.Provenance;
import parathink.models.SamplingParams;
import parathink.models.Tokenizer;

/**
 * A decoder on ONNX Runtime. Opened on any thread, then used and closed by the one thread that runs the decode loop.
 */
public final class OnnxModel implements LanguageModel {
    private static final int PREFILL_CHUNK = 256;
    private static final long WORTH_SHARING = 50_000_000; // parameters
    private static final int ROWS_A_THREAD = 16;
    private static final int FEWEST_ROWS = 64;
    private static final int MOST_ROWS = 256;

    /** Tokens from which on a prompt is kept once for all branches: below, reading it twice costs more than it saves. */
    private static final int LEAST_SHARED = 256;

    private final ModelCard card;
    private final Provenance provenance;
    private final Decoder decoder;
    private final int vocabulary;
    private final int preferredRows;
    private final boolean[] ends; // by token

    private OnnxModel(ModelCard card, Provenance provenance, Decoder decoder, int vocabulary, int threads) {
        this.card = card;
        this.provenance = provenance;
        this.decoder = new WholePasses(decoder);
        this.vocabulary = vocabulary;
        preferredRows = Math.clamp((long) ROWS_A_THREAD * threads, FEWEST_ROWS, MOST_ROWS);
        ends = new boolean[vocabulary];
        card.endTokens().forEach(token -> ends[token] = true);
    }

    /**
     * Builds the graph of a model in a numeric mode and loads it; its weights are kept nowhere, and its branches share what they
     * begin with where that pays.
     */
    static OnnxModel of(ModelCard card, DecoderConfig config, Weights weights, NumericMode mode, OrtSettings settings) {
        return of(card, config, weights, mode, settings, leastShared(config));
    }

    /** @param least tokens from which on a prompt is kept once for all branches; empty where each has a copy */
    static OnnxModel of(
            ModelCard card,
            DecoderConfig config,
            Weights weights,
            NumericMode mode,
            OrtSettings settings,
            OptionalInt least) {
        var processor = Processor.here();
        var graph = least.isPresent()
                ? DecoderGraph.sharing(config, weights, mode, processor)
                : DecoderGraph.of(config, weights, mode, processor);
        return of(card, config, graph, numbers(mode, processor, least), Optional::empty, least, settings);
    }

    /** From how many tokens on a prompt is kept once for all branches; in a window, tokens behind it are not attended to. */
    static OptionalInt leastShared(DecoderConfig config) {
        return config.attention().windows().isEmpty() ? OptionalInt.of(LEAST_SHARED) : OptionalInt.empty();
    }

    /**
     * Loads the graph of a model.
     *
     * @param numbers what decides the bits, besides the device
     * @param kept gives the file with the graph's constants, where there is one; asked once
     * @param least tokens from which on a prompt is kept once for all branches; empty for a graph without nodes for that
     */
    static OnnxModel of(
            ModelCard card,
            DecoderConfig config,
            OnnxGraph graph,
            String numbers,
            Supplier<Optional<ConstantsFile>> kept,
            OptionalInt least,
            OrtSettings settings) {
        checkVocabulary(card, config.vocabulary());
        var thoughts = ThoughtTokens.of(card.tokenizer(), config.segments(), card.name());
        // the library is loaded while the weights are rounded: each takes as long as the other
        var library = CompletableFuture.supplyAsync(() -> OrtApi.load(OrtLibrary.locate(settings)));
        var opened = new NativeOwner(); // what is to be closed if the rest cannot be loaded
        try (var arena = Arena.ofShared()) {
            var source = GraphSource.of(card.name(), graph, kept.get(), library, arena);
            var sharing = least.isPresent()
                    ? Optional.of(new PrefixAttention(config, library.join(), settings, least.getAsInt()))
                    : Optional.<PrefixAttention>empty();
            sharing.ifPresent(attention -> opened.add(attention::close));
            var operator = sharing.map(PrefixAttention::operator);
            var session = source.open(settings.withThreads(1), operator);
            opened.add(session::close);
            var together = isShared(config, graph, settings)
                    ? Optional.of(source.open(settings.waitingAwake(), operator))
                    : Optional.<OnnxSession>empty();
            together.ifPresent(other -> opened.add(other::close));
            int threads = settings.threads();
            var memory = new RawMemory();
            var decoder = new SlabDecoder(
                    config,
                    thoughts,
                    session,
                    together,
                    sharing,
                    PREFILL_CHUNK,
                    threads,
                    memory::allocate,
                    cacheLimit(graph.bytes() * (together.isPresent() ? 2 : 1)));
            var provenance = provenance(card, settings.device(), numbers, session, config.size());
            return new OnnxModel(card, provenance, decoder, config.vocabulary(), threads);
        } catch (CompletionException e) {
            opened.close();
            throw e.getCause() instanceof ModelException known ? known : e;
        } catch (RuntimeException | Error e) {
            opened.close();
            throw e;
        }
    }

    /**
     * Three quarters of what heap and weights leave of the machine, or of the container, and at least an eighth of all: a
     * heap seldom takes what it may.
     *
     * @param weights bytes, of all sessions
     */
    private static long cacheLimit(long weights) {
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system)) {
            return Long.MAX_VALUE;
        }
        long all = system.getTotalMemorySize();
        return Math.max(all / 8, 3 * (all - Runtime.getRuntime().maxMemory() - weights) / 4);
    }

    /**
     * Whether a second session is worth its memory, in which threads share every operator: the operators of smaller models
     * are too short for that, larger ones would take too much.
     */
    private static boolean isShared(DecoderConfig config, OnnxGraph graph, OrtSettings settings) {
        return settings.threads() > 1
                && graph.fitsOneFile()
                && config.size().orElseThrow().parameters() >= WORTH_SHARING;
    }

    /** Loads a public export whose shape is not known. */
    public static OnnxModel open(Path file, ModelCard card, OrtSettings settings) {
        return open(file, card, Optional.empty(), settings);
    }

    /**
     * Loads a public export of a decoder with past, as it is. The caller closes the model.
     *
     * @param size its shape, where it is known
     * @throws ModelException when the file is missing, is no ONNX model, or has other inputs and outputs than such
     *     exports
     */
    static OnnxModel open(Path file, ModelCard card, Optional<ModelSize> size, OrtSettings settings) {
        var content = OnnxFile.read(file);
        var session = OnnxSession.of(file, settings);
        try {
            var layout = ExportLayout.of(file, session.inputs(), session.outputs());
            checkVocabulary(card, layout.vocabulary());
            var decoder = new StackedDecoder(session, layout, card.contextLength(), !content.mixesRows());
            var provenance = provenance(card, settings.device(), "as exported", session, size);
            return new OnnxModel(card, provenance, decoder, layout.vocabulary(), 1);
        } catch (RuntimeException | Error e) {
            session.close();
            throw e;
        }
    }

    /**
     * What decides the bits: in fast mode, processors without wide sums get other weights; and where a prompt is shared,
     * its part of the attention is summed apart.
     */
    static String numbers(NumericMode mode, Processor processor, OptionalInt least) {
        var weights = switch (mode) {
            case EXACT, FAITHFUL -> mode.word();
            case FAST -> mode.word() + (processor.wideInt8() ? ", 8-bit weights" : ", 7-bit weights");
        };
        return least.isPresent() ? "%s, prompts shared from %d tokens".formatted(weights, least.getAsInt()) : weights;
    }

    private static Provenance provenance(
            ModelCard card, Device device, String numbers, OnnxSession session, Optional<ModelSize> size) {
        return new Provenance(
                card.weights(),
                "%s, %s".formatted(device.name().toLowerCase(Locale.ROOT), numbers),
                Map.of("onnxruntime", session.runtimeVersion()),
                size);
    }

    private static void checkVocabulary(ModelCard card, int vocabulary) {
        if (card.tokenizer().size() > vocabulary) {
            throw new ModelException(
                    ModelException.Kind.UNUSABLE,
                    "%s: the tokenizer has %d tokens, the model %d"
                            .formatted(card.name(), card.tokenizer().size(), vocabulary));
        }
    }

    @Override
    public String name() {
        return card.name();
    }

    @Override
    public Provenance provenance() {
        return provenance;
    }

    @Override
    public Tokenizer tokenizer() {
        return card.tokenizer();
    }

    @Override
    public ChatTemplate template() {
        return card.template();
    }

    @Override
    public Dialect dialect() {
        return card.dialect();
    }

    @Override
    public SamplingParams defaults() {
        return card.defaults();
    }

    @Override
    public int vocabularySize() {
        return vocabulary;
    }

    @Override
    public int contextLength() {
        return card.contextLength();
    }

    @Override
    public boolean isEnd(int token) {
        return ends[token];
    }

    @Override
    public boolean joinsCaches() {
        return decoder.joinsCaches();
    }

    @Override
    public int preferredRows() {
        return preferredRows;
    }

    @Override
    public KvCache newCache() {
        return decoder.newCache();
    }

    @Override
    public void forward(Batch batch) {
        decoder.forward(batch);
    }

    @Override
    public void close() {
        decoder.close();
    }
}
