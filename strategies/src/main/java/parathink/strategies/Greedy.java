package parathink.strategies;

import parathink.datasets.Question;
import parathink.models.Prompt;
import parathink.models.SamplingParams;
import parathink.models.Session;
import parathink.models.StopRule;

/** One completion, always the most probable token: the baseline that spends least. */
public record Greedy(SamplingParams sampling) implements Strategy {
    public Greedy {
        sampling = sampling.greedy();
    }

    @Override
    public SamplingParams drawing(SamplingParams asked) {
        return asked.greedy();
    }

    @Override
    public Decision decision() {
        return Decision.VOTE;
    }

    @Override
    public Outcome solve(Question question, Session session) {
        var prompt = Prompt.user(question.asked(), question.instruction());
        var completion = session.start(prompt, sampling).decode(StopRule.NONE);
        return Outcome.of(question.answerIn(completion.answerText()));
    }
}
