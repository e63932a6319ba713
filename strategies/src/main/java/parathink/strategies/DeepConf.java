package parathink.strategies;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import parathink.datasets.Question;
import parathink.models.ConfidenceWatch;
import parathink.models.Measures;
import parathink.models.Prompt;
import parathink.models.SamplingParams;
import parathink.models.Session;
import parathink.models.StopRule;

/**
 * Offline DeepConf (Fu et al., 2025, arXiv 2508.15260, section 3.2): of all answered completions, those that the model was most
 * confident of vote, each with its confidence or alike.
 *
 * @param branches completions drawn
 * @param measure of a completion's confidence
 * @param keep percentage of the answered completions that vote, above 0; 100 for all
 * @param weights what a completion's vote counts
 * @param window tokens in a group
 * @param tail tokens at the end of a text that {@code measure=tail} reads
 * @param candidates most probable tokens whose log-probabilities are a token's confidence
 */
public record DeepConf(
        int branches,
        ConfidenceMeasure measure,
        double keep,
        ConfidenceWeights weights,
        int window,
        int tail,
        int candidates,
        SamplingParams sampling)
        implements Strategy {
    public DeepConf {
        Checks.branches(branches);
        Checks.percentage("keep", keep);
        Checks.atLeast("window", window, 1);
        Checks.atLeast("tail", tail, 1);
        Checks.atLeast("candidates", candidates, 1);
    }

    @Override
    public Decision decision() {
        return Decision.VOTE;
    }

    @Override
    public Outcome solve(Question question, Session session) {
        var trunk = session.start(Prompt.user(question.asked(), question.instruction()), sampling);
        var watch = StopRule.watching(ConfidenceWatch.measuring(candidates, window));
        var traces = new ArrayList<Trace>();
        for (var completion : session.decodeAll(trunk.fork(branches), watch)) {
            question.answerIn(completion.answerText()).ifPresent(answer -> {
                Trace.requireConfidence(completion);
                double confidence = measure.of(completion.confidence(), tail);
                traces.add(new Trace(completion.path(), traces.size(), answer, confidence));
            });
        }
        return vote(question, traces);
    }

    private Outcome vote(Question question, List<Trace> traces) {
        var votes = new Votes(question.format());
        var scores = new HashMap<String, Double>();
        traces.forEach(trace -> scores.put(trace.path(), trace.confidence()));
        if (traces.isEmpty()) {
            return votes.outcome(scores, Map.of());
        }
        double threshold = Trace.threshold(scores.values(), keep);
        for (var trace : traces) {
            if (trace.confidence() >= threshold) {
                votes.add(trace.answer(), weights.of(trace.confidence()), trace.place());
            }
        }
        return votes.outcome(scores, Map.of("threshold", Double.toString(threshold)));
    }

    @Override
    public Measures measures() {
        return Measures.ofCandidates(candidates);
    }
}
