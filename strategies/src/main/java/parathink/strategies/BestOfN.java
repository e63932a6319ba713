package parathink.strategies;

import java.util.HashMap;
import java.util.Optional;
import parathink.datasets.Answer;
import parathink.datasets.Question;
import parathink.models.Dialect;
import parathink.models.Measures;
import parathink.models.Prompt;
import parathink.models.SamplingParams;
import parathink.models.Session;
import parathink.models.StopRule;

/**
 * The answer of the completion that a verifier likes best, of n drawn (Cobbe et al., 2021). Completions without an answer or
 * without a score cannot win; of equal scores the earlier branch wins.
 *
 * @param branches completions drawn, at least 1
 */
public record BestOfN(int branches, Verifier verifier, SamplingParams sampling) implements Strategy {
    public BestOfN {
        Checks.branches(branches);
    }

    @Override
    public Decision decision() {
        return Decision.CHOICE;
    }

    @Override
    public Outcome solve(Question question, Session session) {
        var prompt = Prompt.user(question.asked(), question.instruction());
        var forks = session.start(prompt, sampling).fork(branches);
        var votes = new Votes(question.format());
        var scores = new HashMap<String, Double>();
        var best = Optional.<Answer>empty();
        double highest = Double.NEGATIVE_INFINITY;
        var answers = ScoredAnswer.of(question, session.decodeAll(forks, StopRule.NONE), verifier, session);
        for (var scored : answers) {
            votes.add(scored.answer());
            scored.score().ifPresent(known -> scores.put(scored.path(), known));
            if (scored.score().orElse(Double.NEGATIVE_INFINITY) > highest) {
                highest = scored.score().getAsDouble();
                best = Optional.of(scored.answer());
            }
        }
        return Outcome.of(best, votes.counted(), scores, ScoredAnswer.notes(answers));
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
