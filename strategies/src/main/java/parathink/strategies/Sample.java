package parathink.strategies;

import parathink.datasets.Question;
import parathink.models.Prompt;
import parathink.models.SamplingParams;
import parathink.models.Session;
import parathink.models.StopRule;

/** One completion drawn at the sampling temperature: what every parallel strategy draws many of. */
public record Sample(SamplingParams sampling) implements Strategy {
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
