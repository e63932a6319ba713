package parathink.eval.comparison;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import parathink.eval.ProblemLine;
import parathink.eval.RunDirectory;

/**
 * How often runs are called different, over pairs of repeats that each count as a run of their own. Of one run, every pair is the
 * same strategy twice, so that each call is a false alarm; of two runs the calls are counted against the power that a plan
 * with the two as its pilot predicts. Repeats of a replayed pool are independent draws of its completions, so that the pool
 * stands for the model: what is told is how the comparison does on such problems, not how well the pool knows the model.
 */
final class FalseAlarms {
    private static final ComparisonSpec SPEC = new ComparisonSpec(
            false,
            OptionalDouble.empty(),
            Optional.empty(),
            OptionalDouble.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            2000,
            0);

    private FalseAlarms() {}

    /** {@code DIR} for false alarms, {@code REFERENCE DIR} for power. */
    public static void main(String[] arguments) {
        var first = RunDirectory.read(Path.of(arguments[0]));
        if (arguments.length == 1) {
            var arms = arms(first);
            var pairs = new ArrayList<Difference>();
            for (int i = 0; i + 1 < arms.size(); i += 2) {
                pairs.add(difference(arms.get(i + 1), arms.get(i), i));
            }
            print(pairs, arms.getFirst().problems());
        } else {
            var second = RunDirectory.read(Path.of(arguments[1]));
            var references = arms(first);
            var others = arms(second);
            var pairs = new ArrayList<Difference>();
            for (int i = 0; i < Math.min(references.size(), others.size()); i++) {
                pairs.add(difference(others.get(i), references.get(i), i));
            }
            print(pairs, references.getFirst().problems());
            double mean = pairs.stream()
                    .mapToDouble(pair -> pair.accuracy().value())
                    .average()
                    .orElseThrow();
            var variance = Pilot.of(first, second).variance().of(1);
            double power =
                    new PairedDesign(variance).power(mean, references.getFirst().problems());
            System.out.printf(
                    Locale.ROOT, "mean difference %+.2f points, planned power %.1f %%%n", 100 * mean, 100 * power);
        }
    }

    private static Difference difference(Arm run, Arm reference, long seed) {
        return Difference.of(run, reference, new Bootstrap(run.problems(), SPEC.resamples(), seed));
    }

    /** Each repeat as a run. */
    private static List<Arm> arms(RunDirectory run) {
        var byProblem = CommonProblems.alone(run).attempts().getFirst();
        var arms = new ArrayList<Arm>();
        for (int repeat = 0; repeat < run.run().repeats(); repeat++) {
            int wanted = repeat;
            List<List<ProblemLine>> attempts =
                    byProblem.stream().map(lines -> List.of(lines.get(wanted))).toList();
            arms.add(Arm.of("repeat " + repeat, run, attempts, SPEC));
        }
        return arms;
    }

    private static void print(List<Difference> pairs, int problems) {
        System.out.printf(
                Locale.ROOT,
                "%d pairs of %d problems, %.1f differing on average; called different: mid-p %.1f %%, exact p %.1f %%, interval %.1f %%%n",
                pairs.size(),
                problems,
                pairs.stream()
                        .mapToInt(pair -> pair.won() + pair.lost())
                        .average()
                        .orElseThrow(),
                share(pairs, pairs.stream().filter(Difference::different).count()),
                share(
                        pairs,
                        pairs.stream()
                                .filter(pair -> pair.test().exact() <= Difference.LEVEL)
                                .count()),
                share(
                        pairs,
                        pairs.stream()
                                .filter(pair -> pair.accuracy().leavesOut(0))
                                .count()));
    }

    private static double share(List<Difference> pairs, long some) {
        return 100.0 * some / pairs.size();
    }
}
