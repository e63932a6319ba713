package parathink.eval.comparison;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import parathink.eval.directory.RunDirectory;
import parathink.eval.text.Terminal;

/**
 * What a comparison that was made could have seen: the smallest true difference that it calls different so often, from the
 * variance that its own problems show. A pure function of the two runs.
 *
 * @param observed the difference that it found
 * @param smallest the smallest true difference that it sees with that power, as a share
 * @param range of the smallest, by its problems drawn again
 * @param power chance of calling a true difference different
 */
public record Hindsight(
        String run, String reference, int problems, Interval observed, double smallest, Interval range, double power) {
    private static final int RESAMPLES = 2000;
    private static final int ROUNDS = 2000;
    private static final int FEW = 200; // resamples of its problems, and rounds of each

    /** Of two finished runs on the same problems; the first is the reference. */
    public static Hindsight of(RunDirectory reference, RunDirectory run, double power, long seed) {
        var runs = List.of(reference, run);
        var common = CommonProblems.of(runs);
        int problems = common.ids().size();
        var differences = Difference.minus(shares(common, 1), shares(common, 0));
        var pilot = Pilot.of(common);
        int repeats = repeats(common);
        var bootstrap = new Bootstrap(problems, RESAMPLES, seed);
        double smallest =
                new PowerAnalysis(pilot.disagreement(), repeats, ROUNDS, seed).smallestDifference(problems, power);
        var range = pilot.interval(
                        FEW,
                        seed,
                        drawn -> new PowerAnalysis(drawn, repeats, FEW, seed).smallestDifference(problems, power))
                .orElseThrow();
        var labels = Arm.labels(runs);
        return new Hindsight(
                labels.getLast(),
                labels.getFirst(),
                problems,
                Difference.interval(differences, bootstrap),
                smallest,
                range,
                power);
    }

    /** As many attempts of both as tell as much as those of the one and the other; their draws are taken to vary alike. */
    private static int repeats(CommonProblems common) {
        int there = common.attempts().getFirst().getFirst().size();
        int here = common.attempts().getLast().getFirst().size();
        return (int) Math.round(2.0 * here * there / (here + there));
    }

    private static double[] shares(CommonProblems common, int run) {
        return common.attempts().get(run).stream()
                .mapToDouble(
                        lines -> lines.stream().filter(line -> line.isRight()).count() / (double) lines.size())
                .toArray();
    }

    /** The figures for a terminal. */
    public String terminal() {
        return """
                %s less %s on %d problems: %s points, 95 %% interval %s to %s
                smallest true difference seen with power %s: %s points (%s to %s by its problems drawn again)
                """.formatted(
                        Terminal.printable(run),
                        Terminal.printable(reference),
                        problems,
                        Figures.points(observed.value()),
                        Figures.points(observed.low()),
                        Figures.points(observed.high()),
                        power,
                        Figures.percent(smallest),
                        Figures.percent(range.low()),
                        Figures.percent(range.high()));
    }

    /** The figures as one JSON object. */
    public ObjectNode json() {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("run", run);
        json.put("reference", reference);
        json.put("problems", problems);
        json.put("power", power);
        json.set("observed", ComparisonJson.interval(observed));
        json.set("smallest_difference", ComparisonJson.interval(range));
        return json;
    }
}
