package parathink.strategies;

import java.util.Comparator;
import java.util.HashMap;
import parathink.datasets.Question;
import parathink.models.Completion;
import parathink.models.Measures;
import parathink.models.Prompt;
import parathink.models.SamplingParams;
import parathink.models.Session;
import parathink.models.StopRule;

/**
 * Borda voting by self-certainty (Kang et al., 2025, section 4.3): completions are ranked by their self-certainty, and the
 * one at rank r of n, from 0, casts (n - r)^power votes for its answer. Completions without an answer keep their rank and do
 * not vote.
 *
 * @param branches completions drawn, at least 1
 * @param power 0 for a plain vote; the larger, the nearer to taking the most certain completion
 */
public record Borda(int branches, double power, SamplingParams sampling) implements Strategy {
    public Borda {
        Checks.branches(branches);
        if (!(power >= 0 && power <= 100)) {
            throw new IllegalArgumentException("power must be between 0 and 100, got " + power);
        }
    }

    @Override
    public Decision decision() {
        return Decision.VOTE;
    }

    @Override
    public Outcome solve(Question question, Session session) {
        var prompt = Prompt.user(question.asked(), question.instruction());
        var forks = session.start(prompt, sampling).fork(branches);
        var ranked = session.decodeAll(forks, StopRule.NONE).stream()
                .filter(completion ->
                        Verifier.SELF_CERTAINTY.score(question, completion).isPresent())
                .sorted(Comparator.comparingDouble(Borda::certainty).reversed())
                .toList();
        var votes = new Votes(question.format());
        var scores = new HashMap<String, Double>();
        for (int rank = 0; rank < ranked.size(); rank++) {
            var completion = ranked.get(rank);
            double weight = StrictMath.pow(branches - rank, power);
            question.answerIn(completion.answerText()).ifPresent(answer -> votes.add(answer, weight));
            scores.put(completion.path(), certainty(completion));
        }
        return votes.outcome(0, scores);
    }

    private static double certainty(Completion completion) {
        return completion.selfCertainty().orElseThrow();
    }

    @Override
    public Measures measures() {
        return Verifier.SELF_CERTAINTY.measures();
    }
}
