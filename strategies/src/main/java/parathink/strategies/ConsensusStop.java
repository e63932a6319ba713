package parathink.strategies;

import java.util.Map;
import parathink.datasets.Question;
import parathink.models.Prompt;
import parathink.models.SamplingParams;
import parathink.models.Session;
import parathink.models.StopRule;

/**
 * Self-consistency that stops when its vote is decided. The lead rule changes no answer: it waits until the branches still out
 * cannot overturn the lead. The share rule may: it is satisfied with a share of the votes so far (the majority criterion of
 * Aggarwal et al., 2023).
 *
 * @param branches completions drawn at most
 * @param window branches decoded side by side; those still decoding when a rule fires are cancelled
 * @param share of the votes so far that ends the vote, above 0.5; 1 for the lead rule alone
 * @param least votes before the share rule may fire, at least 1
 */
public record ConsensusStop(int branches, int window, double share, int least, SamplingParams sampling)
        implements Strategy {
    public ConsensusStop {
        Checks.branches(branches);
        Checks.window(window, 1);
        if (!(share > 0.5 && share <= 1)) { // at a half, a tie of one to one would be decided
            throw new IllegalArgumentException("share must be above 0.5 and at most 1, got " + share);
        }
        Checks.atLeast("least", least, 1);
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
        int out = branches;
        while (windows.hasNext()) {
            for (var completion : session.asCompleted(windows.next(), StopRule.NONE)) {
                int place = windows.place(completion);
                question.answerIn(completion.answerText()).ifPresent(answer -> votes.add(answer, 1, place));
                out--;
                var rule = decided(votes, out);
                if (!rule.isEmpty()) {
                    windows.cancel(rule);
                    return votes.outcome(Map.of(), Map.of("stop", rule));
                }
            }
        }
        return votes.outcome(Map.of(), Map.of("stop", windows.end()));
    }

    /** The rule by which the vote is decided; empty when it is not. With nothing out there is nothing to save. */
    private String decided(Votes votes, int out) {
        var counts = votes.counts();
        if (counts.isEmpty() || out == 0) {
            return "";
        }
        int second = counts.size() > 1 ? counts.get(1) : 0;
        if (counts.getFirst() > second + out) {
            return "lead";
        }
        int cast = counts.stream().mapToInt(Integer::intValue).sum();
        return share < 1 && cast >= least && counts.getFirst() >= share * cast ? "share" : "";
    }
}
