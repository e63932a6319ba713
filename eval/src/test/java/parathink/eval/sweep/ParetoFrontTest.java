package parathink.eval.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ParetoFrontTest {
    @Test
    void whatIsBeatenInOneAndNotBetterInTheOtherIsNotOnTheFront() {
        double[] accuracy = {0.5, 0.6, 0.6, 0.7, 0.4};
        double[] cost = {10, 20, 30, 40, 10};
        // the third costs more than the second for the same, the fifth is worse than the first for the same
        assertThat(ParetoFront.of(accuracy, cost)).containsExactly(true, true, false, true, false);
    }

    @Test
    void twinsAreBothOnTheFront() {
        assertThat(ParetoFront.of(new double[] {0.5, 0.5}, new double[] {3, 3})).containsExactly(true, true);
    }

    @Test
    void aPlaceThatHangsOnOneProblemIsLostWhenThatProblemIsNotDrawn() {
        // the dear strategy is better in the first of two problems alone
        double[][] accuracy = {{0, 1}, {1, 1}};
        double[][] cost = {{1, 1}, {2, 2}};
        var shares = ParetoFront.shares(accuracy, cost, 20_000, 7);
        assertThat(shares[0]).isEqualTo(1);
        // it is drawn in 3 of 4 draws of two problems; standard deviation sqrt(3/16 / 20000) = 0.003
        assertThat(shares[1]).isBetween(0.75 - 0.018, 0.75 + 0.018);
    }
}
