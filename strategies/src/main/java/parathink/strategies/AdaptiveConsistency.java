package parathink.strategies;

import java.util.Map;
import parathink.datasets.Question;
import parathink.models.Prompt;
import parathink.models.SamplingParams;
import parathink.models.Session;
import parathink.models.StopRule;

/**
 * Adaptive consistency (Aggarwal et al., 2023, arXiv 2305.11860): draws until it is certain enough that the answer in the lead
 * is the model's most probable one. Branches without an answer change nothing.
 *
 * @param branches completions drawn at most
 * @param window branches decoded side by side; those still decoding when the rule fires are cancelled
 * @param stop how the certainty is reckoned
 * @param threshold certainty that is enough, from 0.5 to 1
 */
public record AdaptiveConsistency(
        int branches, int window, LeadCertainty stop, double threshold, SamplingParams sampling) implements Strategy {
    public AdaptiveConsistency {
        Checks.branches(branches);
        Checks.window(window, 1);
        Checks.between("threshold", threshold, 0.5, 1);
    }

    @Override
    public Outcome solve(Question question, Session session) {
        var trunk = session.start(Prompt.user(question.asked(), question.instruction()), sampling);
        var windows = new Windows(trunk, branches, window);
        var votes = new Votes(question.format());
        while (windows.hasNext()) {
            for (var completion : session.asCompleted(windows.next(), StopRule.NONE)) {
                int place = windows.place(completion);
                question.answerIn(completion.answerText()).ifPresent(answer -> votes.add(answer, 1, place));
                var certainty = stop.reaching(threshold, votes.counts());
                if (certainty.isPresent()) {
                    windows.cancel(stop.word());
                    var reached = Double.toString(certainty.getAsDouble());
                    return votes.outcome(Map.of(), Map.of("stop", stop.word(), "certainty", reached));
                }
            }
        }
        return votes.outcome(Map.of(), Map.of("stop", windows.end()));
    }
}
