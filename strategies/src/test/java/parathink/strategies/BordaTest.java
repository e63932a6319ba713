package parathink.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class BordaTest extends DrawingContract {
    @Override
    Strategy strategy() {
        return new Borda(3, 0.5, GREEDY);
    }

    @Test
    void theScriptedModelIsEquallyCertainSoTheEarlierBranchesRankHigher() {
        // equal certainty keeps the order of the branches: 3^2 = 9 for c against 2^2 + 1 = 5 for the two others
        var solved = Solved.by(new Borda(3, 2, GREEDY), "= c", "= e", "= e");
        assertThat(solved.answer()).isEqualTo("c");
        assertThat(solved.outcome().votes().getFirst().weight()).isCloseTo(9, within(1e-9));
        assertThat(solved.outcome().votes().getLast().weight()).isCloseTo(5, within(1e-9));
    }

    @Test
    void withPowerZeroItIsAPlainVote() {
        var solved = Solved.by(new Borda(3, 0, GREEDY), "= c", "= e", "= e");
        assertThat(solved.answer()).isEqualTo("e");
        assertThat(solved.outcome().votes().getFirst().weight()).isEqualTo(2);
    }
}
