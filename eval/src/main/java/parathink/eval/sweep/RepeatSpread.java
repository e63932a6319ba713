package parathink.eval.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeMap;
import parathink.eval.directory.ProblemLine;

/**
 * How far the accuracies of a run's repeats lie apart, all on the same problems: what the luck of the draws alone, or on a
 * pool the order of the draws alone, makes of a strategy.
 *
 * @param repeats at least 2
 * @param deviation standard deviation between repeats (n - 1)
 * @param lowest accuracy of a repeat
 * @param median of the repeats' accuracies
 * @param highest accuracy of a repeat
 */
public record RepeatSpread(int repeats, double deviation, double lowest, double median, double highest) {

    /** The spread over whole repeats; nothing for a run that has fewer than two, or no problem to grade. */
    static Optional<RepeatSpread> of(Collection<ProblemLine> lines) {
        var byRepeat = new TreeMap<Integer, ArrayList<Boolean>>();
        for (var line : ProblemLine.counted(lines)) {
            byRepeat.computeIfAbsent(line.repeat(), repeat -> new ArrayList<>()).add(line.isRight());
        }
        int problems =
                byRepeat.values().stream().mapToInt(ArrayList::size).max().orElse(0);
        var accuracies = byRepeat.values().stream()
                .filter(grades -> grades.size() == problems) // one that was interrupted is of other problems
                .mapToDouble(grades -> grades.stream().filter(right -> right).count() / (double) grades.size())
                .sorted()
                .toArray();
        return accuracies.length < 2 ? Optional.empty() : Optional.of(of(accuracies));
    }

    private static RepeatSpread of(double[] sorted) {
        int n = sorted.length;
        double mean = Arrays.stream(sorted).sum() / n;
        double squares = Arrays.stream(sorted).map(x -> (x - mean) * (x - mean)).sum();
        double median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
        return new RepeatSpread(n, Math.sqrt(squares / (n - 1)), sorted[0], median, sorted[n - 1]);
    }
}
