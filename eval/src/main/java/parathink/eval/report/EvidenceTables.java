package parathink.eval.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** The analyses of a run as tables, each named after the file it is written to; none for what cannot be told. */
record EvidenceTables(Evidence evidence) {
    List<Table> all() {
        var tables = new ArrayList<Table>();
        tables.add(waterfall());
        if (!evidence.selections().isEmpty()) {
            tables.add(selections());
        }
        evidence.truncation().map(EvidenceTables::truncation).ifPresent(tables::add);
        evidence.calibration().map(EvidenceTables::calibration).ifPresent(tables::add);
        evidence.abstention().map(EvidenceTables::abstention).ifPresent(tables::add);
        evidence.splitVotes().map(EvidenceTables::splitVotes).ifPresent(tables::add);
        evidence.laws().map(EvidenceTables::laws).ifPresent(tables::add);
        evidence.phase().map(EvidenceTables::phase).ifPresent(tables::add);
        evidence.equalCost().map(EvidenceTables::equalCost).ifPresent(tables::add);
        evidence.grading().map(EvidenceTables::disagreements).ifPresent(tables::add);
        var measures = measures();
        if (!measures.isEmpty()) {
            tables.add(measures);
        }
        return tables;
    }

    /** Every attempt with the counts that decided its fate. */
    private Table waterfall() {
        var table = Table.create(
                "waterfall",
                StringColumn.create("fate"),
                StringColumn.create("problem"),
                IntColumn.create("repeat"),
                IntColumn.create("completions"),
                IntColumn.create("right"),
                IntColumn.create("stated"),
                IntColumn.create("cut"),
                IntColumn.create("cut_stating"));
        evidence.waterfall().cases().values().stream().flatMap(List::stream).forEach(one -> {
            table.stringColumn("fate").append(one.fate().word());
            table.stringColumn("problem").append(one.problem());
            table.intColumn("repeat").append(one.repeat());
            table.intColumn("completions").append(one.completions());
            table.intColumn("right").append(one.right());
            table.intColumn("stated").append(one.stated());
            table.intColumn("cut").append(one.cut());
            table.intColumn("cut_stating").append(one.cutStating());
        });
        return table;
    }

    private Table selections() {
        var table = Table.create("selections", StringColumn.create("selection"), IntColumn.create("k"));
        estimateColumns(table, "accuracy");
        table.addColumns(DoubleColumn.create("error"));
        for (var curve : evidence.selections()) {
            for (var point : curve.points()) {
                table.stringColumn("selection").append(curve.selection().word());
                table.intColumn("k").append(point.k());
                append(table, "accuracy", point.accuracy());
                table.doubleColumn("error").append(point.error());
            }
        }
        return table;
    }

    private static void estimateColumns(Table table, String name) {
        table.addColumns(
                DoubleColumn.create(name), DoubleColumn.create(name + "_low"), DoubleColumn.create(name + "_high"));
    }

    private static void append(Table table, String name, Estimate estimate) {
        table.doubleColumn(name).append(estimate.value());
        table.doubleColumn(name + "_low").append(estimate.low());
        table.doubleColumn(name + "_high").append(estimate.high());
    }

    private static Table truncation(TruncationBounds bounds) {
        var table = Table.create("truncation", StringColumn.create("treatment"), IntColumn.create("problems"));
        estimateColumns(table, "single");
        estimateColumns(table, "plurality");
        for (var row : bounds.treatments()) {
            table.stringColumn("treatment").append(row.treatment().label());
            table.intColumn("problems").append(row.problems());
            append(table, "single", row.single());
            append(table, "plurality", row.plurality());
        }
        return table;
    }

    private static Table calibration(Calibration calibration) {
        var table = Table.create(
                "calibration",
                DoubleColumn.create("from"),
                DoubleColumn.create("to"),
                IntColumn.create("attempts"),
                DoubleColumn.create("share"));
        estimateColumns(table, "right");
        for (var bin : calibration.bins()) {
            table.doubleColumn("from").append(bin.from());
            table.doubleColumn("to").append(bin.to());
            table.intColumn("attempts").append(bin.attempts());
            table.doubleColumn("share").append(bin.share());
            append(table, "right", bin.right());
        }
        return table;
    }

    private static Table abstention(Abstention abstention) {
        var table = Table.create(
                "abstention",
                DoubleColumn.create("threshold"),
                IntColumn.create("attempts"),
                DoubleColumn.create("coverage"),
                DoubleColumn.create("accuracy"));
        for (var point : abstention.points()) {
            table.doubleColumn("threshold").append(point.threshold());
            table.intColumn("attempts").append(point.attempts());
            table.doubleColumn("coverage").append(point.coverage());
            table.doubleColumn("accuracy").append(point.accuracy());
        }
        return table;
    }

