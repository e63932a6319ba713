package parathink.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SampleTest extends DrawingContract {
    @Override
    Strategy strategy() {
        return new Sample(GREEDY);
    }

    @Test
    void answersWithItsOnlyCompletion() {
        assertThat(Solved.by(strategy(), "so = b").answer()).isEqualTo("b");
    }
}
