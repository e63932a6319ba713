package parathink.eval.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import parathink.eval.directory.Json;
import parathink.eval.directory.RunDirectory;
import parathink.eval.metrics.Ending;
import parathink.eval.metrics.Metrics;
import parathink.eval.metrics.PathTokens;

/** The figures of a run as JSON, for {@code --json} and for the page. */
final class MetricsJson {
    private final RunDirectory directory;
    private final Metrics metrics;

    MetricsJson(RunDirectory directory, Metrics metrics) {
        this.directory = directory;
        this.metrics = metrics;
    }

    ObjectNode object() {
        var run = directory.run();
        var json = Json.MAPPER.createObjectNode();
        json.put("status", run.status().word());
        json.put("model", run.model());
        json.put("dataset", run.dataset());
        json.put("strategy", run.strategy());
        json.put("seed", run.seed());
        json.put("problems", metrics.problems());
        json.put("attempts", metrics.attempts());
        json.put("attempts_planned", run.attempts());
        json.put("graded", metrics.graded());
        json.put("completions", metrics.completions());
        metrics.accuracy()
                .ifPresentOrElse(
                        accuracy -> json.set("accuracy", EvidenceJson.estimate(accuracy)),
                        () -> json.putNull("accuracy"));
        json.put("unanswered_rate", metrics.unansweredRate());
        json.put("error_rate", metrics.errorRate());
        json.put("no_answer_rate", metrics.rate(Ending.NO_ANSWER));
        json.put("cut_off_rate", metrics.rate(Ending.CUT_OFF));
        var fates = json.putObject("fates");
        metrics.fates().forEach((fate, count) -> fates.put(fate.word(), count));
        var endings = json.putObject("endings");
        metrics.endings().forEach((ending, count) -> endings.put(ending.word(), count));
        usage(json.putObject("usage"));
        json.put("seconds", metrics.seconds());
        metrics.tokensPerSecond()
                .ifPresentOrElse(
                        speed -> json.put("tokens_per_second", speed), () -> json.putNull("tokens_per_second"));
        curve(json);
        lengths(json.putObject("lengths"));
        json.set("evidence", new EvidenceJson(metrics.evidence()).object());
        return json;
    }

    private void usage(ObjectNode json) {
        var usage = metrics.usage();
        json.put("prefill", usage.prefill());
        json.put("reused", usage.reused());
        json.put("work", usage.work());
        json.put("span", usage.span());
        json.put("judge_prefill", usage.judgePrefill());
        json.put("judge_work", usage.judgeWork());
        json.put("calls", usage.calls());
        PathTokens.of(directory)
                .ifPresent(tokens -> json.put("b_seq", tokens.accepted()).put("b_total", tokens.all()));
    }

    private void curve(ObjectNode json) {
        var curve = json.putArray("curve");
        for (var point : metrics.curve()) {
            var node = curve.addObject();
            node.put("k", point.k());
            node.set("cons", EvidenceJson.estimate(point.cons()));
            node.set("pass", EvidenceJson.estimate(point.pass()));
            node.put("work", point.work());
            node.put("span", point.span());
        }
    }

    private void lengths(ObjectNode json) {
        json.put("width", metrics.lengths().width());
        var counts = json.putObject("counts");
        metrics.lengths().counts().forEach((ending, bins) -> {
            var list = counts.putArray(ending.word());
            bins.forEach(list::add);
        });
    }
}
