package parathink.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import parathink.models.SamplingParams;

final class GreedyTest extends DrawingContract {
    @Override
    Strategy strategy() {
        return new Greedy(GREEDY);
    }

    @Test
    void answersWithItsOnlyCompletion() {
        var solved = Solved.by(strategy(), "so = b");
        assertThat(solved.answer()).isEqualTo("b");
        assertThat(solved.usage().work()).isEqualTo(6 + 2);
        assertThat(solved.usage().span()).isEqualTo(8);
    }

    @Test
    void drawsAtTemperatureZeroWhateverTheSampling() {
        assertThat(new Greedy(new SamplingParams(0.9, 5, 0.5, 0.1, 77)).sampling())
                .isEqualTo(new SamplingParams(0, 0, 1, 0, 77));
    }
}
