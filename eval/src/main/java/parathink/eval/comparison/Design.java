package parathink.eval.comparison;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import parathink.eval.directory.RunDirectory;
import parathink.eval.text.Terminal;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * How many problems and repeats a paired comparison needs to see a difference, or what one that was made could have seen. A pure
 * function of its runs. Immutable.
 */
public final class Design {
    private static final List<Integer> REPEATS = List.of(1, 2, 4, 8, 16, 32);
    private static final int ROUNDS = 4000;
    private static final int FEW_ROUNDS = 250; // of each of the pilot's resamples
    private static final int RESAMPLES = 250;

    private final DesignSpec spec;
    private final Pilot pilot;
    private final List<Row> rows;

    private Design(DesignSpec spec, Pilot pilot, List<Row> rows) {
        this.spec = spec;
        this.pilot = pilot;
        this.rows = List.copyOf(rows);
    }

    /**
     * One number of repeats.
     *
     * @param problems needed to see the difference
     * @param range of that, by the pilot's problems drawn again
     * @param smallest difference that the given number of problems shows, as a share
     * @param power of the given number of problems to show the difference wanted
     */
    record Row(
            int repeats, double problems, Optional<Interval> range, OptionalDouble smallest, Optional<Chance> power) {}

    /** A chance of showing the difference, with the range that the pilot's problems drawn again leave it. */
    record Chance(Power power, Optional<Interval> range) {}

    /** From what is known of the strategies: no run, one run of either, or a run of each on the same problems. */
    public static Design of(List<RunDirectory> pilots, DesignSpec spec) {
        var pilot = switch (pilots.size()) {
            case 0 -> Pilot.none(spec);
            case 1 -> Pilot.of(pilots.getFirst(), spec);
            case 2 -> Pilot.of(pilots.getFirst(), pilots.getLast());
            default -> throw new IllegalArgumentException("a pilot is one run or two, got " + pilots.size());
        };
        var rows = new ArrayList<Row>();
        for (int repeats : pilot.isParted() ? REPEATS : List.of(1)) {
            rows.add(row(pilot, repeats, spec));
        }
        return new Design(spec, pilot, rows);
    }

    private static Row row(Pilot pilot, int repeats, DesignSpec spec) {
        double difference = spec.difference() / 100;
        var analysis = analysis(pilot.disagreement(), repeats, ROUNDS, spec);
        double needed = analysis.problems(difference, spec.power());
        double ratio = needed / analysis.problemsIfNormal(difference, spec.power());
        var range = pilot.interval(
                RESAMPLES,
                spec.seed(),
                drawn -> ratio * analysis(drawn, repeats, ROUNDS, spec).problemsIfNormal(difference, spec.power()));
        if (spec.problems().isEmpty()) {
            return new Row(repeats, needed, range, OptionalDouble.empty(), Optional.empty());
        }
        int problems = spec.problems().getAsInt();
        var power = analysis.power(difference, problems);
        var chance = new Chance(
                power,
                pilot.interval(
                                RESAMPLES,
                                spec.seed(),
                                drawn -> analysis(drawn, repeats, FEW_ROUNDS, spec)
                                        .power(difference, problems)
                                        .value())
                        .map(played -> played.around(power.value())));
        return new Row(
                repeats,
                needed,
                range,
                OptionalDouble.of(analysis.smallestDifference(problems, spec.power())),
                Optional.of(chance));
    }

    private static PowerAnalysis analysis(Disagreement disagreement, int repeats, int rounds, DesignSpec spec) {
        return new PowerAnalysis(disagreement, repeats, rounds, spec.seed());
    }

    /** Problems below which no number of repeats is enough, by the normal approximation. */
    double fewestProblems() {
        double difference = spec.difference() / 100;
        double between = pilot.disagreement().towards(difference).variance().between();
        return new PairedDesign(between).problems(difference, spec.power());
    }

