package parathink.eval.comparison;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;

/** The figures of a comparison as one JSON object: shares, not points; an end without a bound is null. */
public final class ComparisonJson {
    private final Comparison comparison;

    ComparisonJson(Comparison comparison) {
        this.comparison = comparison;
    }

    ObjectNode object() {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("problems", comparison.arms().getFirst().problems());
        json.put("resamples", comparison.spec().resamples());
        json.put("seed", comparison.spec().seed());
        comparison.spec().margin().ifPresentOrElse(margin -> json.put("margin", margin), () -> json.putNull("margin"));
        runs(json);
        differences(json);
        matched(json.putObject("matched"));
        var remarks = json.putArray("warnings");
        comparison.remarks().forEach(remarks::add);
        return json;
    }

    private void runs(ObjectNode json) {
        var runs = json.putArray("runs");
        for (var arm : comparison.arms()) {
            var run = arm.directory().run();
            var node = runs.addObject();
            node.put("run", arm.label());
            node.put("directory", arm.directory().path().toString());
            node.put("status", run.status().word());
            node.put("model", run.model());
            node.put("dataset", run.dataset());
            node.put("strategy", run.strategy());
            node.put("repeats", arm.repeats());
            node.put("accuracy", Arrays.stream(arm.accuracy()).average().orElseThrow());
            var spend = node.putObject("spend");
            arm.spent()
                    .forEach((measure, values) -> spend.put(
                            measure.word(), Arrays.stream(values).average().orElseThrow()));
            var unknown = node.putObject("unknown");
            arm.unknown().forEach((measure, why) -> unknown.put(measure.word(), why));
        }
    }

    private void differences(ObjectNode json) {
        var list = json.putArray("differences");
        for (var difference : comparison.differences()) {
            var node = difference(difference);
            comparison.spec().margin().ifPresent(margin -> node.put("no_worse", difference.noWorse(margin)));
            list.add(node);
        }
    }

    public static ObjectNode difference(Difference difference) {
        var node = JsonNodeFactory.instance.objectNode();
        node.put("run", difference.run());
        node.put("reference", difference.reference());
        node.set("accuracy", interval(difference.accuracy()));
        node.put("won", difference.won());
        node.put("lost", difference.lost());
        node.put("p_exact", difference.test().exact());
        node.put("p_mid", difference.test().mid());
        node.put("p_holm", difference.adjusted());
        node.put("different", difference.different());
        var spend = node.putObject("spend");
        difference.spend().forEach((measure, interval) -> spend.set(measure.word(), interval(interval)));
        var ratio = node.putObject("ratio");
        difference.ratio().forEach((measure, interval) -> ratio.set(measure.word(), interval(interval)));
        return node;
    }

    private void matched(ObjectNode json) {
        json.put("measure", comparison.measure().word());
        comparison
                .matched()
                .target()
                .ifPresentOrElse(target -> json.put("target", target), () -> json.putNull("target"));
        comparison
                .pool()
                .ifPresentOrElse(
                        pool -> json.putObject("baseline")
                                .put("run", pool.arm().label())
                                .put("completions", pool.size()),
                        () -> json.putNull("baseline"));
        var rows = json.putArray("rows");
        for (var row : comparison.matched().rows()) {
            var node = rows.addObject();
            node.put("run", row.run());
            node.put("strategy", row.strategy());
            node.put("brought", row.brought());
            number(node, "spend", row.spend());
            row.completions().ifPresent(completions -> node.put("completions", completions));
            node.set("accuracy", interval(row.accuracy()));
            row.versus().ifPresent(versus -> node.set("majority", versus(versus)));
            node.put("remark", row.remark());
        }
        var pairs = json.putArray("pairs");
        for (var pair : comparison.matched().pairs()) {
            var node = pairs.addObject();
            node.put("run", pair.run());
            node.put("reference", pair.reference());
            node.set("accuracy", interval(pair.difference()));
            node.put("p", pair.pValue());
            node.put("p_holm", pair.adjusted());
            node.put("different", pair.different());
        }
    }

    private static ObjectNode versus(Matched.Versus versus) {
        var node = JsonNodeFactory.instance.objectNode();
        node.put("completions", versus.completions());
        node.set("accuracy", interval(versus.accuracy()));
        node.set("difference", interval(versus.difference()));
        node.put("p", versus.pValue());
        node.put("p_holm", versus.adjusted());
        node.put("different", versus.different());
        node.set("crossover", interval(versus.crossover()));
        versus.crossing()
                .ifPresentOrElse(
                        crossing ->
                                node.set("crossing", interval(crossing.spend()).put("share", crossing.share())),
                        () -> node.putNull("crossing"));
        return node;
    }

    static ObjectNode interval(Interval interval) {
        var node = JsonNodeFactory.instance.objectNode();
        number(node, "value", interval.value());
        number(node, "low", interval.low());
        number(node, "high", interval.high());
        node.put("interval", interval.method().word());
        return node;
    }

    static void number(ObjectNode node, String field, double value) {
        if (Double.isFinite(value)) {
            node.put(field, value);
        } else {
            node.putNull(field);
        }
    }
}