    private static Table splitVotes(SplitVotes split) {
        var table = Table.create(
                "split_votes",
                StringColumn.create("problem"),
                IntColumn.create("repeat"),
                StringColumn.create("answer"),
                StringColumn.create("spelled"),
                BooleanColumn.create("right"),
                BooleanColumn.create("spelled_right"));
        for (var change : split.changes()) {
            table.stringColumn("problem").append(change.problem());
            table.intColumn("repeat").append(change.repeat());
            table.stringColumn("answer").append(change.answer());
            table.stringColumn("spelled").append(change.spelled());
            table.booleanColumn("right").append(change.right());
            table.booleanColumn("spelled_right").append(change.spelledRight());
        }
        return table;
    }

    private static Table laws(Laws laws) {
        var table = Table.create("laws", IntColumn.create("k"));
        for (var name : List.of("observed", "law", "law_residual", "beta_binomial", "beta_binomial_residual")) {
            table.addColumns(DoubleColumn.create(name));
        }
        for (var point : laws.points()) {
            table.intColumn("k").append(point.k());
            table.doubleColumn("observed").append(point.observed());
            table.doubleColumn("law").append(point.law());
            table.doubleColumn("law_residual").append(point.observed() - point.law());
            table.doubleColumn("beta_binomial").append(point.betaBinomial());
            table.doubleColumn("beta_binomial_residual").append(point.observed() - point.betaBinomial());
        }
        return table;
    }

    private static Table phase(PhaseTransition phase) {
        var values = new LinkedHashMap<String, Double>();
        values.put("mu", phase.mu());
        values.put("rho", phase.rho());
        values.put("fan_in", (double) phase.fanIn());
        values.put("alpha", phase.alpha());
        values.put("s", phase.s());
        phase.beta().ifPresent(beta -> values.put("beta", beta));
        return numbers("phase_transition", values);
    }

    private static Table equalCost(EqualCost cost) {
        var table = Table.create(
                "equal_cost",
                IntColumn.create("budget"),
                IntColumn.create("limit"),
                DoubleColumn.create("completions"));
        estimateColumns(table, "success");
        for (var point : cost.points()) {
            table.intColumn("budget").append(point.budget());
            table.intColumn("limit").append(point.limit());
            table.doubleColumn("completions").append(point.completions());
            append(table, "success", point.success());
        }
        return table;
    }

    private static Table disagreements(GraderAgreement agreement) {
        var table = Table.create(
                "disagreements",
                StringColumn.create("problem"),
                IntColumn.create("repeat"),
                StringColumn.create("reference"),
                StringColumn.create("answer"),
                BooleanColumn.create("right"),
                BooleanColumn.create("second_right"));
        for (var one : agreement.disagreements()) {
            table.stringColumn("problem").append(one.problem());
            table.intColumn("repeat").append(one.repeat());
            table.stringColumn("reference").append(one.reference());
            table.stringColumn("answer").append(one.answer());
            table.booleanColumn("right").append(one.right());
            table.booleanColumn("second_right").append(!one.right());
        }
        return table;
    }

    /** Single figures of all analyses, one row each. */
    private Table measures() {
        var values = new LinkedHashMap<String, Double>();
        evidence.truncation().ifPresent(bounds -> {
            values.put("completions cut off", (double) bounds.cut());
            values.put("completions made to answer", (double) bounds.forced());
        });
        evidence.calibration().ifPresent(calibration -> {
            values.put("calibration error", calibration.error().value());
            values.put(
                    "calibration error without noise, low", calibration.error().low());
            values.put(
                    "calibration error without noise, high", calibration.error().high());
            values.put("calibration error if calibrated", calibration.ifCalibrated());
            values.put("calibration error if calibrated, 95 of 100 below", calibration.ifCalibratedHigh());
            values.put("Brier score", calibration.brier());
        });
        evidence.abstention().ifPresent(abstention -> {
            values.put("area under accuracy by coverage", abstention.area().value());
            values.put("area by lot", abstention.areaByLot());
            values.put("area at best", abstention.areaAtBest());
        });
        evidence.splitVotes().ifPresent(split -> {
            values.put("votes", (double) split.votes());
            values.put("votes joined by mathematics", (double) split.joined());
            values.put("attempts with split votes", (double) split.split());
            values.put(
                    "attempts won by another answer", (double) split.changes().size());
        });
        evidence.laws().ifPresent(laws -> {
            values.put("F(N) limit", laws.limit().value());
            values.put("F(N) chance", laws.chance().value());
            values.put("F(N) residual", laws.residual());
            values.put("beta-binomial a", laws.betaBinomial().a());
            values.put("beta-binomial b", laws.betaBinomial().b());
            values.put("beta-binomial residual", laws.betaBinomialResidual());
        });
        evidence.grading().ifPresent(agreement -> {
            values.put("graders' kappa", agreement.kappa());
            values.put(
                    "accuracy by the second grader", agreement.secondAccuracy().value());
            values.put("share of right answers that hang on the grader", agreement.hanging());
        });
        return numbers("evidence", values);
    }

    private static Table numbers(String name, Map<String, Double> values) {
        return Table.create(
                name, StringColumn.create("measure", values.keySet()), DoubleColumn.create("value", values.values()));
    }
}
