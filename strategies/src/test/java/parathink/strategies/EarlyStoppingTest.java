package parathink.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import parathink.models.Budget;
import parathink.models.Completion;
import parathink.models.ScriptedModel;

final class EarlyStoppingTest extends DrawingContract {
    @Override
    Strategy strategy() {
        return new EarlyStopping(3, 3, GREEDY);
    }

    @Test
    void drawsWindowAfterWindowUntilOneIsUnanimous() {
        var solved = Solved.by(new EarlyStopping(6, 2, GREEDY), "= a", "= b", "= b", "so = b", "= c", "= c");

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
                new EarlyStopping(9, 3, GREEDY), "= a", "= a", "= c", "= a", "= a", "= c", "= b", "= b", "= b");
        assertThat(solved.answer()).isEqualTo("b");
        assertThat(solved.outcome().votes().getFirst().answer().canonical()).isEqualTo("a");
        assertThat(solved.outcome().votes()).extracting(Vote::count).containsExactly(4, 3, 2);
    }

    @Test
    void withoutAUnanimousWindowAllVoteAndTheLastWindowMayBeSmaller() {
        var solved = Solved.by(new EarlyStopping(5, 2, GREEDY), "= a", "= b", "= b", "= c", "= c", "= c");
        assertThat(solved.answer()).isEqualTo("b"); // b and c have two votes each, b is earlier
        assertThat(solved.completions()).hasSize(5);
        assertThat(solved.outcome().notes()).containsEntry("stop", "branches").containsEntry("tied", "2");
    }

    @Test
    void aBranchWithoutAnAnswerKeepsItsWindowFromBeingUnanimous() {
        var solved = Solved.by(new EarlyStopping(4, 2, GREEDY), "= a", "none", "none", "none");
        assertThat(solved.answer()).isEqualTo("a");
        assertThat(solved.completions()).hasSize(4);
    }

    @Test
    void aSpentBudgetLaunchesNoFurtherWindow() {
        var solved = Solved.by(
                new EarlyStopping(6, 2, GREEDY), new ScriptedModel("= a", "= b", "= b", "= b"), new Budget(12));
        assertThat(solved.usage().calls()).isEqualTo(4);
        assertThat(solved.usage().work()).isEqualTo(12);
        assertThat(solved.outcome().notes()).containsEntry("stop", "budget");
    }

    @Test
    void refusesAWindowOfOne() {
        assertThatThrownBy(() -> new EarlyStopping(6, 1, GREEDY)).hasMessageContaining("window must be between 2");
    }
}
