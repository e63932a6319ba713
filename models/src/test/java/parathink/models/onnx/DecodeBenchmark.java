package parathink.models.onnx;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import parathink.models.Batch;
import parathink.models.KvCache;

/**
 * Decoding speed of the embedded model: {@code mvn -q -pl models test -Dtest=DecodeBenchmark}. Each numeric mode
 * through {@link OnnxModel#forward}, and through a bare loop that does nothing but run the same graph on the same
 * rows; a usual dynamic int8 export of the same weights, where the optional local data folder has one. Rounds are
 * interleaved and ratios are of the same round, because machines have good and bad minutes.
 */
final class DecodeBenchmark {
    private static final int[] SIZES = {1, 8, 16, 32, 64};
    private static final int PROMPT = 130;
    private static final int STEPS = Integer.getInteger("steps", 64);
    private static final int ROUNDS = Integer.getInteger("rounds", 5);
    private static final PrintStream OUT = System.out;

    /** Decodes with so many rows and gives tokens a second, by the steps that nothing disturbed. */
    private interface Contender extends AutoCloseable {
        double tokensPerSecond(int rows);

        @Override
        void close();
    }

    @Test
    void decodingSpeedByBatchSize() {
        var contenders = contenders();
        var speeds = new LinkedHashMap<String, double[][]>(); // (size, round)
        contenders.keySet().forEach(name -> speeds.put(name, new double[SIZES.length][ROUNDS]));
        contenders.values().forEach(contender -> contender.tokensPerSecond(8)); // warm
        for (int round = 0; round < ROUNDS; round++) {
            for (int size = 0; size < SIZES.length; size++) {
                for (var contender : contenders.entrySet()) {
                    speeds.get(contender.getKey())[size][round] =
                            contender.getValue().tokensPerSecond(SIZES[size]);
                }
            }
        }
        contenders.values().forEach(Contender::close);
        OUT.printf("%d threads, prompt %d, %d steps, median of %d rounds%n", threads(), PROMPT, STEPS, ROUNDS);
        print("tokens/s", "%9.0f", Arrays.stream(SIZES).asDoubleStream().toArray());
        speeds.forEach((name, values) -> print(
                name,
                "%9.0f",
                Arrays.stream(values).mapToDouble(DecodeBenchmark::median).toArray()));
        OUT.println("share of the bare loop's speed");
        for (var mode : NumericMode.values()) {
            print(mode.word(), "%9.2f", ratios(speeds.get(mode.word()), speeds.get("bare " + mode.word())));
        }
        OUT.println("times the speed of mode exact");
        speeds.forEach((name, values) -> print(name, "%9.2f", ratios(values, speeds.get("exact"))));
    }

    private static Map<String, Contender> contenders() {
        var contenders = new LinkedHashMap<String, Contender>();
        for (var mode : NumericMode.values()) {
            contenders.put(mode.word(), new ThroughModel(EmbeddedModel.open(mode, settings())));
            contenders.put("bare " + mode.word(), new BareLoop(mode));
        }
        if (Files.isRegularFile(Models.int8Export())) {
            contenders.put("int8 export", new ThroughModel(Models.openInt8Export(threads())));
        }
        return contenders;
    }

    private static OrtSettings settings() {
        return Models.SETTINGS.withThreads(threads());
    }

    private static int threads() {
        return Integer.getInteger("threads", Processor.here().cores());
    }

    private record ThroughModel(OnnxModel model) implements Contender {
        @Override
        public double tokensPerSecond(int rows) {
            var prompt = model.newCache();
            Models.append(model, prompt, prompt());
            var caches = Stream.generate(prompt::fork).limit(rows).toList();
            var token = new int[] {'7'};
            var batch = new Batch();
            var times = new double[STEPS];
            for (int step = 0; step < STEPS; step++) {
                long start = System.nanoTime();
                batch.clear();
                for (var cache : caches) {
                    batch.add(cache, token, 0, 1);
                }
                model.forward(batch);
                times[step] = (System.nanoTime() - start) / 1e9;
            }
            caches.forEach(KvCache::close);
            prompt.close();
            return rows / undisturbed(times);
        }

        @Override
        public void close() {
            model.close();
        }
    }

