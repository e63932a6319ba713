package parathink.eval.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;

final class SignFlipTestTest {
    @Test
    void isMcNemarsExactTestForOneRepeat() {
        // 7 won, 2 lost, 5 alike: twice P(X <= 2) for X binomial of 9 halves is 2 (1 + 9 + 36) / 512
        var test = SignFlipTest.of(new long[] {1, 1, 1, 1, 1, 1, 1, -1, -1, 0, 0, 0, 0, 0});

        assertThat(test.exact()).isCloseTo(92.0 / 512, within(1e-14));
        assertThat(test.mid()).isCloseTo((92.0 - 36) / 512, within(1e-14)); // less half of 2 * 36
        assertThat(test.counted()).isTrue();
    }

    @Test
    void agreesWithTheBinomialDistributionForManyPairs() {
        var differences = new long[300];
        Arrays.fill(differences, 0, 170, 1);
        Arrays.fill(differences, 170, 300, -1);
        var binomial = BinomialDistribution.of(300, 0.5);

        var test = SignFlipTest.of(differences);

        assertThat(test.exact()).isCloseTo(2 * binomial.cumulativeProbability(130), within(1e-12));
        assertThat(test.mid())
                .isCloseTo(2 * binomial.cumulativeProbability(130) - binomial.probability(130), within(1e-12));
    }

    @Test
    void countsEverySignOfSeveralRepeatsAsBruteForceDoes() {
        var random = new SplittableRandom(4);
        for (int round = 0; round < 50; round++) {
            var differences = random.longs(9, -6, 7).toArray();

            var test = SignFlipTest.of(differences);

            long observed = Math.abs(Arrays.stream(differences).sum());
            int beyond = 0;
            int asFar = 0;
            for (int signs = 0; signs < 512; signs++) {
                long total = 0;
                for (int i = 0; i < 9; i++) {
                    total += (signs >> i & 1) == 0 ? differences[i] : -differences[i];
                }
                beyond += Math.abs(total) > observed ? 1 : 0;
                asFar += Math.abs(total) == observed ? 1 : 0;
            }
            assertThat(test.exact()).isCloseTo((beyond + asFar) / 512.0, within(1e-12));
            assertThat(test.mid()).isCloseTo((beyond + asFar / 2.0) / 512, within(1e-12));
        }
    }

    @Test
    void saysNothingWhereNothingDiffers() {
        assertThat(SignFlipTest.of(new long[5])).isEqualTo(new SignFlipTest(1, 1, true));
    }

    @Test
    void takesANormalDistributionWhereCountingWouldTakeMinutes() {
        var differences = new long[40_000];
        Arrays.fill(differences, 0, 20_200, 3);
        Arrays.fill(differences, 20_200, 40_000, -3);

        var test = SignFlipTest.of(differences);

        // total 1200, deviation 3 * 200: two deviations
        assertThat(test.counted()).isFalse();
        assertThat(test.exact()).isCloseTo(0.045500, within(1e-6));
    }
}
