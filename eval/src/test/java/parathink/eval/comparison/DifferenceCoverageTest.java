package parathink.eval.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class DifferenceCoverageTest {
    private static final int ROUNDS = 600;

    @Test
    void equalRunsHaveAnIntervalOfSomeWidthHoweverFewTheProblems() {
        for (int problems : new int[] {2, 4, 20, 100}) {
            var interval = Difference.interval(new double[problems], new Bootstrap(problems, 1000, 0));

            assertThat(interval.value()).isZero();
            assertThat(interval.high() - interval.low()).isGreaterThan(2.0 / (problems + 2));
        }
    }

    /** Where both are nearly always right or nearly always wrong, rounds without any difference cover too, so that more than 99 % may. */
    @Test
    void pairedDifferencesOfFewProblemsAreCoveredInAboutNineteenOfTwentyRounds() {
        var random = new Random(17);
        for (int problems : new int[] {4, 10, 30}) {
            for (double[] shares : new double[][] {{0.05, 0.05}, {0.5, 0.5}, {0.95, 0.95}, {0.5, 0.05}, {0.95, 0.5}}) {
                double covered = covered(problems, shares[0], shares[1], random);

                assertThat(covered)
                        .as("%d problems, %s and %s", problems, shares[0], shares[1])
                        .isGreaterThan(0.92);
                if (problems > 4 && shares[0] == 0.5) {
                    assertThat(covered).isLessThan(0.99);
                }
            }
        }
    }

    private static double covered(int problems, double first, double second, Random random) {
        int covered = 0;
        for (int round = 0; round < ROUNDS; round++) {
            var differences = new double[problems];
            for (int i = 0; i < problems; i++) {
                differences[i] = (random.nextDouble() < first ? 1 : 0) - (random.nextDouble() < second ? 1 : 0);
            }
            var interval = Difference.interval(differences, new Bootstrap(problems, 1000, round));
            double truth = first - second;
            covered += interval.low() <= truth && truth <= interval.high() ? 1 : 0;
        }
        return (double) covered / ROUNDS;
    }
}
