package parathink.strategies;

import java.util.HashMap;
import java.util.Optional;
import parathink.datasets.Answer;
import parathink.datasets.Question;
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
    public Outcome solve(Question question, Session session) {
        var prompt = Prompt.user(question.asked(), question.instruction());
        var forks = session.start(prompt, sampling).fork(branches);
        var votes = new Votes(question.format());
        var scores = new HashMap<String, Double>();
        var best = Optional.<Answer>empty();
        double highest = Double.NEGATIVE_INFINITY;
        for (var completion : session.decodeAll(forks, StopRule.NONE)) {
            var answer = question.answerIn(completion.answerText());
            if (answer.isPresent()) {
                var score = verifier.score(question, completion);
                votes.add(answer.get());
                score.ifPresent(known -> scores.put(completion.path(), known));
                if (score.orElse(Double.NEGATIVE_INFINITY) > highest) {
                    highest = score.getAsDouble();
                    best = answer;
                }
            }
        }
        return Outcome.of(best, votes.counted(), scores);
    }

    @Override
    public Optional<String> objection(Question question) {
        return verifier.objection(question);
    }
}
