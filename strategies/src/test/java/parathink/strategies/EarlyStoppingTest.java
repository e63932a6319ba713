package parathink.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import parathink.models.Budget;
import parathink.models.Completion;
import parathink.models.ScriptedModel;

final class EarlyStoppingTest extends DrawingContract {
    @Override
    Strategy strategy() {
        return new EarlyStopping(3, 3, 0, GREEDY);
    }

    @Test
    void drawsWindowAfterWindowUntilOneIsUnanimous() {
        var solved = Solved.by(new EarlyStopping(6, 2, 0, GREEDY), "= a", "= b", "= b", "so = b", "= c", "= c");

        assertThat(solved.answer()).isEqualTo("b");
        assertThat(solved.outcome().votes()).extracting(Vote::count).containsExactly(3, 1);
        assertThat(solved.outcome().notes()).containsEntry("stop", "unanimous window");
        assertThat(solved.completions()).extracting(Completion::path).containsExactly("0/0", "0/1", "0/2", "0/3");
        assertThat(solved.usage().work()).isEqualTo(3 * 5 + 8);
        assertThat(solved.usage().span()).isEqualTo(5 + 8); // the second window begins when the first has ended
        assertThat(solved.usage().calls()).isEqualTo(4);
    }

    @Test
    void theUnanimousWindowHasTheLastWordAgainstThePlurality() {
        var solved = Solved.by(
                new EarlyStopping(9, 3, 0, GREEDY), "= a", "= a", "= c", "= a", "= a", "= c", "= b", "= b", "= b");
        assertThat(solved.answer()).isEqualTo("b");
        assertThat(solved.outcome().votes().getFirst().answer().canonical()).isEqualTo("a");
        assertThat(solved.outcome().votes()).extracting(Vote::count).containsExactly(4, 3, 2);
    }

    @Test
    void withoutAUnanimousWindowAllVoteAndTheLastWindowMayBeSmaller() {
        var solved = Solved.by(new EarlyStopping(5, 2, 0, GREEDY), "= a", "= b", "= b", "= c", "= c", "= c");
        assertThat(solved.answer()).isEqualTo("b"); // b and c have two votes each, b is earlier
        assertThat(solved.completions()).hasSize(5);
        assertThat(solved.outcome().notes()).containsEntry("stop", "branches").containsEntry("tied", "2");
    }

    @Test
    void aBranchWithoutAnAnswerKeepsItsWindowFromBeingUnanimous() {
        var solved = Solved.by(new EarlyStopping(4, 2, 0, GREEDY), "= a", "none", "none", "none");
        assertThat(solved.answer()).isEqualTo("a");
        assertThat(solved.completions()).hasSize(4);
    }

    @Test
    void aSpentBudgetLaunchesNoFurtherWindow() {
        var solved = Solved.by(
                new EarlyStopping(6, 2, 0, GREEDY), new ScriptedModel("= a", "= b", "= b", "= b"), new Budget(12));
        assertThat(solved.usage().calls()).isEqualTo(4);
        assertThat(solved.usage().work()).isEqualTo(12);
        assertThat(solved.outcome().notes()).containsEntry("stop", "budget");
    }

    @Test
    void refusesAWindowOfOne() {
        assertThatThrownBy(() -> new EarlyStopping(6, 1, 0, GREEDY)).hasMessageContaining("window must be between 2");
    }

    @Test
    void saysWhatItsFirstWindowLetsExpect() {
        // shares 1/2 and 1/2, so a window of two is unanimous with 1/4 + 1/4: 2 * 1/2 + 4 * 1/4 + 6 * 1/4 completions
        var solved = Solved.by(new EarlyStopping(6, 2, 0, GREEDY), "= a", "= b", "= b", "= b");
        assertThat(solved.outcome().notes())
                .containsEntry("expected", "3.5")
                .containsEntry("cap", "6")
                .containsEntry("stop", "unanimous window");
    }

    @Test
    void drawsNoMoreThanTheFirstWindowLetsAfford() {
        // up to 2, 4, 6: 2, 2 * 1/2 + 4 * 1/2 = 3 and 3.5 completions expected
        var solved = Solved.by(new EarlyStopping(6, 2, 3, GREEDY), "= a", "= b", "= c", "= b", "= b", "= b");
        assertThat(solved.completions()).hasSize(4);
        assertThat(solved.outcome().notes())
                .containsEntry("expected", "3.0")
                .containsEntry("cap", "4")
                .containsEntry("stop", "branches");
        assertThat(solved.answer()).isEqualTo("b");

        assertThat(Solved.by(new EarlyStopping(6, 2, 2.9, GREEDY), "= a", "= b", "= c")
                        .completions())
                .hasSize(2);
    }

    @Test
    void theExpectationIsThatOfTheAuthorsFormula() {
        // q = 0.6^5 + 0.4^5 = 0.088; 5 (q + (1 - q) 2) up to 10, and the four-fold sum up to 20
        var draws = ExpectedDraws.of(List.of(3, 2), 5);
        assertThat(draws.upTo(10)).isCloseTo(5 * (0.088 + 0.912 * 2), within(1e-12));
        assertThat(draws.upTo(20))
                .isCloseTo(
                        5 * (0.088 + 0.088 * 0.912 * 2 + 0.088 * 0.912 * 0.912 * 3 + 0.912 * 0.912 * 0.912 * 4),
                        within(1e-12));
        assertThat(draws.upTo(5)).isEqualTo(5);
        assertThat(draws.upTo(12)).isCloseTo(5 * 0.088 + 0.912 * (10 * 0.088 + 0.912 * 12), within(1e-12));
    }

    @Test
    void branchesWithoutAnAnswerMakeAUnanimousWindowLessLikely() {
        assertThat(ExpectedDraws.of(List.of(2), 4).unanimous()).isEqualTo(1.0 / 16);
        assertThat(ExpectedDraws.of(List.of(), 4).upTo(12)).isEqualTo(12);
    }
}
