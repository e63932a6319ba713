package parathink.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Map;
import org.junit.jupiter.api.Test;
import parathink.models.Budget;
import parathink.models.Completion;
import parathink.models.Role;
import parathink.models.ScriptedModel;

final class SequentialRefinementTest extends StrategyContract {
    @Override
    Strategy strategy() {
        return refinement(Map.of("rounds", "2"));
    }

    @Test
    void eachAttemptReadsTheOneBeforeAlone() {
        var solved = Solved.by(refinement(Map.of("rounds", "2")), "= a", "so = b", "well = c");

        assertThat(solved.answer()).isEqualTo("c");
        assertThat(solved.completions())
                .extracting(Completion::path, Completion::role)
                .containsExactly(tuple("0/0", Role.draft(0)), tuple("1", Role.refine(1)), tuple("2", Role.refine(2)));
        long read = Reading.task() + Reading.revise("= a") + Reading.revise("so = b");
        assertThat(solved.usage().prefill()).isEqualTo(read);
        assertThat(solved.usage().work()).isEqualTo(5 + 8 + 10);
        assertThat(solved.usage().span()).isEqualTo(5 + 8 + 10);
        assertThat(solved.outcome().notes())
                .containsEntry("b_seq", Long.toString(read + 23)) // all calls are on the one way
                .containsEntry("b_total", Long.toString(read + 23));
    }

    @Test
    void anAnalysisIsReadTogetherWithTheAttempt() {
        var solved = Solved.by(refinement(Map.of("analysis", "true")), "= a", "wrong", "= b");

        assertThat(solved.completions())
                .extracting(Completion::path, Completion::role)
                .containsExactly(
                        tuple("0/0", Role.draft(0)), tuple("1", new Role("analysis", 1)), tuple("2", Role.refine(1)));
        assertThat(solved.usage().prefill())
                .isEqualTo(Reading.task() + Reading.analyse("= a") + Reading.revise("= a", "wrong"));
        assertThat(solved.usage().span()).isEqualTo(5 + 7 + 5);
        assertThat(solved.answer()).isEqualTo("b");
    }

    @Test
    void anAttemptWithoutAnAnswerLeavesTheLatestOne() {
        var scripts = new String[] {"= a", "= b", "hm"};
        var solved = Solved.by(refinement(Map.of("rounds", "2")), scripts);
        assertThat(solved.answer()).isEqualTo("b");
        assertThat(solved.outcome().notes()).containsEntry("answer", "an earlier attempt's");

        var none = Solved.by(refinement(Map.of("rounds", "2", "otherwise", "none")), scripts);
        assertThat(none.outcome()).isInstanceOf(Outcome.Unanswered.class);
    }

    @Test
    void aSpentBudgetMakesNoFurtherAttempt() {
        var model = new ScriptedModel("= a", "= b", "= c");
        var solved = Solved.by(refinement(Map.of("rounds", "5")), model, new Budget(7));
        assertThat(solved.answer()).isEqualTo("a");
        assertThat(solved.usage().calls()).isEqualTo(2);
        assertThat(solved.outcome().notes()).containsEntry("stop", "budget");
    }

    @Test
    void refusesSettingsOutOfRange() {
        assertThatThrownBy(() -> refinement(Map.of("rounds", "0"))).hasMessageContaining("rounds must be between 1");
        assertThatThrownBy(() -> refinement(Map.of("analysis", "yes")))
                .hasMessageContaining("must be one of true, false, got 'yes'");
    }

    private static Strategy refinement(Map<String, String> settings) {
        return Strategies.named("sequential-refinement").with(settings, GREEDY);
    }
}
