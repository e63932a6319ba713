package parathink.strategies;

import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
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
 * @param stop when the answers so far are enough
 */
public record AdaptiveConsistency(int branches, int window, StopCriterion stop, SamplingParams sampling)
        implements Strategy {
    public AdaptiveConsistency {
        Checks.branches(branches);
        Checks.window(window, 1);
        Objects.requireNonNull(stop, "stop");
    }

    @Override
    public Decision decision() {
        return Decision.VOTE;
    }

    @Override
    public Outcome solve(Question question, Session session) {
        var trunk = session.start(Prompt.user(question.asked(), question.instruction()), sampling);
        var windows = new Windows(trunk, branches, window);
        var votes = new Votes(question.format());
        while (windows.hasNext()) {
            for (var completion : session.asCompleted(windows.next(), StopRule.NONE)) {
                int place = windows.place(completion);
                var answer = question.answerIn(completion.answerText());
                answer.ifPresent(given -> votes.add(given, 1, place));
                var reached = answer.isPresent() ? stop.reached(votes.counts(), completion) : OptionalDouble.empty();
                if (reached.isPresent()) {
                    windows.cancel(stop.word());
                    var measured = Double.toString(reached.getAsDouble());
                    return votes.outcome(Map.of(), Map.of("stop", stop.word(), stop.measure(), measured));
                }
            }
        }
        return votes.outcome(Map.of(), Map.of("stop", windows.end()));
    }
}
