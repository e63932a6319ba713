package parathink.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import parathink.models.Budget;
import parathink.models.ChatDialect;
import parathink.models.Completion;
import parathink.models.Prompt;
import parathink.models.ScriptedModel;

final class ParallelThenSummariseTest extends StrategyContract {
    private static final int PROMPT = "Q: two and two?\nA: ".length();

    @Override
    Strategy strategy() {
        return new ParallelThenSummarise(3, 0, 0, false, true, GREEDY);
    }

    @Override
    String[] scripts() {
        return new String[] {"it is = a", "so = b", "well = a", "all in all = a"};
    }

    @Test
    void readsTheCompletionsAgainAndHasTheLastWord() {
        var model = new ScriptedModel("= a", "so = b", "<think>hm</think>= a", "= c");

        var solved = Solved.by(strategy(), model, Budget.UNLIMITED);

        var asked = ChatDialect.BUILT_IN
                .summarise(Prompt.user("two and two?", Solved.QUESTION.instruction()), List.of("= a", "so = b", "= a"))
                .prompt();
        var reading = "Q: " + asked.text() + "\nA: ";
        assertThat(model.contexts().getLast()).isEqualTo(reading);
        assertThat(solved.answer()).isEqualTo("c");
        assertThat(solved.outcome().votes()).extracting(Vote::count).containsExactly(2, 1);
        assertThat(solved.outcome().notes())
                .isEqualTo(Map.of(
                        "form", "read again: completions as text, prefilled once more",
                        "summary", "stop",
                        "majority", "a"));
        assertThat(solved.completions())
                .extracting(completion ->
                        completion.path() + " " + completion.role().name())
                .containsExactly("0/0 branch", "0/1 branch", "0/2 branch", "1 summary");
        assertThat(solved.usage().prefill()).isEqualTo(PROMPT + reading.length());
        assertThat(solved.usage().reused()).isEqualTo(3L * PROMPT);
        assertThat(solved.usage().work()).isEqualTo(5 + 8 + 22 + 5);
        assertThat(solved.usage().span()).isEqualTo(22 + 5);
    }

    @Test
    void readsWholeCompletionsWhereAskedTo() {
        var model = new ScriptedModel("<think>hm</think>= a", "= c");

        Solved.by(new ParallelThenSummarise(1, 0, 0, true, true, GREEDY), model, Budget.UNLIMITED);

        assertThat(model.contexts().getLast()).contains("<think>hm</think>= a");
    }

    @Test
    void theSummaryHasALimitOfItsOwn() {
        var strategy = new ParallelThenSummarise(1, 3, 0, false, true, GREEDY);

        assertThat(Solved.by(strategy, "= a", "so = b").completions())
                .extracting(Completion::tokens)
                .containsExactly(5, 3);
    }

    @Test
    void completionsVoteWhereTheLimitEndsTheSummaryBeforeItsAnswer() {
        var vote = Solved.by(new ParallelThenSummarise(1, 3, 0, false, true, GREEDY), "= a", "so = b");
        assertThat(vote.answer()).isEqualTo("a");
        assertThat(vote.outcome().notes()).containsEntry("answer", "vote, without a summary");
        assertThat(Solved.by(new ParallelThenSummarise(1, 3, 0, false, false, GREEDY), "= a", "so = b")
                        .outcome())
                .isInstanceOf(Outcome.Unanswered.class);
    }
}
