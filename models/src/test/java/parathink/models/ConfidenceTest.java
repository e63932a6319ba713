package parathink.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ConfidenceTest {
    private static final Confidence FIVE = Confidence.of(2, 4, 2, 6, 1, 3);

    @Test
    void groupsOverlapAndMoveByOneToken() {
        assertThat(FIVE.groups()).containsExactly(3, 4, 3.5, 2);
        assertThat(FIVE.lowestGroup()).isEqualTo(2);
        assertThat(FIVE.mean()).isEqualTo(3.2);
        assertThat(FIVE.tail(2)).isEqualTo(2);
        assertThat(FIVE.tail(9)).isEqualTo(3.2);
    }

    @Test
    void theBottomIsAShareOfTheGroupsRoundedDownAndOneAtLeast() {
        assertThat(FIVE.bottomGroups(0.1)).isEqualTo(2);
        assertThat(FIVE.bottomGroups(0.5)).isEqualTo(2.5);
        assertThat(FIVE.bottomGroups(0.74)).isEqualTo(2.5);
        assertThat(FIVE.bottomGroups(1)).isEqualTo(12.5 / 4);
    }

    @Test
    void fewerTokensThanAGroupHasAreOneGroup() {
        assertThat(FIVE.grouped(6).groups()).containsExactly(3.2);
        assertThat(FIVE.grouped(5).lowestGroup()).isCloseTo(3.2, within(1e-12));
    }

    @Test
    void groupsAreTheMeansThatSummingEachAloneGivesToNineDecimals() {
        var random = new Random(1);
        var tokens = random.doubles(500, 0, 30).toArray();
        var groups = Confidence.of(37, tokens).groups();
        assertThat(groups).hasSize(500 - 37 + 1);
        for (int i = 0; i < groups.length; i++) {
            assertThat(groups[i])
                    .isCloseTo(Arrays.stream(tokens, i, i + 37).average().orElseThrow(), within(5.1e-10));
        }
    }

    @Test
    void aGroupDoesNotTellWhatHasComeAndGone() {
        var group = new GroupConfidence(2);
        for (double token : new double[] {0.1, 0.2, 1e6 + 0.3, 15.413, 15.417}) {
            group.add(token);
        }
        assertThat(group.mean()).isEqualTo(15.415);
    }

    @Test
    void aWatchEndsADecodeAtTheFirstFullGroupBelowItsFloor() {
        assertThat(new ConfidenceWatch(20, 2, 3.5).tokensUntilEnd(FIVE)).isEqualTo(2);
        assertThat(new ConfidenceWatch(20, 2, 3).tokensUntilEnd(FIVE)).isEqualTo(5);
        assertThat(new ConfidenceWatch(20, 2, 3).cuts(FIVE)).isFalse(); // it had ended by itself there
        assertThat(new ConfidenceWatch(20, 6, 100).tokensUntilEnd(FIVE)).isEqualTo(5);
        assertThat(ConfidenceWatch.measuring(20, 1).tokensUntilEnd(FIVE)).isEqualTo(5);
    }

    @Test
    void whatWasNotMeasuredHasNoMean() {
        assertThat(Confidence.UNKNOWN.isKnown()).isFalse();
        assertThatThrownBy(Confidence.UNKNOWN::mean)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not measured");
    }

    @Test
    void refusesWhatIsNoNumberAndGroupsWithoutTokens() {
        assertThatThrownBy(() -> Confidence.of(2, 1, Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> Confidence.of(0, 1)).hasMessageContaining("at least one token");
        assertThatThrownBy(() -> new ConfidenceWatch(0, 1, 1)).hasMessageContaining("candidates");
        assertThatThrownBy(() -> new ConfidenceWatch(1, 1, Double.NaN)).hasMessageContaining("floor");
    }
}
