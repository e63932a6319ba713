package parathink.eval;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import parathink.eval.comparison.Bootstrap;
import parathink.eval.comparison.Interval;

/**
 * A replayed run beside plain majority of the same pool: of as many completions as finish (K2), at the same work, and of all. Differences
 * are paired by problem, with a bootstrap interval over problems.
 *
 * @param directory of the run
 * @param majority of its pool
 */
record MajorityText(RunDirectory directory, PoolMajority majority) {
    private static final String FINISHED = "k2"; // the setting of a strategy that finishes so many completions
    private static final int RESAMPLES = 5000;
    private static final int FEWEST = 2;

    /** A problem of the run: mean over its repeats. */
    private record Own(double accuracy, double work, PoolMajority.Curve curve) {}

    /** The lines; empty where nothing can be compared. */
    String text() {
        var own = own();
        if (own.size() < FEWEST) {
            return "";
        }
        double work = own.stream().mapToDouble(Own::work).average().orElseThrow();
        double one = own.stream()
                .mapToDouble(each -> each.curve().tokens())
                .average()
                .orElseThrow();
        int all = own.stream()
                .mapToInt(each -> each.curve().accuracy().size())
                .max()
                .orElseThrow();
        var text =
                new StringBuilder("plain majority of the pool, all subsets      accuracy     work  this run less it\n");
        finished()
                .ifPresent(k ->
                        text.append(line("of %d, as many as finish here".formatted(k), Math.min(k, all), own, one)));
        text.append(line(String.format(Locale.ROOT, "at the same work, of %.1f", work / one), work / one, own, one));
        text.append(line("of all %d".formatted(all), all, own, one));
        return text.append(String.format(
                        Locale.ROOT,
                        "this run decodes %.1f %% less than all of them%n",
                        100 * (1 - work / (all * one))))
                .toString();
    }

    private Optional<Integer> finished() {
        return Optional.ofNullable(directory.run().settings().path("strategy").get(FINISHED))
                .map(value -> Integer.valueOf(value.asText()));
    }

    private static String line(String what, double completions, List<Own> own, double one) {
        double accuracy = own.stream()
                .mapToDouble(each -> each.curve().at(completions))
                .average()
                .orElseThrow();
        double[] differences = own.stream()
                .mapToDouble(each -> each.accuracy() - each.curve().at(completions))
                .toArray();
        var difference = new Bootstrap(differences.length, RESAMPLES, 0).interval(times -> {
            double sum = 0;
            for (int i = 0; i < differences.length; i++) {
                sum += times[i] * differences[i];
            }
            return sum / differences.length;
        });
        return String.format(
                Locale.ROOT,
                "  %-42s %6.1f %% %8.0f  %s%n",
                what,
                100 * accuracy,
                completions * one,
                points(difference));
    }

    private static String points(Interval interval) {
        return String.format(
                Locale.ROOT,
                "%+.1f [%+.1f, %+.1f]",
                100 * interval.value(),
                100 * interval.low(),
                100 * interval.high());
    }

    private List<Own> own() {
        Map<String, List<ProblemLine>> byProblem = new LinkedHashMap<>();
        for (var line : directory.problems()) {
            if (line.isGraded() && majority.curves().containsKey(line.problem())) {
                byProblem
                        .computeIfAbsent(line.problem(), none -> new ArrayList<>())
                        .add(line);
            }
        }
        var own = new ArrayList<Own>();
        byProblem.forEach((problem, lines) -> own.add(new Own(
                lines.stream()
                        .mapToInt(line -> line.isRight() ? 1 : 0)
                        .average()
                        .orElseThrow(),
                lines.stream().mapToLong(line -> line.usage().work()).average().orElseThrow(),
                majority.curves().get(problem))));
        return own;
    }
}
