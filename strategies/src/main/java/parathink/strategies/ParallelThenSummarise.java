package parathink.strategies;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import parathink.datasets.Question;
import parathink.models.Completion;
import parathink.models.Dialect;
import parathink.models.Prompt;
import parathink.models.Role;
import parathink.models.SamplingParams;
import parathink.models.Session;
import parathink.models.Step;
import parathink.models.StopRule;

/**
 * Independent completions of one prompt, and then one call that reads them as text and has the last word. What any model can do
 * of the idea of ParaThinker, but for what makes it that: the texts are read again, one after the other, at positions that run
 * on (the baseline that Wen et al., 2025, arXiv 2509.04475, call re-prefilling). The completions vote too, for the record,
 * and for the answer where the summary was ended before it had one.
 *
 * @param branches completions drawn, at least 1
 * @param summaryTokens the longest summary; 0 for the sampling's limit, or what the model was taught
 * @param summaryTemperature of the summary
 * @param whole whether the summary reads whole completions, rather than their solutions without the thinking before them
 * @param otherwiseVote whether the completions' vote is the answer where its limit or the budget ended the summary without one
 */
public record ParallelThenSummarise(
        int branches,
        int summaryTokens,
        double summaryTemperature,
        boolean whole,
        boolean otherwiseVote,
        SamplingParams sampling)
        implements Strategy {
    public ParallelThenSummarise {
        Checks.branches(branches);
        Checks.atLeast("summary-tokens", summaryTokens, 0);
        Checks.between("summary-temperature", summaryTemperature, 0, 100);
    }

    @Override
    public Optional<String> objection(Question question, Dialect dialect) {
        return branches <= dialect.mostSummarised()
                ? Optional.empty()
                : Optional.of(
                        "strategy parallel-then-summarise: branches (-n) must be at most %d, what this model reads at once, got %d"
                                .formatted(dialect.mostSummarised(), branches));
    }

    @Override
    public Decision decision() {
        return Decision.CALL;
    }

    @Override
    public Outcome solve(Question question, Session session) {
        var task = Prompt.user(question.asked(), question.instruction());
        var votes = new Votes(question.format());
        var completions = session.decodeAll(session.start(task, sampling).fork(branches), StopRule.NONE);
        for (var completion : completions) {
            question.answerIn(completion.answerText()).ifPresent(votes::add);
        }
        var dialect = session.dialect();
        var texts = completions.stream()
                .map(completion -> text(dialect, completion))
                .toList();
        var step = dialect.summarise(task, texts);
        var summary = session.start(step.prompt(), step.within(drawing(step)))
                .as(Role.summary())
                .decode(step.stop());
        return new SummaryEnd(question.answerIn(summary.answerText()), summary.finish(), otherwiseVote)
                .outcome(votes, notes(summary, votes));
    }

    private SamplingParams drawing(Step step) {
        int taught = step.mostTokens() == Integer.MAX_VALUE ? sampling.maxTokens() : step.mostTokens();
        return sampling.with(summaryTemperature, summaryTokens == 0 ? taught : summaryTokens);
    }

    private Map<String, String> notes(Completion summary, Votes votes) {
        var notes = new TreeMap<String, String>();
        notes.put("form", "read again: completions as text, prefilled once more");
        notes.put("summary", summary.finish().word());
        votes.counted().stream()
                .findFirst()
                .ifPresent(vote -> notes.put("majority", vote.answer().canonical()));
        return notes;
    }

    private String text(Dialect dialect, Completion completion) {
        return whole ? completion.text() : dialect.draft(completion, 0);
    }
}
