package parathink.eval.comparison;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parathink.eval.directory.Attempt;
import parathink.eval.directory.ProblemLine;
import parathink.eval.directory.RunDirectory;
import parathink.eval.directory.TimingLine;
import parathink.models.ModelSize;

/**
 * One run, reduced to the problems that are compared: what it got right and what it spent, a figure a problem. Immutable.
 *
 * @param label short name of its directory
 * @param attempts of each problem, in the order of the repeats
 * @param spent mean of a problem's attempts by measure; a measure that is not known is left out
 * @param unknown why, for each measure that is not known
 */
record Arm(
        String label,
        RunDirectory directory,
        List<List<ProblemLine>> attempts,
        Map<Measure, double[]> spent,
        Map<Measure, String> unknown) {

    static Arm of(String label, RunDirectory directory, List<List<ProblemLine>> attempts, ComparisonSpec spec) {
        var reader = new Reader(directory, attempts, spec);
        reader.read();
        return new Arm(label, directory, attempts, reader.spent, reader.unknown);
    }

    int problems() {
        return attempts.size();
    }

    int repeats() {
        return attempts.getFirst().size();
    }

    /** Right answers of each problem. */
    long[] right() {
        return attempts.stream()
                .mapToLong(lines -> lines.stream().filter(ProblemLine::isRight).count())
                .toArray();
    }

    /** Share of right answers of each problem. */
    double[] accuracy() {
        return Arrays.stream(right())
                .mapToDouble(right -> (double) right / repeats())
                .toArray();
    }

    Optional<double[]> of(Measure measure) {
        return Optional.ofNullable(spent.get(measure));
    }

    /** The completions of each attempt of a problem. */
    List<List<RunDirectory.Draw>> draws(int problem) {
        return attempts.get(problem).stream()
                .map(line -> directory.draws(line.attempt()))
                .toList();
    }

    /** Adds up what the attempts spent. */
    private static final class Reader {
        private final RunDirectory directory;
        private final List<List<ProblemLine>> attempts;
        private final ComparisonSpec spec;
        private final Map<Measure, double[]> spent = new EnumMap<>(Measure.class);
        private final Map<Measure, String> unknown = new EnumMap<>(Measure.class);

        Reader(RunDirectory directory, List<List<ProblemLine>> attempts, ComparisonSpec spec) {
            this.directory = directory;
            this.attempts = attempts;
            this.spec = spec;
        }

        void read() {
            spent.put(Measure.WORK, means(line -> line.usage().work()));
            spent.put(Measure.SPAN, means(line -> line.usage().span()));
            spent.put(Measure.PREFILL, means(line -> line.usage().prefill()));
            spent.put(
                    Measure.JUDGE,
                    means(line -> line.usage().judgePrefill() + line.usage().judgeWork()));
            seconds();
            flops();
            spec.prices()
                    .ifPresentOrElse(
                            prices -> spent.put(
                                    Measure.USD,
                                    means(line ->
                                            prices.of((double) line.usage().prefill(), (double)
                                                    line.usage().work()))),
                            () -> unknown.put(
                                    Measure.USD, "no prices; give --price-in and --price-out, per million tokens"));
        }

        private interface Cost {
            double of(ProblemLine line);
        }

        /** A figure a problem. */
        private double[] means(Cost cost) {
            return attempts.stream()
                    .mapToDouble(lines -> lines.stream().mapToDouble(cost::of).sum() / lines.size())
                    .toArray();
        }

        private void seconds() {
            if (directory.run().isReplay()) {
                unknown.put(Measure.SECONDS, "the clock of a replayed pool is not that of a model");
                return;
            }
            var clocked = new HashMap<Attempt, TimingLine>();
            directory.timing().forEach(line -> clocked.put(new Attempt(line.problem(), line.repeat()), line));
            long unclocked = 0;
            for (var lines : attempts) {
                for (var line : lines) {
                    var time = Optional.ofNullable(clocked.get(line.attempt()));
                    // an attempt that an interruption cut in two was clocked for its second part only
                    if (time.isEmpty() || time.get().tokens() < line.usage().work()) {
                        unclocked++;
                    }
                }
            }
            if (unclocked > 0) {
                unknown.put(Measure.SECONDS, "%d attempts were not clocked from end to end".formatted(unclocked));
            } else {
                spent.put(
                        Measure.SECONDS,
                        means(line -> clocked.get(line.attempt()).seconds()));
            }
        }

        private void flops() {
            var size = spec.size().or(() -> directory.run().size());
            if (size.isEmpty()) {
                unknown.put(Measure.FLOPS, "run.json does not tell the model's shape; give --model-size");
                return;
            }
            if (attempts.stream()
                    .flatMap(List::stream)
                    .anyMatch(line -> line.usage().judgeWork() > 0)) {
                unknown.put(Measure.FLOPS, "the shape of the judge's model is not known");
                return;
            }
            spent.put(Measure.FLOPS, means(line -> flops(size.get(), directory.draws(line.attempt()))));
        }

        private static double flops(ModelSize size, List<RunDirectory.Draw> draws) {
            return draws.stream()
                    .mapToDouble(draw -> size.multiplyAccumulates(draw.tokens()))
                    .sum();
        }
    }

    /** Labels for directories: their names, or as much of their paths as tells them apart. */
    static List<String> labels(List<RunDirectory> directories) {
        var labels = new ArrayList<String>();
        for (var directory : directories) {
            var name =
                    String.valueOf(directory.path().toAbsolutePath().normalize().getFileName());
            long same = directories.stream()
                    .filter(other -> String.valueOf(
                                    other.path().toAbsolutePath().normalize().getFileName())
                            .equals(name))
                    .count();
            labels.add(same > 1 ? directory.path().toString() : name);
        }
        return labels;
    }
}
