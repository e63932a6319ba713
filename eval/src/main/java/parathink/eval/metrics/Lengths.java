package parathink.eval.metrics;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import parathink.eval.directory.RunDirectory;

/**
 * Tokens of the completions, counted in bins of equal width from 0 on, by how the completions came out.
 *
 * @param width tokens a bin
 * @param counts by ending, then by bin
 */
public record Lengths(int width, Map<Ending, List<Integer>> counts) {
    private static final int BINS = 36;

    static Lengths of(Iterable<RunDirectory.Draw> draws) {
        int longest = 0;
        for (var draw : draws) {
            longest = Math.max(longest, draw.tokens());
        }
        int width = roundWidth(longest / BINS + 1);
        var counts = new EnumMap<Ending, int[]>(Ending.class);
        for (var draw : draws) {
            counts.computeIfAbsent(Ending.of(draw), ending -> new int[BINS + 1])[draw.tokens() / width]++;
        }
        int bins = longest / width + 1;
        var trimmed = new EnumMap<Ending, List<Integer>>(Ending.class);
        counts.forEach((ending, all) -> {
            var list = new ArrayList<Integer>(bins);
            for (int i = 0; i < bins; i++) {
                list.add(all[i]);
            }
            trimmed.put(ending, List.copyOf(list));
        });
        return new Lengths(width, trimmed);
    }

    /** The next of 1, 2, 5, 10, 20, 50, … */
    private static int roundWidth(int atLeast) {
        for (long power = 1; ; power *= 10) {
            for (long width : new long[] {power, 2 * power, 5 * power}) {
                if (width >= atLeast) {
                    return (int) Math.min(width, Integer.MAX_VALUE);
                }
            }
        }
    }
}
