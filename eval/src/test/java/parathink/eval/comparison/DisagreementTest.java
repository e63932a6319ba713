package parathink.eval.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class DisagreementTest {
    @Test
    void nodesHaveTheMomentsOfTheirDistribution() {
        for (double[] shape : new double[][] {{2, 3}, {0.1, 0.3}, {1, 1}, {0.5, 0.5}, {40, 7}}) {
            double a = shape[0];
            double b = shape[1];
            double mean = a / (a + b);
            var nodes = BetaNodes.of(mean, mean * (1 - mean) / (a + b + 1));
            double moment = 1;
            for (int power = 1; power <= 32; power++) {
                moment *= (a + power - 1) / (a + b + power - 1);
                double sum = 0;
                for (int i = 0; i < nodes.points().length; i++) {
                    sum += nodes.weights()[i] * Math.pow(nodes.points()[i], power);
                }
                assertThat(sum).as("beta(%s, %s), %d", a, b, power).isCloseTo(moment, within(1e-10));
            }
        }
    }

    @Test
    void nodesOfTheEndsAreTheEnds() {
        assertThat(BetaNodes.of(0.3, 0).points()).containsExactly(0.3);
        assertThat(BetaNodes.of(0.3, 0.21).points()).containsExactly(0, 1);
        assertThat(BetaNodes.of(0.3, 0.21).weights()).containsExactly(0.7, 0.3);
        assertThat(BetaNodes.of(1, 0).points()).containsExactly(1);
    }

    @Test
    void hasTheVariancesThatWereMeasured() {
        var variance = new PairedVariance(0.02, 0.16);

        var measured = Disagreement.measured(variance, 0.1, 0.03);

        assertThat(measured.mean()).isCloseTo(0.1, within(1e-12));
        assertThat(measured.variance().between()).isCloseTo(0.02, within(1e-12));
        assertThat(measured.variance().within()).isCloseTo(0.16, within(1e-12));
    }

    @Test
    void alikeStrategiesDifferByWhatIsNotCorrelated() {
        var alike = Disagreement.alike(0.6, 0.1, 0.9);

        assertThat(alike.mean()).isCloseTo(0, within(1e-12));
        assertThat(alike.variance().between()).isCloseTo(2 * 0.1 * 0.1, within(1e-12));
        assertThat(alike.variance().within()).isCloseTo(2 * (0.24 - 0.1), within(1e-12));
    }

    @Test
    void movesToAnotherDifferenceWithoutDisagreeingMore() {
        var disagreement = new Disagreement(new double[] {0.1, 0.2}, new double[] {0.1, 0.02}, new double[] {0.5, 0.5});

        var moved = disagreement.towards(0.15);

        // 0.06 more, so 0.03 on average are turned: of the second kind no more than its 0.02, of the first 0.04
        assertThat(moved.mean()).isCloseTo(0.15, within(1e-12));
        assertThat(moved.won()[0]).isCloseTo(0.14, within(1e-12));
        assertThat(moved.lost()[0]).isCloseTo(0.06, within(1e-12));
        assertThat(moved.won()[1]).isCloseTo(0.22, within(1e-12));
        assertThat(moved.lost()[1]).isZero();
        assertThat(disagreement.towards(0.03).won()[1])
                .isCloseTo(0.17, within(1e-12)); // 0.06 less: 0.03 are turned back
    }

    @Test
    void disagreesMoreWhereADifferenceNeedsIt() {
        var moved = new Disagreement(new double[] {0.01}, new double[] {0.03}, new double[] {1}).towards(0.1);

        assertThat(moved.won()[0]).isCloseTo(0.1, within(1e-9));
        assertThat(moved.lost()[0]).isZero();
    }

    @Test
    void twoAttemptsAddUp() {
        var law = new Disagreement(new double[] {0.5}, new double[] {0.2}, new double[] {1}).law(2);

        assertThat(Arrays.stream(law.chances()).sum()).isCloseTo(1, within(1e-12));
        // two lost; one lost and one level, twice; level twice, or one of each, twice
        assertThat(law.chances()[0]).isCloseTo(0.04, within(1e-12));
        assertThat(law.chances()[1]).isCloseTo(2 * 0.2 * 0.3, within(1e-12));
        assertThat(law.chances()[2]).isCloseTo(0.09 + 2 * 0.5 * 0.2, within(1e-12));
        assertThat(law.differing()).isCloseTo(1 - 0.29, within(1e-12));
        assertThat(law.variance()).isCloseTo((0.7 - 0.09) / 2, within(1e-12)); // of one attempt, halved
    }
}
