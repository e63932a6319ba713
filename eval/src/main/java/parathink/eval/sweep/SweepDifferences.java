package parathink.eval.sweep;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import parathink.eval.comparison.Bootstrap;
import parathink.eval.comparison.ComparisonJson;
import parathink.eval.comparison.Difference;
import parathink.eval.comparison.Measure;

/**
 * The cells of a sweep against its first and against its best one, paired by problem. The best one was chosen on these very problems, so
 * that it looks better beside the others than it is. A pure function of the cells. Immutable; may be used from any thread.
 */
public final class SweepDifferences {
    private static final int RESAMPLES = 2000;

    private final List<Difference.Side> sides;
    private final Bootstrap bootstrap;

    private SweepDifferences(List<Difference.Side> sides, Bootstrap bootstrap) {
        this.sides = sides;
        this.bootstrap = bootstrap;
    }

    /**
     * As one JSON object for the page of the sweep; without differences where fewer than two cells have two problems in common.
     *
     * @param repeats attempts at each problem
     */
    public static ObjectNode json(List<SweepCell> cells, int repeats, long seed) {
        var json = JsonNodeFactory.instance.objectNode();
        var common = new HashSet<>(cells.getFirst().problems());
        cells.forEach(cell -> common.retainAll(cell.problems()));
        if (cells.size() < 2 || common.size() < 2) {
            return json;
        }
        var ids = cells.getFirst().problems().stream().filter(common::contains).toList();
        var sides = cells.stream().map(cell -> side(cell, ids, repeats)).toList();
        var differences = new SweepDifferences(sides, new Bootstrap(ids.size(), RESAMPLES, seed));
        json.put("problems", ids.size());
        var first = json.putArray("differences");
        differences.to(sides.getFirst()).forEach(difference -> first.add(ComparisonJson.difference(difference)));
        var best = sides.stream()
                .max(Comparator.comparingDouble(
                        side -> Arrays.stream(side.accuracy()).sum()))
                .orElseThrow();
        if (!best.equals(sides.getFirst())) {
            var list = json.putArray("to_best");
            differences.to(best).forEach(difference -> list.add(ComparisonJson.difference(difference)));
        }
        json.putArray("warnings");
        return json;
    }

    private static Difference.Side side(SweepCell cell, List<String> ids, int repeats) {
        var places = ids.stream().mapToInt(cell.problems()::indexOf).toArray();
        return new Difference.Side(
                cell.directory().getFileName().toString(),
                Arrays.stream(places)
                        .mapToLong(place -> Math.round(cell.right().get(place) * repeats))
                        .toArray(),
                repeats,
                Map.of(Measure.WORK, of(cell.work(), places), Measure.SPAN, of(cell.span(), places)));
    }

    private static double[] of(List<Double> values, int[] places) {
        return Arrays.stream(places).mapToDouble(values::get).toArray();
    }

    /** All others against one of them, adjusted for their number. */
    private List<Difference> to(Difference.Side reference) {
        var list = new ArrayList<Difference>();
        for (var side : sides) {
            if (!side.equals(reference)) {
                list.add(Difference.of(side, reference, bootstrap));
            }
        }
        return Difference.adjusted(list);
    }
}
