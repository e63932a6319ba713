package parathink.eval.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class FewDifferencesTest {
    private static double[] differences(int problems, int won, int lost) {
        var differences = new double[problems];
        Arrays.fill(differences, 0, won, 1);
        Arrays.fill(differences, won, won + lost, -1);
        return differences;
    }

    @Test
    void isBonettAndPricesIntervalForOneRepeat() {
        // 40 problems, 5 won, 2 lost: shares 6/42 and 3/42, difference 3/42, squared error (9/42 - (3/42)^2) / 42
        double half = 1.959964 * Math.sqrt((9.0 / 42 - 9.0 / 1764) / 42);

        var few = FewDifferences.in(differences(40, 5, 2)).orElseThrow();

        assertThat(few.interval().value()).isEqualTo(3.0 / 40);
        assertThat(few.interval().low()).isCloseTo(3.0 / 42 - half, within(1e-6));
        assertThat(few.interval().high()).isCloseTo(3.0 / 42 + half, within(1e-6));
        assertThat(few.interval().method()).isEqualTo(Interval.Method.ADJUSTED_WALD);
    }

    @Test
    void leavesRoomOnBothSidesWhereNothingDiffers() {
        var interval = FewDifferences.in(new double[50]).orElseThrow().interval();

        assertThat(interval.value()).isZero();
        assertThat(interval.high()).isCloseTo(1.959964 * Math.sqrt(2.0) / 52, within(1e-6));
        assertThat(interval.low()).isEqualTo(-interval.high());
    }

    @Test
    void leavesTenDifferencesToTheBootstrap() {
        assertThat(FewDifferences.in(differences(40, 6, 3))).isPresent();
        assertThat(FewDifferences.in(differences(40, 6, 4))).isEmpty();
    }
}
