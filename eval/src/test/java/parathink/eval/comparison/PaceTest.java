package parathink.eval.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PaceTest {
    @Test
    void tellsTheTimeOfAStepFromThatOfAToken() {
        // a step 10 ms, a token 2 ms: 10 steps of one token, then 20 steps of two
        var pace = Pace.of(List.of(new Pace.Clocked(0, 0.12, 10, 10), new Pace.Clocked(1, 0.28, 20, 40)));

        assertThat(pace.step()).isCloseTo(0.01, within(1e-12));
        assertThat(pace.token()).isCloseTo(0.002, within(1e-12));
        // 4 attempts of 15 steps on average, 2 side by side, the longest of 20 last: (60 - 20) / 2 + 20
        assertThat(pace.seconds(100, 4, 2)).isCloseTo(0.01 * 40 + 0.002 * 100, within(1e-12));
        assertThat(pace.seconds(100, 4, 100))
                .isCloseTo(0.01 * 30 + 0.002 * 100, within(1e-12)); // no more than 4 are there
    }

    @Test
    void attemptsSideBySidePayForEachOthersTokens() {
        // both decode for 0.3 s: 10 steps and 20 tokens of the two; the third alone, 0.2 s: 10 steps and 10 tokens
        var pace = Pace.of(List.of(
                new Pace.Clocked(0, 0.3, 10, 10), new Pace.Clocked(0, 0.3, 10, 10), new Pace.Clocked(1, 0.2, 10, 10)));

        assertThat(pace.step()).isCloseTo(0.01, within(1e-12));
        assertThat(pace.token()).isCloseTo(0.01, within(1e-12));
    }

    @Test
    void neitherTakesLessThanNoTime() {
        // more tokens in less time: all of it is laid on the steps
        var pace = Pace.of(List.of(new Pace.Clocked(0, 1, 10, 10), new Pace.Clocked(2, 0.9, 10, 50)));

        assertThat(pace.token()).isZero();
        assertThat(pace.step()).isCloseTo(0.095, within(1e-12));
    }
}
