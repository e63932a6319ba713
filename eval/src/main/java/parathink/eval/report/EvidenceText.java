package parathink.eval.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import parathink.eval.evidence.Abstention;
import parathink.eval.evidence.Calibration;
import parathink.eval.evidence.EqualCost;
import parathink.eval.evidence.Estimate;
import parathink.eval.evidence.Evidence;
import parathink.eval.evidence.GraderAgreement;
import parathink.eval.evidence.Laws;
import parathink.eval.evidence.PhaseTransition;
import parathink.eval.evidence.SplitVotes;
import parathink.eval.evidence.TruncationBounds;
import parathink.eval.text.Terminal;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * The analyses of a run in a few lines each, at most 80 columns wide; none for what cannot be told.
 *
 * @param few whether there are too few problems for the figures of votes, costs and laws to mean something
 */
record EvidenceText(Evidence evidence, boolean few) {
    private static final double[] COVERAGES = {0.5, 0.8};
    private static final int SHOWN = 5;
    private static final int WIDTH = 80;
    private static final String INDENT = "  ";

    /** Empty when there is nothing to say. */
    String text() {
        var parts = new ArrayList<String>();
        if (!evidence.selections().isEmpty() && !few) {
            parts.add(selections());
        }
        evidence.truncation().filter(bounds -> bounds.cut() > 0).ifPresent(bounds -> parts.add(truncation(bounds)));
        var lines = new ArrayList<String>();
        evidence.leftOut().forEach(lines::add);
        if (few) {
            lines.add(
                    "Other ways to choose an answer, the calibration of the vote, abstention, costs and laws say little of fewer than"
                            + " %d problems; their figures are in report.html.".formatted(RunText.FEW));
        } else {
            analyses(lines);
        }
        evidence.grading().ifPresent(found -> lines.add(grading(found)));
        if (!lines.isEmpty()) {
            parts.add(lines.stream().map(EvidenceText::wrapped).collect(Collectors.joining("\n")));
        }
        return String.join("\n\n", parts);
    }

    private void analyses(List<String> lines) {
        evidence.calibration().ifPresent(found -> lines.add(calibration(found)));
        evidence.abstention().ifPresent(found -> lines.add(abstention(found)));
        evidence.splitVotes().filter(split -> split.joined() > 0).ifPresent(split -> lines.add(splitVotes(split)));
        evidence.laws().ifPresent(found -> lines.add(laws(found)));
        evidence.phase().ifPresent(found -> lines.add(phase(found)));
        evidence.equalCost().ifPresent(found -> lines.add(equalCost(found)));
    }

    private String selections() {
        var points = evidence.selections().getFirst().points();
        var names = StringColumn.create("one answer of k, accuracy %");
        var columns = points.stream()
                .skip(1)
                .map(point -> StringColumn.create("k = " + point.k()))
                .toList();
        for (var curve : evidence.selections()) {
            names.append(curve.selection().label());
            for (int i = 0; i < columns.size(); i++) {
                var point = curve.points().get(i + 1);
                columns.get(i)
                        .append(decimal(100 * point.accuracy().value())
                                + (point.error() == 0 ? "" : " ±" + decimal(100 * point.error())));
            }
        }
        var table = Table.create("weighted votes (± error of drawing subsets) and the best of k", names);
        columns.forEach(table::addColumns);
        return Terminal.print(table);
    }

    private static String truncation(TruncationBounds bounds) {
        String[] names = {"those that were count as", "one completion %", "vote of all %", "problems"};
        var columns = List.of(names).stream().map(StringColumn::create).toList();
        for (var row : bounds.treatments()) {
            String[] cells = {
                row.treatment().label(), range(row.single()), range(row.plurality()), Integer.toString(row.problems())
            };
            for (int i = 0; i < cells.length; i++) {
                columns.get(i).append(cells[i]);
            }
        }
        var name = "%d of %d branches were cut off".formatted(bounds.cut(), bounds.completions())
                + (bounds.forced() == 0
                        ? ""
                        : "; %d made to answer for %,d tokens".formatted(bounds.forced(), bounds.forcedWork()));
        var table = Table.create(name);
        columns.forEach(table::addColumns);
        return Terminal.print(table);
    }

    private static String calibration(Calibration calibration) {
        return "vote share: off by %s points from the accuracy (without the noise %s to %s); a calibrated vote by %s on average, below %s in 95 %%"
                .formatted(
                        decimal(100 * calibration.error().value()),
                        decimal(100 * calibration.error().low()),
                        decimal(100 * calibration.error().high()),
                        decimal(100 * calibration.ifCalibrated()),
                        decimal(100 * calibration.ifCalibratedHigh()));
    }

