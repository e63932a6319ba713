package parathink.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import parathink.models.Completion;
import parathink.models.Confidence;
import parathink.models.FinishReason;
import parathink.models.Seed;

final class AdaptiveConsistencyTest extends DrawingContract {
    @Override
    Strategy strategy() {
        return with(3, 1, 0.95);
    }

    @Test
    void fourOfOneMindAreEnough() {
        // 1 - 0.5^4 = 0.9375 after three, 1 - 0.5^5 = 0.96875 after four
        var solved = Solved.by(with(40, 1, 0.95), "= a", "= a", "= a", "= a", "= a");

        assertThat(solved.answer()).isEqualTo("a");
        assertThat(solved.usage().calls()).isEqualTo(4);
        assertThat(solved.usage().work()).isEqualTo(4 * 5);
        assertThat(solved.usage().span()).isEqualTo(4 * 5); // one by one
        assertThat(solved.outcome().notes()).containsEntry("stop", "beta").containsEntry("certainty", "0.96875");
    }

    @Test
    void oneOtherAnswerCallsForSevenInAll() {
        // with a against b, the certainty is P(X <= a), X of a + b + 1 fair coins: 120/128 for 5 to 1, 247/256 for 6 to
        // 1
        var solved = Solved.by(with(40, 1, 0.95), "= a", "= b", "= a", "= a", "= a", "= a", "= a", "= a");
        assertThat(solved.usage().calls()).isEqualTo(7);
        assertThat(Double.parseDouble(solved.outcome().notes().get("certainty")))
                .isEqualTo(247.0 / 256);
    }

    @Test
    void branchesWithoutAnAnswerChangeNothing() {
        var solved = Solved.by(with(40, 1, 0.95), "= a", "none", "= a", "none", "= a", "= a");
        assertThat(solved.usage().calls()).isEqualTo(6);
        assertThat(solved.answer()).isEqualTo("a");
    }

    @Test
    void whatIsStillDecodingIsCancelledTheMomentTheRuleFires() {
        var solved = Solved.by(with(8, 4, 0.85), "well, = a", "= a", "so = a", "it may well be = b");

        // 0.75 after the first to end (5 tokens), 0.875 after the second (8 tokens)
        assertThat(solved.completions()).extracting(Completion::path).containsExactly("0/1", "0/2", "0/0", "0/3");
        assertThat(solved.completions())
                .extracting(Completion::finish)
                .containsExactly(FinishReason.STOP, FinishReason.STOP, FinishReason.CANCELLED, FinishReason.CANCELLED);
        assertThat(solved.completions()).extracting(Completion::stoppedBy).containsExactly("", "", "beta", "beta");
        assertThat(solved.usage().work()).isEqualTo(5 + 8 + 8 + 8);
        assertThat(solved.usage().span()).isEqualTo(8);
        assertThat(solved.outcome().votes()).extracting(Vote::count).containsExactly(2);
    }

    @Test
    void ofTiedAnswersTheEarlierBranchWinsWhicheverEndedFirst() {
        assertThat(Solved.by(with(2, 2, 0.95), "it takes long = a", "= b").answer())
                .isEqualTo("a");
    }

    @Test
    void refusesAThresholdThatAnyAnswerMeets() {
        assertThatThrownBy(() -> with(3, 1, 0.4))
                .hasMessageContaining("threshold must be between 0.5 and 1.0, got 0.4");
    }

    private static Strategy with(int branches, int window, double threshold) {
        return with(branches, window, new StopCriterion.Certainty(LeadCertainty.BETA, threshold));
    }

    @Test
    void byEntropyFourOfOneMindAreEnough() {
        // with an imagined rival: 0.918 of 2 to 1, 0.811 of 3 to 1, 0.722 of 4 to 1
        var solved = Solved.by(with(40, 1, new StopCriterion.Entropy(0.75)), "= a", "= a", "= a", "= a", "= a");
        assertThat(solved.usage().calls()).isEqualTo(4);
        assertThat(solved.outcome().notes()).containsEntry("stop", "entropy");
        assertThat(Double.parseDouble(solved.outcome().notes().get("entropy")))
                .isCloseTo((0.8 * Math.log(0.8) + 0.2 * Math.log(0.2)) / -Math.log(2), within(1e-12));
    }

    @Test
    void byEntropyARealRivalCountsAsHeIs() {
        // 3 to 1 has 0.811, 4 to 1 has 0.722
        var solved = Solved.by(with(40, 1, new StopCriterion.Entropy(0.75)), "= a", "= b", "= a", "= a", "= a", "= a");
        assertThat(solved.usage().calls()).isEqualTo(5);
    }

    @Test
    void byMajorityTheFirstAnswerAloneIsNotEnough() {
        var solved = Solved.by(with(40, 1, new StopCriterion.Share(0.8)), "= a", "none", "= a", "= a");
        assertThat(solved.usage().calls()).isEqualTo(3);
        assertThat(solved.outcome().notes()).containsEntry("stop", "majority").containsEntry("share", "1.0");
    }

    @Test
    void byMajorityFourOfFiveAreEnough() {
        var solved = Solved.by(with(40, 1, new StopCriterion.Share(0.8)), "= a", "= b", "= a", "= a", "= a", "= a");
        assertThat(solved.usage().calls()).isEqualTo(5); // shares 1, 1/2, 2/3, 3/4, 4/5
    }

    @Test
    void theCoinFallsAlikeForTheSameSeedAndAtItsRateOverMany() {
        var coin = new StopCriterion.Chance(0.1);
        int ended = 0;
        for (int branch = 0; branch < 2000; branch++) {
            var completion = answered(Seed.of(7).child(branch).value());
            boolean stops = coin.reached(List.of(1), completion).isPresent();
            assertThat(coin.reached(List.of(5, 2), completion).isPresent()).isEqualTo(stops);
            ended += stops ? 1 : 0;
        }
        assertThat(ended).isBetween(160, 240); // 200 expected, 3 standard deviations are 40
        assertThat(new StopCriterion.Chance(1).reached(List.of(1), answered(1))).isPresent();
        assertThat(new StopCriterion.Chance(0).reached(List.of(1), answered(1))).isEmpty();
    }

    @Test
    void withChanceOneTheFirstAnswerIsEnoughAndOneWithoutIsNot() {
        var solved = Solved.by(with(40, 1, new StopCriterion.Chance(1)), "none", "= a", "= b");
        assertThat(solved.usage().calls()).isEqualTo(2);
        assertThat(solved.outcome().notes()).containsEntry("stop", "random");
    }

    @Test
    void everyRuleCancelsWhatIsRunning() {
        for (var stop : new StopCriterion[] {new StopCriterion.Share(0.8), new StopCriterion.Entropy(0.95)}) {
            var solved = Solved.by(with(8, 4, stop), "well, = a", "= a", "so = a", "it may well be = b");
            // two answers after 8 tokens: share 1, entropy 0.918
            assertThat(solved.usage().work()).isEqualTo(5 + 8 + 8 + 8);
            assertThat(solved.completions())
                    .extracting(Completion::stoppedBy)
                    .containsExactly("", "", stop.word(), stop.word());
        }
    }

    private static Completion answered(long seed) {
        return new Completion(
                "0/0",
                "= a",
                4,
                FinishReason.STOP,
                seed,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Confidence.UNKNOWN,
                "",
                false);
    }

    private static Strategy with(int branches, int window, StopCriterion stop) {
        return new AdaptiveConsistency(branches, window, stop, GREEDY);
    }
}
