package parathink.eval.sweep;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import parathink.eval.directory.ProblemLine;
import parathink.eval.evidence.Estimate;
import parathink.eval.evidence.Intervals;

/**
 * One strategy with one choice of settings, run on all problems of a sweep.
 *
 * @param directory its run directory
 * @param strategy its name
 * @param settings those that were chosen, in the order of their names
 * @param attempts lines of its problems
 * @param errors of them, those that failed
 * @param accuracy over problems; Wilson's interval when each was attempted once, otherwise a bootstrap over problems
 * @param problems ids of those that count in the accuracy
 * @param right share of right answers, by problem
 * @param work tokens decoded, by problem
 * @param span longest chain of tokens, by problem
 * @param repeats how far the repeats lie apart, where there are several
 */
public record SweepCell(
        Path directory,
        String strategy,
        Map<String, String> settings,
        int attempts,
        int errors,
        Estimate accuracy,
        List<String> problems,
        List<Double> right,
        List<Double> work,
        List<Double> span,
        Optional<RepeatSpread> repeats) {

    public SweepCell {
        settings = new TreeMap<>(settings);
        problems = List.copyOf(problems);
        right = List.copyOf(right);
        work = List.copyOf(work);
        span = List.copyOf(span);
    }

    /**
     * The figures of a finished run.
     *
     * @param lines of its problems, in any order
     * @param order the ids of the problems
     * @throws IllegalArgumentException when none of the problems can be graded
     */
    public static SweepCell of(
            Path directory,
            String strategy,
            Map<String, String> settings,
            List<ProblemLine> lines,
            List<String> order) {
        var byProblem = new LinkedHashMap<String, List<ProblemLine>>();
        order.forEach(id -> byProblem.put(id, new ArrayList<>()));
        ProblemLine.counted(lines).forEach(line -> byProblem.get(line.problem()).add(line));
        byProblem.values().removeIf(List::isEmpty);
        if (byProblem.isEmpty()) {
            throw new IllegalArgumentException(
                    "a sweep compares accuracies, and no problem of this dataset has a reference to grade by");
        }
        var right = means(byProblem, line -> line.isRight() ? 1 : 0);
        boolean once = byProblem.values().stream().allMatch(attempts -> attempts.size() == 1);
        var shares = right.stream().mapToDouble(Double::doubleValue).toArray();
        long yes = right.stream().filter(share -> share == 1).count();
        return new SweepCell(
                directory,
                strategy,
                settings,
                lines.size(),
                (int) lines.stream()
                        .filter(line -> line.status() == ProblemLine.Status.ERROR)
                        .count(),
                once ? Intervals.DEFAULT.share(yes, shares.length) : Intervals.DEFAULT.mean(shares),
                List.copyOf(byProblem.keySet()),
                right,
                means(byProblem, line -> line.usage().work()),
                means(byProblem, line -> line.usage().span()),
                RepeatSpread.of(lines));
    }

    private static List<Double> means(Map<String, List<ProblemLine>> byProblem, ToDoubleFunction<ProblemLine> value) {
        return byProblem.values().stream()
                .map(lines -> lines.stream().mapToDouble(value).sum() / lines.size())
                .toList();
    }

    /** Tokens a problem. */
    public double meanWork() {
        return mean(work);
    }

    /** Tokens of the longest chain of a problem, on average. */
    public double meanSpan() {
        return mean(span);
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).sum() / values.size();
    }

    /** The settings as they are typed. */
    String typed() {
        return typed(settings.keySet());
    }

    /** Those of some names, as they are typed. */
    String typed(Set<String> names) {
        return settings.entrySet().stream()
                .filter(setting -> names.contains(setting.getKey()))
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining(" "));
    }
}
