package parathink.eval.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.OptionalInt;
import parathink.eval.directory.Json;
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

/** The analyses of a run as JSON: one field an analysis, left out where it cannot be told. */
record EvidenceJson(Evidence evidence) {
    ObjectNode object() {
        var json = Json.MAPPER.createObjectNode();
        waterfall(json.putObject("waterfall"));
        evidence.leftOut().forEach(json.putArray("left_out")::add);
        selections(json);
        evidence.truncation().ifPresent(found -> truncation(json.putObject("truncation"), found));
        evidence.calibration().ifPresent(found -> calibration(json.putObject("calibration"), found));
        evidence.abstention().ifPresent(found -> abstention(json.putObject("abstention"), found));
        evidence.splitVotes().ifPresent(found -> splitVotes(json.putObject("split_votes"), found));
        evidence.laws().ifPresent(found -> laws(json.putObject("laws"), found));
        evidence.phase().ifPresent(found -> phase(json.putObject("phase_transition"), found));
        evidence.equalCost().ifPresent(found -> equalCost(json.putObject("equal_cost"), found));
        evidence.grading().ifPresent(found -> grading(json.putObject("second_grader"), found));
        return json;
    }

    static ObjectNode estimate(Estimate estimate) {
        return Json.MAPPER
                .createObjectNode()
                .put("value", estimate.value())
                .put("low", estimate.low())
                .put("high", estimate.high())
                .put("interval", estimate.method().word());
    }

    private void waterfall(ObjectNode json) {
        evidence.waterfall().cases().forEach((fate, cases) -> {
            var list = json.putArray(fate.word());
            for (var one : cases) {
                list.addObject()
                        .put("problem", one.problem())
                        .put("repeat", one.repeat())
                        .put("completions", one.completions())
                        .put("right", one.right())
                        .put("stated", one.stated())
                        .put("cut", one.cut())
                        .put("cut_stating", one.cutStating());
            }
        });
    }

    private void selections(ObjectNode json) {
        var selections = json.putObject("selections");
        for (var curve : evidence.selections()) {
            var points = selections.putArray(curve.selection().word());
            for (var point : curve.points()) {
                var node = points.addObject().put("k", point.k());
                node.set("accuracy", estimate(point.accuracy()));
                node.put("error", point.error());
            }
        }
    }

    private static void truncation(ObjectNode json, TruncationBounds bounds) {
        json.put("completions", bounds.completions()).put("cut", bounds.cut()).put("forced", bounds.forced());
        json.put("forced_prefill", bounds.forcedPrefill()).put("forced_work", bounds.forcedWork());
        var rows = json.putArray("treatments");
        for (var row : bounds.treatments()) {
            var node = rows.addObject().put("treatment", word(row.treatment()));
            node.set("single", estimate(row.single()));
            node.set("plurality", estimate(row.plurality()));
            node.put("problems", row.problems());
        }
    }

    private static void calibration(ObjectNode json, Calibration calibration) {
        json.put("attempts", calibration.attempts());
        json.put("error", calibration.error().value());
        json.put("error_low", calibration.error().low());
        json.put("error_high", calibration.error().high());
        json.put("if_calibrated", calibration.ifCalibrated());
        json.put("if_calibrated_high", calibration.ifCalibratedHigh());
        json.put("brier", calibration.brier());
        var bins = json.putArray("bins");
        for (var bin : calibration.bins()) {
            bins.addObject()
                    .put("from", bin.from())
                    .put("to", bin.to())
                    .put("attempts", bin.attempts())
                    .put("share", bin.share())
                    .set("right", estimate(bin.right()));
        }
    }

    private static void abstention(ObjectNode json, Abstention abstention) {
        json.set("area", estimate(abstention.area()));
        json.put("area_by_lot", abstention.areaByLot());
        json.put("area_at_best", abstention.areaAtBest());
        var points = json.putArray("points");
        for (var point : abstention.points()) {
            points.addObject()
                    .put("threshold", point.threshold())
                    .put("attempts", point.attempts())
                    .put("coverage", point.coverage())
                    .put("accuracy", point.accuracy());
        }
    }

