package parathink.strategies;

import java.util.HashMap;
import java.util.List;
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
 * @param expected completions that a problem may be expected to cost, reckoned from its first window: the most that are drawn falls
 *     until it is within this (the paper's control scheme); 0 to draw up to {@code branches} whatever is expected
 */
public record EarlyStopping(int branches, int window, double expected, SamplingParams sampling) implements Strategy {
    public EarlyStopping {
        Checks.branches(branches);
        Checks.window(window, 2);
        Checks.between("expected", expected, 0, branches);
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
        var notes = new HashMap<String, String>();
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
                notes.put("stop", "unanimous window");
                var answer = here.counted().getFirst().answer();
                return new Outcome.Answered(answer, votes.counted(), Map.of(), notes);
            }
            if (notes.isEmpty()) {
                notes.putAll(expect(here, windows));
            }
        }
        notes.put("stop", windows.end());
        return votes.outcome(Map.of(), notes);
    }

    @Override
    public List<String> remarks() {
        return branches > window
                ? List.of()
                : List.of("esc draws %d branches in one window of %d and cannot stop early; give more, or -S window=N"
                        .formatted(branches, window));
    }

    /** What the first window lets expect; lowers the most that are drawn where that is asked for. */
    private Map<String, String> expect(Votes first, Windows windows) {
        var draws = ExpectedDraws.of(first.counts(), window);
        int cap = expected > 0 ? draws.within(expected, branches) : branches;
        windows.lower(cap);
        return Map.of("expected", Double.toString(draws.upTo(cap)), "cap", Integer.toString(cap));
    }
}
