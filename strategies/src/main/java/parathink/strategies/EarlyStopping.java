package parathink.strategies;

import java.util.Map;
import parathink.datasets.Question;
import parathink.models.Prompt;
import parathink.models.SamplingParams;
import parathink.models.Session;
import parathink.models.StopRule;

/**
 * Early-stopping self-consistency (ESC: Li et al., 2024, arXiv 2401.10480): branches are drawn in windows, and the first window
 * that gives one answer throughout has the last word. Where there is none, all branches vote. A branch without an answer
 * keeps its window from being unanimous.
 *
 * @param branches completions drawn at most
 * @param window branches drawn side by side, at least 2
 */
public record EarlyStopping(int branches, int window, SamplingParams sampling) implements Strategy {
    public EarlyStopping {
        Checks.branches(branches);
        Checks.window(window, 2);
    }

    @Override
    public Outcome solve(Question question, Session session) {
        var trunk = session.start(Prompt.user(question.asked(), question.instruction()), sampling);
        var windows = new Windows(trunk, branches, window);
        var votes = new Votes(question.format());
        while (windows.hasNext()) {
            var here = new Votes(question.format());
            for (var completion : session.decodeAll(windows.next(), StopRule.NONE)) {
                int place = windows.place(completion);
                question.answerIn(completion.answerText()).ifPresent(answer -> {
                    votes.add(answer, 1, place);
                    here.add(answer);
                });
            }
            if (here.leadCount() == window) {
                var answer = here.counted().getFirst().answer();
                return new Outcome.Answered(answer, votes.counted(), Map.of(), Map.of("stop", "unanimous window"));
            }
        }
        return votes.outcome(Map.of(), Map.of("stop", windows.end()));
    }
}
