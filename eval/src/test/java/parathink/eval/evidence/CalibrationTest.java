package parathink.eval.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

final class CalibrationTest {
    @Test
    void errorAndBrierAreWhatPaperAndPencilGive() {
        var calibration = Calibration.of(
                        List.of(
                                Cases.voted("a", 0, 0.5, true), // bin (0.4, 0.5]: share 0.5, accuracy 0.5
                                Cases.voted("b", 0, 0.5, false),
                                Cases.voted("c", 0, 1, true), // bin (0.9, 1]: mean share 0.98, accuracy 0.5
                                Cases.voted("d", 0, 0.96, false)),
                        Intervals.DEFAULT)
                .orElseThrow();

        assertThat(calibration.error().value()).isCloseTo((0 + 2 * 0.48) / 4, within(1e-12));
        assertThat(calibration.brier()).isCloseTo((0.25 + 0.25 + 0 + 0.96 * 0.96) / 4, within(1e-12));
        assertThat(calibration.bins()).extracting(Calibration.Bin::attempts).containsExactly(2, 2);
        assertThat(calibration.bins().getFirst().from()).isEqualTo(0.4);
        assertThat(calibration.bins().getFirst().right()).isEqualTo(Intervals.DEFAULT.share(1, 2));
        assertThat(calibration.bins().getLast().share()).isCloseTo(0.98, within(1e-12));
    }

    @Test
    void aVoteWhoseSharesAreTheChancesIsWithinWhatNoiseAloneGives() {
        var random = new SplittableRandom(11);
        int beyond = 0;
        for (int round = 0; round < 40; round++) {
            var trials = new ArrayList<Trial>();
            for (int i = 0; i < 150; i++) {
                double share = random.nextInt(1, 17) / 16.0;
                trials.add(Cases.voted("p" + i, 0, share, random.nextDouble() < share));
            }
            var calibration = Calibration.of(trials, Intervals.DEFAULT).orElseThrow();
            beyond += calibration.error().value() > calibration.ifCalibratedHigh() ? 1 : 0;
        }

        assertThat(beyond).isLessThanOrEqualTo(6); // 5 % of 40 is 2; more than 6 has chance 0.003
    }

    @Test
    void repeatsThatComeOutAlikeAreNoIndependentEvidence() {
        assertThat(beyond(true)).isLessThanOrEqualTo(18); // 5 % of 200 is 10; more than 18 has chance 0.006
    }

    @Test
    void repeatsThatAreIndependentAreNotHeldForMiscalibratedEither() {
        assertThat(beyond(false))
                .isLessThanOrEqualTo(18); // the bound is for the most dependent repeats, so it is safe here
    }

    /** Of 200 calibrated runs of 30 problems, 20 times each, those beyond the bound; a problem's shares are equal. */
    private static int beyond(boolean alike) {
        var random = new SplittableRandom(5);
        int beyond = 0;
        for (int round = 0; round < 200; round++) {
            var trials = new ArrayList<Trial>();
            for (int problem = 0; problem < 30; problem++) {
                double share = random.nextInt(1, 17) / 16.0;
                double threshold = random.nextDouble();
                for (int repeat = 0; repeat < 20; repeat++) {
                    boolean right = (alike ? threshold : random.nextDouble()) < share;
                    trials.add(Cases.voted("p" + problem, repeat, share, right));
                }
            }
            var calibration = Calibration.of(trials, Intervals.DEFAULT).orElseThrow();
            beyond += calibration.error().value() > calibration.ifCalibratedHigh() ? 1 : 0;
        }
        return beyond;
    }

    @Test
    void aVoteThatIsAlwaysTooSureIsFoundOut() {
        var trials = new ArrayList<Trial>();
        for (int i = 0; i < 100; i++) {
            trials.add(Cases.voted("p" + i, 0, 0.9, i % 2 == 0)); // 90 % sure, 50 % right
        }

        var calibration = Calibration.of(trials, Intervals.DEFAULT).orElseThrow();

        assertThat(calibration.error().value()).isCloseTo(0.4, within(1e-12));
        assertThat(calibration.error().value()).isGreaterThan(calibration.ifCalibratedHigh());
    }

