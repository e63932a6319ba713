package parathink.eval.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class IntervalsTest {
    private final Intervals intervals = Intervals.DEFAULT;

    /** Both ends solve (share - p)^2 = z^2 p (1 - p) / n, by which Wilson defined them. */
    @Test
    void wilsonEndsAreTheSharesThatTheDataIsJustAllowedToHave() {
        double z = 1.959963984540054;
        for (int[] data : new int[][] {{1, 30}, {15, 30}, {29, 30}, {600, 1000}}) {
            var estimate = intervals.share(data[0], data[1]);
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
        var none = intervals.share(0, 30);
        var all = intervals.share(30, 30);

        assertThat(none.low()).isZero();
        assertThat(none.high()).isCloseTo(0.11351, within(1e-4)); // z^2 / (n + z^2)
        assertThat(all.low()).isCloseTo(1 - 0.11351, within(1e-4));
        assertThat(all.high()).isEqualTo(1);
    }

    /** Every outcome of so many problems, weighed by how often it comes: no draws, and no share is left out. */
    @Test
    void ofFewProblemsTheWorstShareIsCoveredAsOftenAsTheDocumentsSay() {
        for (int problems : new int[] {2, 4, 5, 8, 10, 15, 20}) {
            double least = 1;
            double mean = 0;
            for (int percent = 1; percent < 100; percent++) {
                double covered = coverage(problems, percent / 100.0);
                least = Math.min(least, covered);
                mean += covered / 99;
            }
            double promised = problems < 4 ? 0.82 : problems < 10 ? 0.88 : 0.92;
            assertThat(least).as("%d problems", problems).isBetween(promised, 0.95);
            assertThat(mean).as("%d problems", problems).isBetween(0.96, 0.97);
        }
    }

    private double coverage(int problems, double share) {
        double covered = 0;
        double likely = Math.pow(1 - share, problems); // of no right ones
        for (int right = 0; right <= problems; right++) {
            var estimate = intervals.share(right, problems);
            covered += estimate.low() <= share && share <= estimate.high() ? likely : 0;
            likely *= (problems - right) / (right + 1.0) * share / (1 - share);
        }
        return covered;
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
        var random = new Random(5);
        var first = random.doubles(30).toArray();
        var second = random.doubles(30).toArray();
        var two = new double[30][];
        Arrays.setAll(two, i -> new double[] {first[i], second[i]});

        var both = intervals.means(two);

        assertThat(both[0]).isEqualTo(intervals.mean(first));
        assertThat(both[1]).isEqualTo(intervals.mean(second));
        assertThat(new Intervals(2000, 2).mean(first)).isNotEqualTo(intervals.mean(first));
    }

    /** 4 of 4, with 2 of 4 added, are 6 of 8: 0.75, and a standard error of the root of 0.75 * 0.25 / 8. */
    @Test
    void problemsThatAllCameOutTheSameStillHaveAnInterval() {
        var estimate = intervals.mean(new double[] {1, 1, 1, 1});

        assertThat(estimate).isEqualTo(intervals.share(4, 4));
        assertThat(estimate.value()).isEqualTo(1);
        assertThat(estimate.low()).isCloseTo(0.75 - 1.959964 * Math.sqrt(0.1875 / 8), within(1e-6));
        assertThat(estimate.high()).isEqualTo(1);
    }

    @Test
    void noNumberOfProblemsAndNoShareGivesAPoint() {
        for (int problems : new int[] {1, 2, 20, 21, 1000}) {
            for (double share : new double[] {0, 0.5, 1}) { // of every problem, such as one of two repeats
                var values = new double[problems];
                Arrays.fill(values, share);

                var estimate = intervals.mean(values);

                assertThat(estimate.value()).isEqualTo(share);
                assertThat(estimate.high() - estimate.low()).isGreaterThan(0.5 / problems);
            }
            assertThat(Intervals.around(1, new double[2000], problems).low()).isLessThan(1);
        }
    }

    /**
     * Of 4 problems with a share of a half, an interval that treats right and wrong alike covers always, or not where all are equal,
     * which is in 2 of 16 rounds: nothing between 87.5 % and 100 % can be had.
     */
    @Test
    void sharesOfFewProblemsAreCoveredInAboutNineteenOfTwentyRounds() {
        var random = new Random(7);
        for (int problems : new int[] {4, 10, 30}) {
            for (double share : new double[] {0.05, 0.5, 0.95}) {
                double covered = covered(share, () -> {
                    long yes = random.doubles(problems)
                            .filter(draw -> draw < share)
                            .count();
                    return intervals.share(yes, problems);
                });
                if (problems == 4 && share == 0.5) {
                    assertThat(covered).isEqualTo(1);
                } else {
                    assertThat(covered).as("%d problems, %s", problems, share).isBetween(0.92, 0.99);
                }
            }
        }
    }

    /** Problems are of two kinds, one 0.05 or 0.3 easier than the mean and one as much harder. */
    @Test
    void sharesOfFewProblemsWithRepeatsAreCoveredAtLeastAsOften() {
        var random = new Random(9);
        for (int problems : new int[] {4, 10, 30}) {
            for (double share : new double[] {0.05, 0.5, 0.95}) {
                double apart = share == 0.5 ? 0.3 : 0.05;
                double covered = covered(share, () -> {
                    var values = new double[problems];
                    for (int i = 0; i < problems; i++) {
                        double chance = random.nextBoolean() ? share + apart : share - apart;
                        values[i] =
                                random.doubles(4).filter(draw -> draw < chance).count() / 4.0;
                    }
                    return intervals.mean(values);
                });
                assertThat(covered).as("%d problems, %s", problems, share).isGreaterThan(0.92);
            }
        }
    }

    private static double covered(double share, Supplier<Estimate> round) {
        int rounds = 2000;
        int covered = 0;
        for (int i = 0; i < rounds; i++) {
            var estimate = round.get();
            covered += estimate.low() <= share && share <= estimate.high() ? 1 : 0;
        }
        return (double) covered / rounds;
    }

    @Test
    void refusesTooFewResamples() {
        assertThatThrownBy(() -> new Intervals(1999, 1)).hasMessageContaining("1999");
    }
}
