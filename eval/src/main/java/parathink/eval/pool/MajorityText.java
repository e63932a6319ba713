package parathink.eval.pool;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import parathink.eval.comparison.Bootstrap;
import parathink.eval.comparison.Interval;
import parathink.eval.directory.ProblemLine;
import parathink.eval.directory.RunDirectory;

/**
 * A replayed run beside plain majority of the same pool: of as many completions as finish (K2), at the same work, and of all that the run may begin. Differences
 * are paired by problem, with a bootstrap interval over problems.
 *
 * @param directory of the run
 * @param majority of its pool
 */
public record MajorityText(RunDirectory directory, PoolMajority majority) {
    private static final int RESAMPLES = 5000;
    private static final int FEWEST = 2;
    private static final int HALVINGS = 60; // as fine as a double

    /** A problem of the run: mean over its repeats. */
    private record Own(double accuracy, double work, double judged, PoolMajority.Curve curve) {}

    /** The lines; empty where nothing can be compared. */
    public String text() {
        var own = own();
        if (own.size() < FEWEST) {
            return "";
        }
        double work = mean(own, Own::work);
        int all = own.stream()
                .mapToInt(each -> each.curve().accuracy().size())
                .max()
                .orElseThrow();
        int finished = majority.finished();
        double same = completions(work, all, own);
        return "plain majority of the pool, all subsets      accuracy     work  this run less it\n"
                + line("of %d, as many as finish here".formatted(finished), Math.min(finished, all), own)
                + line(String.format(Locale.ROOT, "at the same work, of %.1f", same), same, own)
                + line("of all %d".formatted(all), all, own)
                + String.format(
                        Locale.ROOT,
                        "this run decodes %.1f %% less than all of them; its judge reads %.0f tokens a problem%n",
                        100 * (1 - work / work(all, own)),
                        mean(own, Own::judged));
    }

    private static double mean(List<Own> own, ToDoubleFunction<Own> figure) {
        return own.stream().mapToDouble(figure).average().orElseThrow();
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

    private static String line(String what, double completions, List<Own> own) {
        double accuracy = mean(own, each -> each.curve().at(completions));
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
                work(completions, own),
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
                lines.stream()
                        .mapToLong(line -> line.usage().judgePrefill())
                        .average()
                        .orElseThrow(),
                majority.curves().get(problem))));
        return own;
    }
}
