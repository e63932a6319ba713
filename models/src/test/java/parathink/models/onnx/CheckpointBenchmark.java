package parathink.models.onnx;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import parathink.models.Budget;
import parathink.models.Journal;
import parathink.models.LocalEngine;
import parathink.models.Prompt;
import parathink.models.SamplingParams;
import parathink.models.Seed;
import parathink.models.StopRule;

/**
 * What checkpoints cost: processor time a token of the embedded model with {@code N} and without, in turn, on texts of one length. Arguments:
 * branches, N, turns.
 */
final class CheckpointBenchmark {
    private static final int TOKENS = 256;
    private static final SamplingParams SAMPLING = new SamplingParams(1, 0, 1, 0, TOKENS);

    private CheckpointBenchmark() {}

    public static void main(String[] arguments) {
        int branches = Integer.parseInt(arguments[0]);
        int every = Integer.parseInt(arguments[1]);
        int turns = Integer.parseInt(arguments[2]);
        var processor = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        double[] spent = new double[2];
        for (int turn = 0; turn <= turns; turn++) { // the first warms up
            for (int kind = 0; kind < 2; kind++) {
                var model = EmbeddedModel.open(EmbeddedModel.DEFAULT_MODE, Models.SETTINGS);
                try (var engine = new LocalEngine(model, model.dialect(), kind * every);
                        var session = engine.open("p", Budget.UNLIMITED, Seed.of(turn), Journal.NONE)) {
                    long begun = processor.getProcessCpuTime();
                    var forks = session.start(Prompt.user("Let A be 12*17. Let B be 9*31. Find A+B."), SAMPLING)
                            .fork(branches);
                    session.decodeAll(forks, StopRule.NONE);
                    double each = (processor.getProcessCpuTime() - begun)
                            / 1e3
                            / session.usage().work();
                    System.out.printf(
                            Locale.ROOT,
                            "%s turn %d: %.0f microseconds of processor a token%n",
                            kind == 0 ? "without" : "with",
                            turn,
                            each);
                    spent[kind] += turn == 0 ? 0 : each / turns;
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%d branches, N = %d: %.0f without, %.0f with; tokens a second with, as a share of without: %.2f%n",
                branches,
                every,
                spent[0],
                spent[1],
                spent[0] / spent[1]);
    }
}
