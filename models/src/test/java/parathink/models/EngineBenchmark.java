package parathink.models;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import parathink.models.onnx.EmbeddedModel;
import parathink.models.onnx.NumericMode;
import parathink.models.onnx.OrtSettings;

/**
 * What the engine costs over the passes alone: the same model decodes the same number of tokens for the same number of rows,
 * once in a bare loop of forward passes with a fixed token, once through a session with sampling, log-probabilities,
 * self-certainty and accounting, and once more with the confidence of every token measured on top. They take turns; the ratio
 * of each pair of rounds is taken, and its median printed.
 *
 * <p>Run by {@code scripts/bench/engine}, which takes: folder for the library, tokens a row, rounds, then row counts.
 */
final class EngineBenchmark {
    private static final String PROMPT = "Let A be the digit sum of 339*91. Let B be 17^13 mod 43. "
            + "What is the remainder when 8A+B is divided by 585?";

    private EngineBenchmark() {}

    public static void main(String[] arguments) {
        var settings = OrtSettings.cachedIn(Path.of(arguments[0]));
        int tokens = Integer.parseInt(arguments[1]);
        int rounds = Integer.parseInt(arguments[2]);
        System.out.println("rows  passes alone tok/s  engine tok/s  engine time / passes time (median, low, high)  "
                + "with confidence / without");
        for (int i = 3; i < arguments.length; i++) {
            int rows = Integer.parseInt(arguments[i]);
            var alone = new double[rounds];
            var engine = new double[rounds];
            var watched = new double[rounds];
            measure(settings, rows, tokens, alone, engine, watched);
            var ratios = ratios(engine, alone);
            var added = ratios(watched, engine);
            double made = (double) rows * tokens;
            System.out.printf(
                    Locale.ROOT,
                    "%4d  %18.0f  %12.0f  %.3f, %.3f, %.3f  %.3f, %.3f, %.3f%n",
                    rows,
                    made / median(alone),
                    made / median(engine),
                    ratios[rounds / 2],
                    ratios[0],
                    ratios[rounds - 1],
                    added[rounds / 2],
                    added[0],
                    added[rounds - 1]);
        }
    }

    /** The ratios of the rounds' times, ascending. */
    private static double[] ratios(double[] times, double[] others) {
        var ratios = new double[times.length];
        Arrays.setAll(ratios, round -> times[round] / others[round]);
        Arrays.sort(ratios);
        return ratios;
    }

    private static void measure(
            OrtSettings settings, int rows, int tokens, double[] alone, double[] engine, double[] watched) {
        try (var passes = EmbeddedModel.open(NumericMode.FAST, settings);
                var local = new LocalEngine(new EndlessModel(EmbeddedModel.open(NumericMode.FAST, settings)))) {
            bareLoop(passes, rows, tokens);
            var watching = StopRule.watching(ConfidenceWatch.measuring(20, 16));
            throughEngine(local, rows, tokens, -1, watching);
            for (int round = 0; round < alone.length; round++) {
                alone[round] = bareLoop(passes, rows, tokens);
                engine[round] = throughEngine(local, rows, tokens, round, StopRule.NONE);
                watched[round] = throughEngine(local, rows, tokens, round, watching);
            }
        }
    }

    /** Seconds for a prompt, its forks, and one pass a token over all of them. */
    private static double bareLoop(LanguageModel model, int rows, int tokens) {
        long start = System.nanoTime();
        int[] prompt = model.tokenizer().encode(model.template().render(Prompt.user(PROMPT)));
        var batch = new Batch();
        var trunk = model.newCache();
        batch.add(trunk, prompt, 0, prompt.length);
        model.forward(batch);
        var caches = new KvCache[rows];
        Arrays.setAll(caches, row -> trunk.fork());
        int[] digit = model.tokenizer().encode("7");
        for (int step = 1; step < tokens; step++) { // the first token comes from the prompt's logits
            batch.clear();
            for (var cache : caches) {
                batch.add(cache, digit, 0, 1);
            }
            model.forward(batch);
        }
        for (var cache : caches) {
            cache.close();
        }
        trunk.close();
        return (System.nanoTime() - start) / 1e9;
    }

    private static double throughEngine(Engine engine, int rows, int tokens, long seed, StopRule stop) {
        long start = System.nanoTime();
        var sampling = new SamplingParams(0.7, 0, 1, 0, tokens);
        try (var session = engine.open("benchmark", Budget.UNLIMITED, Seed.of(seed), Journal.NONE)) {
            session.decodeAll(session.start(Prompt.user(PROMPT), sampling).fork(rows), stop);
            if (session.usage().work() != (long) rows * tokens) {
                throw new IllegalStateException(
                        "decoded %d tokens, not %d".formatted(session.usage().work(), rows * tokens));
            }
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static double median(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