    private static String abstention(Abstention abstention) {
        var parts = new ArrayList<String>();
        for (double coverage : COVERAGES) {
            abstention.points().stream()
                    .filter(point -> point.coverage() >= coverage - 1e-9)
                    .findFirst()
                    .ifPresent(point -> parts.add(
                            "%s of the surest %s".formatted(percent(point.accuracy()), percent(point.coverage()))));
        }
        return "answering only the surest: right are %s; area %s (by lot %s, at best %s)"
                .formatted(
                        parts.stream().distinct().collect(Collectors.joining(", ")),
                        decimal(100 * abstention.area().value()),
                        decimal(100 * abstention.areaByLot()),
                        decimal(100 * abstention.areaAtBest()));
    }

    private static String splitVotes(SplitVotes split) {
        long lost = split.changes().stream()
                .filter(change -> change.right() && !change.spelledRight())
                .count();
        long won = split.changes().stream()
                .filter(change -> !change.right() && change.spelledRight())
                .count();
        return "split votes: spelling takes %d of %d votes from their answer, in %d attempts; other winner in %d (right %+d)"
                .formatted(
                        split.joined(),
                        split.votes(),
                        split.split(),
                        split.changes().size(),
                        won - lost);
    }

    private static String laws(Laws laws) {
        var saturation = laws.saturations().getFirst();
        return String.format(
                Locale.ROOT,
                """
                law F(N) = %.3f (1 - (1 - %.3f)^N): residual %.3f; one more adds under %s point from N = %s on
                law with a chance a problem, beta(%.2f, %.2f): residual %.3f; from N = %s on""",
                laws.limit().value(),
                laws.chance().value(),
                laws.residual(),
                decimal(100 * saturation.gain()),
                whole(saturation.completions()),
                laws.betaBinomial().a(),
                laws.betaBinomial().b(),
                laws.betaBinomialResidual(),
                whole(saturation.betaBinomial()));
    }

    private static String whole(OptionalInt number) {
        return number.isPresent() ? Integer.toString(number.getAsInt()) : "none";
    }

    private static String phase(PhaseTransition phase) {
        var beta = phase.beta().isPresent()
                ? String.format(Locale.ROOT, "%.2f", phase.beta().getAsDouble())
                : "none";
        return String.format(
                Locale.ROOT,
                "diagnostic, phase transition (%d cautions): mu %.2f, rho %.2f, b %d, alpha %.2f, s %.2f, beta %s",
                phase.cautions().size(),
                phase.mu(),
                phase.rho(),
                phase.fanIn(),
                phase.alpha(),
                phase.s(),
                beta);
    }

    /** What one whole completion costs, spent on shorter ones. */
    private static String equalCost(EqualCost cost) {
        var best = cost.best().getFirst();
        var whole = cost.points().stream()
                .filter(point -> point.budget() == best.budget())
                .reduce((a, b) -> b)
                .orElseThrow();
        return String.format(
                Locale.ROOT,
                "any right at the cost (%s) of one whole completion: %s; at best %s, by %.1f of at most %,d tokens",
                cost.multiplyAccumulates() ? "multiply-accumulates" : "tokens",
                range(whole.success()),
                range(best.success()),
                best.completions(),
                best.limit());
    }

    private static String grading(GraderAgreement agreement) {
        var text = new StringBuilder(
                "second grader '%s': %s right by it, %s by the first; disagreements: %d; %s of the right hang on it"
                        .formatted(
                                Terminal.shortened(agreement.grader(), 20),
                                percent(agreement.secondAccuracy().value()),
                                percent(agreement.accuracy().value()),
                                agreement.disagreements().size(),
                                percent(agreement.hanging())));
        agreement.disagreements().stream()
                .limit(SHOWN)
                .forEach(one -> text.append("\n  %s: %s for %s, %s by the first"
                        .formatted(
                                Terminal.shortened(one.problem(), 20),
                                Terminal.shortened(one.answer(), 25),
                                Terminal.shortened(one.reference(), 25),
                                one.right() ? "right" : "wrong")));
        if (agreement.disagreements().size() > SHOWN) {
            text.append("\n  all are in tables/disagreements.csv");
        }
        return text.toString();
    }

    /** Lines of at most 80 columns, broken between words. */
    private static String wrapped(String text) {
        return text.lines()
                .flatMap(line -> {
                    var lines = new ArrayList<String>();
                    var rest = line;
                    while (rest.length() > WIDTH && rest.lastIndexOf(' ', WIDTH) > INDENT.length()) {
                        int end = rest.lastIndexOf(' ', WIDTH);
                        lines.add(rest.substring(0, end));
                        rest = INDENT + rest.substring(end + 1);
                    }
                    lines.add(rest);
                    return lines.stream();
                })
                .collect(Collectors.joining("\n"));
    }

    private static String range(Estimate estimate) {
        return "%s (%s to %s)"
                .formatted(
                        decimal(100 * estimate.value()), decimal(100 * estimate.low()), decimal(100 * estimate.high()));
    }

    private static String percent(double share) {
        return decimal(100 * share) + " %";
    }

    private static String decimal(double number) {
        return String.format(Locale.ROOT, "%.1f", Double.isFinite(number) ? Math.round(10 * number) / 10.0 : number);
    }
}
