package parathink.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class BestOfNTest extends DrawingContract {
    @Override
    Strategy strategy() {
        return new BestOfN(3, Verifier.RULE, GREEDY);
    }

    @Test
    void theCompletionTheVerifierLikesBestWinsAgainstTheMajority() {
        var solved = Solved.by(strategy(), "= c", "= e", "= c");
        assertThat(solved.answer()).isEqualTo("e");
        assertThat(solved.outcome().scores()).isEqualTo(Map.of("0/0", 0.0, "0/1", 1.0, "0/2", 0.0));
        assertThat(solved.outcome().votes().getFirst().count()).isEqualTo(2);
    }

    @Test
    void ofEqualScoresTheEarlierBranchWins() {
        assertThat(Solved.by(strategy(), "= i", "= e", "= e").answer()).isEqualTo("i");
    }
}
