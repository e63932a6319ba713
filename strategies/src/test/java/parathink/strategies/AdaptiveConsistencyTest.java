package parathink.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import parathink.models.Completion;
import parathink.models.FinishReason;

final class AdaptiveConsistencyTest extends DrawingContract {
    @Override
    Strategy strategy() {
        return with(3, 1, 0.95);
    }

    @Test
    void fourOfOneMindAreEnough() {
        // 1 - 0.5^4 = 0.9375 after three, 1 - 0.5^5 = 0.96875 after four
        var solved = Solved.by(with(40, 1, 0.95), "= a", "= a", "= a", "= a", "= a");

        assertThat(solved.answer()).isEqualTo("a");
        assertThat(solved.usage().calls()).isEqualTo(4);
        assertThat(solved.usage().work()).isEqualTo(4 * 5);
        assertThat(solved.usage().span()).isEqualTo(4 * 5); // one by one
        assertThat(solved.outcome().notes()).containsEntry("stop", "beta").containsEntry("certainty", "0.96875");
    }

    @Test
    void oneOtherAnswerCallsForSevenInAll() {
        // with a against b, the certainty is P(X <= a), X of a + b + 1 fair coins: 120/128 for 5 to 1, 247/256 for 6 to
        // 1
        var solved = Solved.by(with(40, 1, 0.95), "= a", "= b", "= a", "= a", "= a", "= a", "= a", "= a");
        assertThat(solved.usage().calls()).isEqualTo(7);
        assertThat(Double.parseDouble(solved.outcome().notes().get("certainty")))
                .isEqualTo(247.0 / 256);
    }

    @Test
    void branchesWithoutAnAnswerChangeNothing() {
        var solved = Solved.by(with(40, 1, 0.95), "= a", "none", "= a", "none", "= a", "= a");
        assertThat(solved.usage().calls()).isEqualTo(6);
        assertThat(solved.answer()).isEqualTo("a");
    }

    @Test
    void whatIsStillDecodingIsCancelledTheMomentTheRuleFires() {
        var solved = Solved.by(with(8, 4, 0.85), "well, = a", "= a", "so = a", "it may well be = b");

        // 0.75 after the first to end (5 tokens), 0.875 after the second (8 tokens)
        assertThat(solved.completions()).extracting(Completion::path).containsExactly("0/1", "0/2", "0/0", "0/3");
        assertThat(solved.completions())
                .extracting(Completion::finish)
                .containsExactly(FinishReason.STOP, FinishReason.STOP, FinishReason.CANCELLED, FinishReason.CANCELLED);
        assertThat(solved.completions()).extracting(Completion::stoppedBy).containsExactly("", "", "beta", "beta");
        assertThat(solved.usage().work()).isEqualTo(5 + 8 + 8 + 8);
        assertThat(solved.usage().span()).isEqualTo(8);
        assertThat(solved.outcome().votes()).extracting(Vote::count).containsExactly(2);
    }

    @Test
    void ofTiedAnswersTheEarlierBranchWinsWhicheverEndedFirst() {
        assertThat(Solved.by(with(2, 2, 0.95), "it takes long = a", "= b").answer())
                .isEqualTo("a");
    }

    @Test
    void refusesAThresholdThatAnyAnswerMeets() {
        assertThatThrownBy(() -> with(3, 1, 0.4))
                .hasMessageContaining("threshold must be between 0.5 and 1.0, got 0.4");
    }

    private static Strategy with(int branches, int window, double threshold) {
        return new AdaptiveConsistency(branches, window, LeadCertainty.BETA, threshold, GREEDY);
    }
}
