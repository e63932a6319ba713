package parathink.eval.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class IntervalsTest {
    private final Intervals intervals = Intervals.DEFAULT;

    /** Both ends solve (share - p)^2 = z^2 p (1 - p) / n, by which Wilson defined them. */
    @Test
    void wilsonEndsAreTheSharesThatTheDataIsJustAllowedToHave() {
        double z = 1.959963984540054;
        for (int[] data : new int[][] {{1, 30}, {15, 30}, {29, 30}, {600, 1000}}) {
            var estimate = intervals.wilson(data[0], data[1]);
            double share = (double) data[0] / data[1];

            assertThat(estimate.value()).isEqualTo(share);
            assertThat(estimate.method()).isEqualTo(Estimate.Method.WILSON);
            for (double end : new double[] {estimate.low(), estimate.high()}) {
                assertThat((share - end) * (share - end)).isCloseTo(z * z * end * (1 - end) / data[1], within(1e-12));
            }
            assertThat(estimate.low()).isLessThan(share);
            assertThat(estimate.high()).isGreaterThan(share);
        }
    }

    @Test
    void wilsonOfNoneOrAllIsNotAPoint() {
        var none = intervals.wilson(0, 30);
        var all = intervals.wilson(30, 30);

        assertThat(none.low()).isZero();
        assertThat(none.high()).isCloseTo(0.11351, within(1e-4)); // z^2 / (n + z^2)
        assertThat(all.low()).isCloseTo(1 - 0.11351, within(1e-4));
        assertThat(all.high()).isEqualTo(1);
    }

    @Test
    void bootstrapOfManyProblemsComesCloseToTheNormalInterval() {
        var random = new Random(3);
        var values = random.doubles(2000).map(value -> value * value).toArray();
        double mean = Arrays.stream(values).average().orElseThrow();
        double variance = Arrays.stream(values)
                        .map(value -> (value - mean) * (value - mean))
                        .sum()
                / values.length;
        double half = 1.96 * Math.sqrt(variance / values.length);

        var estimate = intervals.mean(values);

        assertThat(estimate.value()).isCloseTo(mean, within(1e-12));
        assertThat(estimate.low()).isCloseTo(mean - half, within(0.08 * half));
        assertThat(estimate.high()).isCloseTo(mean + half, within(0.08 * half));
        assertThat(estimate.method()).isEqualTo(Estimate.Method.BOOTSTRAP);
    }

    @Test
    void bootstrapCoversTheTruthInAboutNineteenOfTwentySamples() {
        var random = new Random(11);
        int covered = 0;
        int samples = 200;
        for (int i = 0; i < samples; i++) {
            var estimate = intervals.mean(random.doubles(60).toArray()); // mean 0.5
            covered += estimate.low() <= 0.5 && 0.5 <= estimate.high() ? 1 : 0;
        }

        assertThat(covered / (double) samples).isBetween(0.89, 0.99);
    }

    @Test
    void sameSeedSameIntervalAndColumnsDoNotDisturbEachOther() {
        double[][] two = {{0.1, 1}, {0.4, 0}, {0.9, 0.5}};
        var both = intervals.means(two);

        assertThat(both[0]).isEqualTo(intervals.mean(new double[] {0.1, 0.4, 0.9}));
        assertThat(both[1]).isEqualTo(intervals.mean(new double[] {1, 0, 0.5}));
        assertThat(new Intervals(2000, 2).mean(new double[] {0.1, 0.4, 0.9, 0.3, 0.2, 0.7}))
                .isNotEqualTo(intervals.mean(new double[] {0.1, 0.4, 0.9, 0.3, 0.2, 0.7}));
    }

    @Test
    void problemsThatAllCameOutTheSameStillHaveAnInterval() {
        var estimate = intervals.mean(new double[] {1, 1, 1, 1});

        assertThat(estimate).isEqualTo(intervals.wilson(4, 4));
        assertThat(estimate.low()).isLessThan(0.6);
    }

    @Test
    void refusesTooFewResamples() {
        assertThatThrownBy(() -> new Intervals(1999, 1)).hasMessageContaining("1999");
    }
}
