package parathink.eval.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class HolmTest {
    @Test
    void multipliesTheSmallestByAllAndNeverFallsBelowASmallerOne() {
        // sorted 0.01, 0.02, 0.022, 0.5 times 4, 3, 2, 1 is 0.04, 0.06, 0.044, 0.5; the third is raised to the second
        assertThat(Holm.adjusted(new double[] {0.022, 0.5, 0.01, 0.02})).containsExactly(0.06, 0.5, 0.04, 0.06);
    }

    @Test
    void staysAtOne() {
        assertThat(Holm.adjusted(new double[] {0.7, 0.6})).containsExactly(1, 1);
        assertThat(Holm.adjusted(new double[0])).isEmpty();
    }
}