    /** The figures for a terminal. */
    public String terminal() {
        var table = Table.create("problems needed");
        for (var name : List.of("repeats", "problems", "95 % by the pilot", "smallest", "power")) {
            table.addColumns(StringColumn.create(name));
        }
        for (var row : rows) {
            table.stringColumn(0).append(Integer.toString(row.repeats()));
            table.stringColumn(1).append(Figures.whole(Math.ceil(row.problems())));
            table.stringColumn(2)
                    .append(row.range()
                            .map(range -> "%s to %s"
                                    .formatted(
                                            Figures.whole(Math.ceil(range.low())),
                                            Figures.whole(Math.ceil(range.high()))))
                            .orElse(""));
            table.stringColumn(3)
                    .append(
                            row.smallest().isPresent()
                                    ? Figures.percent(row.smallest().getAsDouble())
                                    : "");
            table.stringColumn(4).append(row.power().map(Design::shown).orElse(""));
        }
        if (spec.problems().isEmpty()) {
            table.removeColumns("smallest", "power");
        }
        if (rows.stream().allMatch(row -> row.range().isEmpty())) {
            table.removeColumns("95 % by the pilot");
        }
        return heading() + "\n\n" + Terminal.print(table) + "\n\n" + notes();
    }

    private static String shown(Chance chance) {
        return Figures.percent(chance.power().value()) + " %"
                + (chance.power().error() > 0
                        ? " ±" + Figures.percent(chance.power().error())
                        : "")
                + chance.range()
                        .map(range ->
                                " (%s to %s)".formatted(Figures.percent(range.low()), Figures.percent(range.high())))
                        .orElse("");
    }

    private String heading() {
        return "to see a true difference of %s points with power %s at level 0.05, paired, each strategy on all problems%n%s"
                .formatted(Figures.amount(spec.difference()), spec.power(), pilot.origin());
    }

    private String notes() {
        var text = new StringBuilder();
        if (pilot.isParted()) {
            text.append("with fewer than %s problems no number of repeats is enough%n"
                    .formatted(Figures.whole(Math.ceil(fewestProblems()))));
        }
        spec.problems()
                .ifPresent(problems -> text.append(
                        "smallest: the smallest true difference, in points, that %d problems show with this power; power: of %s points%n"
                                .formatted(problems, Figures.amount(spec.difference()))));
        text.append("power: of the test that compare makes, counted, or with several repeats played %d times%n"
                .formatted(ROUNDS));
        if (rows.stream()
                .anyMatch(row ->
                        row.power().stream().anyMatch(chance -> chance.power().error() > 0))) {
            text.append("(± the standard error of the playing)%n".formatted());
        }
        return text.toString();
    }

    /** The figures as one JSON object. */
    public ObjectNode json() {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("difference", spec.difference());
        json.put("power", spec.power());
        json.put("level", Difference.LEVEL);
        json.put("basis", pilot.origin());
        var variance = pilot.disagreement().variance();
        json.put("variance_between", variance.between());
        if (pilot.isParted()) {
            json.put("variance_within", variance.within());
            json.put("fewest_problems", (long) Math.ceil(fewestProblems()));
        }
        var list = json.putArray("needed");
        for (var row : rows) {
            var node = list.addObject();
            node.put("repeats", row.repeats());
            node.put("problems", (long) Math.ceil(row.problems()));
            row.range().ifPresent(range -> {
                node.put("problems_low", (long) Math.ceil(range.low()));
                node.put("problems_high", (long) Math.ceil(range.high()));
            });
            row.smallest().ifPresent(smallest -> node.put("smallest_difference", 100 * smallest));
            row.power().ifPresent(power -> {
                node.put("power", power.power().value());
                node.put("power_error", power.power().error());
                power.range()
                        .ifPresent(range -> node.put("power_low", range.low()).put("power_high", range.high()));
            });
        }
        return json;
    }
}
