package parathink.strategies;

import java.util.Map;
import parathink.datasets.Question;
import parathink.models.Prompt;
import parathink.models.SamplingParams;
import parathink.models.Session;
import parathink.models.StopRule;

/**
 * Plurality vote over independent branches of one prompt (Wang et al., 2022). Equivalent answers vote together, branches
 * without an answer do not vote, and of tied answers the one from the earlier branch wins.
 *
 * @param branches completions drawn, at least 1
 * @param abstain no answer is given unless the winner has more than this share of the votes; 0 to always answer
 */
public record SelfConsistency(int branches, double abstain, SamplingParams sampling) implements Strategy {
    public SelfConsistency {
        Checks.branches(branches);
        Checks.share("abstain", abstain);
    }

    @Override
    public Decision decision() {
        return Decision.VOTE;
    }

    @Override
    public Outcome solve(Question question, Session session) {
        var prompt = Prompt.user(question.asked(), question.instruction());
        var forks = session.start(prompt, sampling).fork(branches);
        var votes = new Votes(question.format());
        for (var completion : session.decodeAll(forks, StopRule.NONE)) {
            question.answerIn(completion.answerText()).ifPresent(votes::add);
        }
        return votes.outcome(abstain, Map.of());
    }
}