    private static void splitVotes(ObjectNode json, SplitVotes split) {
        json.put("attempts", split.attempts());
        json.put("votes", split.votes());
        json.put("joined", split.joined());
        json.put("split", split.split());
        var changes = json.putArray("changes");
        for (var change : split.changes()) {
            changes.addObject()
                    .put("problem", change.problem())
                    .put("repeat", change.repeat())
                    .put("answer", change.answer())
                    .put("spelled", change.spelled())
                    .put("right", change.right())
                    .put("spelled_right", change.spelledRight());
        }
    }

    private static void laws(ObjectNode json, Laws laws) {
        json.put("problems", laws.problems());
        json.set("limit", estimate(laws.limit()));
        json.set("chance", estimate(laws.chance()));
        json.put("residual", laws.residual());
        json.put("beta_a", laws.betaBinomial().a());
        json.put("beta_b", laws.betaBinomial().b());
        json.put("beta_binomial_residual", laws.betaBinomialResidual());
        var saturations = json.putArray("saturations");
        for (var saturation : laws.saturations()) {
            var node = saturations.addObject().put("gain", saturation.gain());
            whole(node, "completions", saturation.completions());
            whole(node, "beta_binomial", saturation.betaBinomial());
        }
        var points = json.putArray("points");
        for (var point : laws.points()) {
            points.addObject()
                    .put("k", point.k())
                    .put("observed", point.observed())
                    .put("law", point.law())
                    .put("beta_binomial", point.betaBinomial());
        }
    }

    private static void whole(ObjectNode node, String field, OptionalInt value) {
        value.ifPresentOrElse(number -> node.put(field, number), () -> node.putNull(field));
    }

    private static void phase(ObjectNode json, PhaseTransition phase) {
        json.put("mu", phase.mu());
        json.put("rho", phase.rho());
        json.put("fan_in", phase.fanIn());
        json.put("alpha", phase.alpha());
        json.put("s", phase.s());
        phase.beta().ifPresentOrElse(beta -> json.put("beta", beta), () -> json.putNull("beta"));
        phase.manyBeatOne()
                .ifPresentOrElse(many -> json.put("many_beat_one", many), () -> json.putNull("many_beat_one"));
        var cautions = json.putArray("cautions");
        phase.cautions().forEach(cautions::add);
    }

    private static void equalCost(ObjectNode json, EqualCost cost) {
        json.put("problems", cost.problems());
        json.put("unit", cost.multiplyAccumulates() ? "multiply-accumulates" : "tokens");
        var points = json.putArray("points");
        for (var point : cost.points()) {
            points.addObject()
                    .put("budget", point.budget())
                    .put("limit", point.limit())
                    .put("completions", point.completions())
                    .set("success", estimate(point.success()));
        }
    }

    private static void grading(ObjectNode json, GraderAgreement agreement) {
        json.put("grader", agreement.grader());
        json.put("attempts", agreement.attempts());
        json.put("both_right", agreement.bothRight());
        json.put("both_wrong", agreement.bothWrong());
        json.put("only_first", agreement.onlyFirst());
        json.put("only_second", agreement.onlySecond());
        json.put("kappa", agreement.kappa());
        json.put("hanging", agreement.hanging());
        json.set("accuracy", estimate(agreement.accuracy()));
        json.set("second_accuracy", estimate(agreement.secondAccuracy()));
        var list = json.putArray("disagreements");
        for (var one : agreement.disagreements()) {
            list.addObject()
                    .put("problem", one.problem())
                    .put("repeat", one.repeat())
                    .put("reference", one.reference())
                    .put("answer", one.answer())
                    .put("right", one.right());
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
