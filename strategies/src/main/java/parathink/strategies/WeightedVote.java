package parathink.strategies;

import java.util.HashMap;
import java.util.Optional;
import parathink.datasets.Question;
import parathink.models.Dialect;
import parathink.models.Measures;
import parathink.models.Prompt;
import parathink.models.SamplingParams;
import parathink.models.Session;
import parathink.models.StopRule;

/**
 * A vote in which every completion counts what a verifier gives it (weighted best-of-n: Li et al., 2023, section 3.2; by
 * likelihood: Wang et al., 2022, section 3.1).
 *
 * @param branches completions drawn, at least 1
 * @param abstain no answer is given unless the winner has more than this share of the weight; 0 to always answer
 */
public record WeightedVote(int branches, Verifier verifier, double abstain, SamplingParams sampling)
        implements Strategy {
    public WeightedVote {
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
        var scores = new HashMap<String, Double>();
        var answers = ScoredAnswer.of(question, session.decodeAll(forks, StopRule.NONE), verifier, session);
        for (var scored : answers) {
            scored.score().ifPresent(score -> {
                votes.add(scored.answer(), verifier.weight(score));
                scores.put(scored.path(), score);
            });
        }
        return votes.outcome(abstain, scores, ScoredAnswer.notes(answers));
    }

    @Override
    public Optional<String> objection(Question question, Dialect dialect) {
        return verifier.objection(question);
    }

    @Override
    public Measures measures() {
        return verifier.measures();
    }
}
