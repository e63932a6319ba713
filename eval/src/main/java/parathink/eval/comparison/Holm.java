package parathink.eval.comparison;

import java.util.stream.IntStream;

/** Several tests at once with one level for all of them together (Holm, 1979). */
final class Holm {
    private Holm() {}

    /** Adjusted p-values in the order of the given ones: each may be held against the level as if it were the only one. */
    static double[] adjusted(double[] pValues) {
        var order = IntStream.range(0, pValues.length)
                .boxed()
                .sorted((a, b) -> Double.compare(pValues[a], pValues[b]))
                .toList();
        var adjusted = new double[pValues.length];
        double largest = 0;
        for (int rank = 0; rank < order.size(); rank++) {
            int test = order.get(rank);
            largest = Math.max(largest, Math.min(1, (pValues.length - rank) * pValues[test]));
            adjusted[test] = largest;
        }
        return adjusted;
    }
}
