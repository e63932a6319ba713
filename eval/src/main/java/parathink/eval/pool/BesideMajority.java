package parathink.eval.pool;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import parathink.eval.comparison.Bootstrap;
import parathink.eval.comparison.Difference;
import parathink.eval.comparison.Interval;
import parathink.eval.directory.ProblemLine;
import parathink.eval.directory.ResultsException;
import parathink.eval.directory.RunDirectory;

/**
 * A replayed run beside plain majority of the same pool, over the problems that both have a grade for. Immutable; may be used from any
 * thread.
 *
 * @param finished completions that the run finishes at most
 * @param baselines one of each size
 * @param curve of plain majority over 1, 2, … completions
 * @param saved share of the work of all completions that the run does not decode
 * @param judged tokens a problem that the run's judge reads
 */
public record BesideMajority(int finished, List<Baseline> baselines, List<Point> curve, double saved, double judged) {
    private static final int RESAMPLES = 5000;
    private static final int FEWEST = 2;
    private static final int HALVINGS = 60; // as fine as a double

    /** Of how many completions a majority is asked. */
    public enum Size {
        /** As many as the run lets finish. */
        FINISHED,
        /** As many as cost what the run costs. */
        SAME_WORK,
        /** All that the run may begin. */
        ALL;

        /** The word used in files. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A majority of so many completions.
     *
     * @param work tokens a problem
     * @param difference of the run's accuracy less its own, paired by problem, with its interval over problems
     */
    public record Baseline(Size size, double completions, double accuracy, double work, Interval difference) {}

    /** A majority of k completions, with its tokens a problem. */
    public record Point(int k, double accuracy, double work) {}

    /** A problem of the run: means over its repeats. */
    private record Own(double accuracy, double work, double judged, PoolMajority.Curve curve) {}

    public BesideMajority {
        baselines = List.copyOf(baselines);
        curve = List.copyOf(curve);
    }

    /**
     * What a run directory has of it; nothing where it is no replay that prunes, or has fewer than two graded problems.
     *
     * @throws ResultsException naming a line of its file that cannot be read
     */
    public static Optional<BesideMajority> of(RunDirectory directory) {
        return PoolMajority.in(directory.path()).flatMap(majority -> of(directory, majority));
    }

    static Optional<BesideMajority> of(RunDirectory directory, PoolMajority majority) {
        var own = own(directory, majority);
        if (own.size() < FEWEST) {
            return Optional.empty();
        }
        double work = mean(own, Own::work);
        int all = own.stream()
                .mapToInt(each -> each.curve().accuracy().size())
                .max()
                .orElseThrow();
        return Optional.of(new BesideMajority(
                majority.finished(),
                List.of(
                        baseline(Size.FINISHED, Math.min(majority.finished(), all), own),
                        baseline(Size.SAME_WORK, completions(work, all, own), own),
                        baseline(Size.ALL, all, own)),
                IntStream.rangeClosed(1, all)
                        .mapToObj(k -> new Point(k, accuracy(k, own), work(k, own)))
                        .toList(),
                1 - work / work(all, own),
                mean(own, Own::judged)));
    }

    private static Baseline baseline(Size size, double completions, List<Own> own) {
        double[] differences = own.stream()
                .mapToDouble(each -> each.accuracy() - each.curve().at(completions))
                .toArray();
        var difference = Difference.interval(differences, new Bootstrap(differences.length, RESAMPLES, 0));
        return new Baseline(size, completions, accuracy(completions, own), work(completions, own), difference);
    }

    private static <T> double mean(List<T> own, ToDoubleFunction<T> figure) {
        return own.stream().mapToDouble(figure).average().orElseThrow();
    }

    private static double accuracy(double completions, List<Own> own) {
        return mean(own, each -> each.curve().at(completions));
    }

    /** Tokens a problem of a majority of so many completions. */
    private static double work(double completions, List<Own> own) {
        return mean(own, each -> each.curve().work(completions));
    }

    /** Of how many completions a majority spends so much; problems that have fewer spend all they have. */
    private static double completions(double work, int all, List<Own> own) {
        double low = 0;
        double high = all;
        for (int halving = 0; halving < HALVINGS; halving++) {
            double middle = (low + high) / 2;
            if (work(middle, own) < work) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    private static List<Own> own(RunDirectory directory, PoolMajority majority) {
        Map<String, List<ProblemLine>> byProblem = new LinkedHashMap<>();
        for (var line : directory.problems()) {
            if (line.isGraded() && majority.curves().containsKey(line.problem())) {
                byProblem
                        .computeIfAbsent(line.problem(), none -> new ArrayList<>())
                        .add(line);
            }
        }
        return byProblem.entrySet().stream()
                .map(entry -> new Own(
                        mean(entry.getValue(), line -> line.isRight() ? 1 : 0),
                        mean(entry.getValue(), line -> line.usage().work()),
                        mean(entry.getValue(), line -> line.usage().judgePrefill()),
                        majority.curves().get(entry.getKey())))
                .toList();
    }
}
