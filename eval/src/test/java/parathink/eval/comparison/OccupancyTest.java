package parathink.eval.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class OccupancyTest {
    private static final Occupancy.Attempt TWO = new Occupancy.Attempt(5, List.of(3, 1));
    private static final Occupancy.Attempt ONE = new Occupancy.Attempt(5, List.of(2));

    @Test
    void anAttemptIsLargestBeforeItsBranchesEnd() {
        // the trunk's 5, then in the first step two branches of 6, in the third one of 8
        assertThat(Occupancy.peak(List.of(TWO), 1)).isEqualTo(5 + 2 * 6);
        assertThat(Occupancy.peak(List.of(new Occupancy.Attempt(5, List.of(9, 1))), 1))
                .isEqualTo(5 + 14); // in the ninth step
    }

    @Test
    void attemptsSideBySideAddUpAndOthersWaitForAPlace() {
        // steps 1 to 3: 17 + 11, 12 + 12, 13; the second TWO begins where ONE has ended, in step 3: 13 + 17
        assertThat(Occupancy.peak(List.of(TWO, ONE), 2)).isEqualTo(28);
        assertThat(Occupancy.peak(List.of(TWO, ONE, TWO), 2)).isEqualTo(30);
        assertThat(Occupancy.peak(List.of(TWO, ONE, TWO), 1)).isEqualTo(17);
    }

    @Test
    void aPilotWithoutAnyVarianceIsCertain() {
        var pilot = new Occupancy(List.of(List.of(TWO), List.of(TWO)));

        assertThat(pilot.peak(10, 3, 0, 1)).isEqualTo(new Prediction(51, 51, 51)); // all three in step
    }

    @Test
    void anotherNumberOfBranchesIsDrawnFromThoseThatWere() {
        var pilot = new Occupancy(List.of(List.of(ONE), List.of(ONE)));

        // 5, and 4 branches of 7 in the second step
        assertThat(pilot.peak(10, 1, 4, 1)).isEqualTo(new Prediction(33, 33, 33));
    }
}
