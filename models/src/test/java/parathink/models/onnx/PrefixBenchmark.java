package parathink.models.onnx;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import parathink.models.Budget;
import parathink.models.Journal;
import parathink.models.LocalEngine;
import parathink.models.Prompt;
import parathink.models.SamplingParams;
import parathink.models.Seed;
import parathink.models.Sequence;
import parathink.models.StopRule;

/**
 * What sharing a prompt brings, through the engine with sampling: the same number of branches of one prompt that is shared or
 * copied, and of prompts of their own, in turn. Random weights in the shape of a public model.
 *
 * <p>Run by {@code scripts/bench/prefix}.
 */
final class PrefixBenchmark {
    private enum Way {
        SHARED,
        COPIED,
        SEPARATE
    }

    private final int prompt;
    private final int tokens;
    private final int branches;
    private final int vocabulary;

    private PrefixBenchmark(int prompt, int tokens, int branches, int vocabulary) {
        this.prompt = prompt;
        this.tokens = tokens;
        this.branches = branches;
        this.vocabulary = vocabulary;
    }

    public static void main(String[] arguments) {
        var settings = OrtSettings.cachedIn(Path.of(arguments[0]));
        var config = shape(arguments[1]);
        int tokens = Integer.parseInt(arguments[2]);
        int rounds = Integer.parseInt(arguments[3]);
        var ways = Arrays.stream(arguments[4].split(","))
                .map(way -> Way.valueOf(way.toUpperCase(Locale.ROOT)))
                .toList();
        try (var sharing = engine(config, settings, OptionalInt.of(2));
                var copying = engine(config, settings, OptionalInt.empty())) {
            for (int prompt : numbers(arguments[5])) {
                for (int branches : numbers(arguments[6])) {
                    var benchmark = new PrefixBenchmark(prompt, tokens, branches, config.vocabulary());
                    benchmark.compare(sharing, copying, ways, rounds);
                }
            }
        }
    }

    private static int[] numbers(String list) {
        return Arrays.stream(list.split(",")).mapToInt(Integer::parseInt).toArray();
    }

    private static DecoderConfig shape(String name) {
        return switch (name) {
            case "smollm2" -> new DecoderConfig(49152, 576, 1536, 30, 9, 3, 64, 1e-5f, 100000, 8192, true, false, 0);
            case "mini12" -> EmbeddedModel.config();
            default -> throw new IllegalArgumentException("the shape must be smollm2 or mini12, got " + name);
        };
    }

    private static LocalEngine engine(DecoderConfig config, OrtSettings settings, OptionalInt least) {
        var card = new ModelCard(
                "random",
                "none",
                new NumberTokenizer(config.vocabulary()),
                asked -> asked.text(),
                new SamplingParams(1, 0, 1, 0, 100),
                Set.of(), // nothing ends a text
                config.context());
        return new LocalEngine(OnnxModel.of(card, config, new RandomWeights(), NumericMode.FAST, settings, least));
    }

    private void compare(LocalEngine sharing, LocalEngine copying, List<Way> ways, int rounds) {
        Map<Way, double[]> seconds = new EnumMap<>(Way.class);
        ways.forEach(way -> seconds.put(way, new double[rounds]));
        for (int round = -1; round < rounds; round++) {
            for (var way : ways) {
                long before = ResidentMemory.kib();
                double taken = run(way == Way.COPIED ? copying : sharing, way, round, ways.size() == 1 ? before : 0);
                if (round >= 0) { // the first one warms up
                    seconds.get(way)[round] = taken;
                }
            }
        }
        if (rounds == 0) {
            return; // memory was all that was asked for
        }
        System.out.printf(Locale.ROOT, "%d branches of %d tokens, prompt %d:", branches, tokens, prompt);
        for (var way : ways) {
            System.out.printf(
                    Locale.ROOT, "  %s %.2f s", way.name().toLowerCase(Locale.ROOT), median(seconds.get(way)));
        }
        for (var way : ways.subList(1, ways.size())) {
            var ratios = new double[rounds];
            Arrays.setAll(ratios, round -> seconds.get(way)[round] / seconds.get(ways.getFirst())[round]);
            Arrays.sort(ratios);
            System.out.printf(
                    Locale.ROOT,
                    "  %s/%s %.2f (%.2f to %.2f)",
                    way.name().toLowerCase(Locale.ROOT),
                    ways.getFirst().name().toLowerCase(Locale.ROOT),
                    median(ratios),
                    ratios[0],
                    ratios[rounds - 1]);
        }
        System.out.println();
    }

    /** Seconds from the prompt to the last token; {@code before} is the memory to tell the growth from, 0 for not telling. */
    private double run(LocalEngine engine, Way way, int round, long before) {
        var sampling = new SamplingParams(0.7, 0, 1, 0, tokens);
        long start = System.nanoTime();
        try (var session = engine.open("benchmark", Budget.UNLIMITED, Seed.of(round), Journal.NONE)) {
            List<Sequence> rows = new ArrayList<>();
            if (way == Way.SEPARATE) {
                for (int branch = 0; branch < branches; branch++) {
                    rows.add(session.start(text(round * branches + branch), sampling));
                }
            } else {
                rows.addAll(session.start(text(round), sampling).fork(branches));
            }
            session.decodeAll(rows, StopRule.NONE);
            double taken = (System.nanoTime() - start) / 1e9;
            if (before > 0) {
                System.out.printf("%s: %d KiB more than before%n", way, ResidentMemory.kib() - before);
            }
            return taken;
        }
    }

    private Prompt text(int seed) {
        var random = new Random(seed);
        return Prompt.user(IntStream.range(0, prompt)
                .mapToObj(i -> Integer.toString(random.nextInt(vocabulary)))
                .collect(Collectors.joining(" ")));
    }

    private static double median(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