    /** Runs the graph of a mode over the same rows again and again, bound once. */
    private static final class BareLoop implements Contender {
        private static final int CAPACITY = 256;

        private final DecoderConfig config = EmbeddedModel.config();
        private final OnnxSession session;

        BareLoop(NumericMode mode) {
            try (var arena = Arena.ofShared()) {
                var graph = DecoderGraph.of(config, EmbeddedModel.weights(), mode, Processor.here())
                        .write(arena);
                var library = OrtApi.load(OrtLibrary.locate(settings()));
                session = OnnxSession.of(library, graph, "bare", settings());
            }
        }

        @Override
        public double tokensPerSecond(int rows) {
            try (var arena = Arena.ofConfined();
                    var binding = session.bind()) {
                var positions = arena.allocate(JAVA_LONG, rows);
                var last = arena.allocate(JAVA_INT, rows);
                var longest = arena.allocate(JAVA_INT);
                bind(binding, rows, positions, last, longest, arena);
                var times = new double[STEPS];
                for (int step = 0; step < STEPS; step++) {
                    long start = System.nanoTime();
                    for (int row = 0; row < rows; row++) {
                        positions.setAtIndex(JAVA_LONG, row, PROMPT + step);
                        last.setAtIndex(JAVA_INT, row, PROMPT + step);
                    }
                    longest.set(JAVA_INT, 0, PROMPT + 1 + step);
                    binding.run();
                    times[step] = (System.nanoTime() - start) / 1e9;
                }
                return rows / undisturbed(times);
            }
        }

        private void bind(
                Binding binding,
                int rows,
                MemorySegment positions,
                MemorySegment last,
                MemorySegment longest,
                Arena arena) {
            var ids = arena.allocate(JAVA_LONG, rows);
            IntStream.range(0, rows).forEach(row -> ids.setAtIndex(JAVA_LONG, row, '7'));
            long vocabulary = config.vocabulary();
            binding.input(DecoderGraph.IDS, ids, ElementType.INT64, rows, 1)
                    .input(GroupQueryAttention.POSITIONS, positions, ElementType.INT64, rows, 1)
                    .input(GroupQueryAttention.LAST, last, ElementType.INT32, rows)
                    .input(GroupQueryAttention.LONGEST, longest, ElementType.INT32, 1)
                    .input(DecoderGraph.LAST_TOKEN, arena.allocate(JAVA_LONG), ElementType.INT64)
                    .output(
                            DecoderGraph.LOGITS,
                            arena.allocate(rows * vocabulary * Float.BYTES, 64),
                            ElementType.FLOAT,
                            rows,
                            vocabulary);
            long[] shape = {rows, config.kvHeads(), CAPACITY, config.headSize()};
            long bytes = Arrays.stream(shape).reduce(Float.BYTES, Math::multiplyExact);
            for (int layer = 0; layer < config.layers(); layer++) {
                var keys = arena.allocate(bytes, 64);
                var values = arena.allocate(bytes, 64);
                binding.input(GroupQueryAttention.key(layer), keys, ElementType.FLOAT, shape)
                        .output(GroupQueryAttention.newKey(layer), keys, ElementType.FLOAT, shape)
                        .input(GroupQueryAttention.value(layer), values, ElementType.FLOAT, shape)
                        .output(GroupQueryAttention.newValue(layer), values, ElementType.FLOAT, shape);
            }
        }

        @Override
        public void close() {
            session.close();
        }
    }

    private static int[] prompt() {
        return IntStream.range(0, PROMPT).map(i -> '0' + i % 10).toArray();
    }

    private static void print(String name, String format, double[] values) {
        OUT.printf("%-16s", name);
        for (double value : values) {
            OUT.printf(format, value);
        }
        OUT.println();
    }

    private static double[] ratios(double[][] values, double[][] of) {
        return IntStream.range(0, values.length)
                .mapToDouble(size -> median(IntStream.range(0, ROUNDS)
                        .mapToDouble(round -> values[size][round] / of[size][round])
                        .toArray()))
                .toArray();
    }

    /** The time that one step in ten needs at most: other work on the machine only ever adds to it. */
    private static double undisturbed(double[] times) {
        var sorted = times.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 10];
    }

    private static double median(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