    /** How often the interval holds the true error, of a vote whose chances to be right are such a function of its shares. */
    private static double coverage(DoubleUnaryOperator chance, int rounds) {
        var random = new SplittableRandom(23);
        int covered = 0;
        for (int round = 0; round < rounds; round++) {
            var trials = new ArrayList<Trial>();
            var gaps = new double[10];
            for (int i = 0; i < 100; i++) {
                int sixteenths = random.nextInt(1, 17);
                double share = sixteenths / 16.0;
                double right = chance.applyAsDouble(share);
                trials.add(Cases.voted("p" + i, 0, share, random.nextDouble() < right));
                gaps[(sixteenths * 10 + 15) / 16 - 1] += (share - right) / 100; // the bin's right end is included
            }
            double truth = Arrays.stream(gaps).map(Math::abs).sum();
            var error = Calibration.of(trials, Intervals.DEFAULT).orElseThrow().error();
            covered += error.low() <= truth + 1e-9 && truth <= error.high() + 1e-9 ? 1 : 0;
        }
        return (double) covered / rounds;
    }

    @Test
    void theIntervalHoldsTheErrorOfACalibratedVoteAndOfOthers() {
        int rounds = 150; // standard error 1.8 points

        assertThat(coverage(share -> share, rounds)).isBetween(0.91, 0.99); // true error 0
        assertThat(coverage(share -> share * share, rounds)).isBetween(0.91, 0.99); // 17 points
        assertThat(coverage(share -> Math.max(0, share - 0.03), rounds)).isBetween(0.91, 0.995); // 3 points
    }

    @Test
    void theIntervalBeginsAtZeroWhereACalibratedVoteIsNoSurprise() {
        var random = new SplittableRandom(31);
        for (int round = 0; round < 30; round++) {
            var trials = new ArrayList<Trial>();
            for (int i = 0; i < 60; i++) {
                double share = random.nextInt(1, 17) / 16.0;
                trials.add(Cases.voted("p" + i, 0, share, random.nextDouble() < Math.pow(share, 1.5)));
            }
            var calibration = Calibration.of(trials, Intervals.DEFAULT).orElseThrow();

            assertThat(calibration.error().low() == 0)
                    .isEqualTo(calibration.error().value() <= calibration.ifCalibratedHigh());
        }
    }

    @Test
    void problemsWeighTheSameHoweverOftenTheyWereAttempted() {
        var calibration = Calibration.of(
                        List.of(
                                Cases.voted("a", 0, 0.8, true),
                                Cases.voted("a", 1, 0.8, true),
                                Cases.voted("a", 2, 0.8, true),
                                Cases.voted("b", 0, 0.8, false)),
                        Intervals.DEFAULT)
                .orElseThrow();

        assertThat(calibration.error().value()).isCloseTo(0.3, within(1e-12)); // accuracy 1/2, not 3/4
    }

    @Test
    void abstentionCurveAndAreaAreWhatPaperAndPencilGive() {
        var abstention = Abstention.of(
                        List.of(
                                Cases.voted("a", 0, 0.9, true),
                                Cases.voted("b", 0, 0.6, false),
                                Cases.voted("c", 0, 0.6, true),
                                Cases.voted("d", 0, 0.3, false)),
                        Intervals.DEFAULT)
                .orElseThrow();

        assertThat(abstention.points())
                .containsExactly(
                        new Abstention.Point(0.9, 1, 0.25, 1),
                        new Abstention.Point(0.6, 3, 0.75, 2.0 / 3),
                        new Abstention.Point(0.3, 4, 1, 0.5));
        // 0 to 1/4: 1. Then (1/4 + (x - 1/4) / 2) / x to 3/4. Then 1/2 over x: (1/2) ln(4/3).
        double middle = 0.5 * 0.5 + (0.25 - 0.125) * Math.log(3);
        assertThat(abstention.area().value()).isCloseTo(0.25 + middle + 0.5 * Math.log(4.0 / 3), within(1e-12));
        assertThat(abstention.areaByLot()).isEqualTo(0.5);
        assertThat(abstention.areaAtBest()).isCloseTo(0.5 * (1 + Math.log(2)), within(1e-12));
    }

    @Test
    void sharesThatTellNothingHaveTheAreaOfTheAccuracy() {
        var abstention = Abstention.of(
                        List.of(Cases.voted("a", 0, 0.5, true), Cases.voted("b", 0, 0.5, false)), Intervals.DEFAULT)
                .orElseThrow();

        assertThat(abstention.area().value()).isCloseTo(0.5, within(1e-12));
        assertThat(abstention.points()).hasSize(1);
    }

    @Test
    void withoutVotesThereIsNothingToCalibrate() {
        var greedy = List.of(Cases.trial("a", "r"), Cases.trial("b", "w"));

        assertThat(Calibration.of(greedy, Intervals.DEFAULT)).isEmpty();
        assertThat(Abstention.of(greedy, Intervals.DEFAULT)).isEmpty();
    }
}
