package parathink.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class SelfConsistencyTest extends DrawingContract {
    @Override
    Strategy strategy() {
        return new SelfConsistency(3, 0, GREEDY);
    }

    @Test
    void theAnswerGivenMostOftenWins() {
        var solved = Solved.by(strategy(), "= a", "= b", "= b");
        assertThat(solved.answer()).isEqualTo("b");
        assertThat(solved.outcome().votes()).extracting(Vote::count).containsExactly(2, 1);
        assertThat(solved.usage().work()).isEqualTo(3 * 5);
        assertThat(solved.usage().span()).isEqualTo(5);
    }

    @Test
    void equivalentAnswersVoteTogetherUnderTheFirstSpelling() {
        var solved = Solved.by(strategy(), "= a", "= B", "= b");
        assertThat(solved.answer()).isEqualTo("B");
    }

    @Test
    void ofTiedAnswersTheOneFromTheEarlierBranchWinsAndTheTieIsNoted() {
        var solved = Solved.by(strategy(), "this one takes long = c", "= b", "none");
        assertThat(solved.answer()).isEqualTo("c");
        assertThat(solved.outcome().notes()).isEqualTo(Map.of("tied", "2"));
    }

    @Test
    void abstainsWithoutALargeEnoughShare() {
        var strategy = new SelfConsistency(3, 0.5, GREEDY);
        assertThat(Solved.by(strategy, "= a", "= b", "= c").outcome()).isInstanceOf(Outcome.Unanswered.class);
        assertThat(Solved.by(strategy, "= a", "= b", "= b").answer()).isEqualTo("b");
    }

    @Test
    void refusesSettingsOutOfRange() {
        assertThatThrownBy(() -> new SelfConsistency(0, 0, GREEDY))
                .hasMessageContaining("branches")
                .hasMessageContaining("got 0");
        assertThatThrownBy(() -> new SelfConsistency(1, 1, GREEDY))
                .hasMessageContaining("abstain")
                .hasMessageContaining("1.0");
    }
}
