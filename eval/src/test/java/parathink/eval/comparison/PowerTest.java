package parathink.eval.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Powers against all that can happen, counted one by one. */
final class PowerTest {
    /** Strategies that disagree at every problem as often. */
    private static Disagreement even(double won, double lost) {
        return new Disagreement(new double[] {won}, new double[] {lost}, new double[] {1});
    }

    @Test
    void knowsHowManyWinsTheTestCallsDifferent() {
        for (int differing = 1; differing <= 60; differing++) {
            int enough = differing + 1;
            for (int wins = differing; 2 * wins > differing && isCalled(wins, differing - wins); wins--) {
                enough = wins;
            }
            assertThat(Power.enough(differing)).as("of %d", differing).isEqualTo(enough);
        }
    }

    private static boolean isCalled(int wins, int losses) {
        var units = new long[wins + losses];
        Arrays.fill(units, 0, wins, 1);
        Arrays.fill(units, wins, units.length, -1);
        return SignFlipTest.of(units).mid() <= Difference.LEVEL;
    }

    @Test
    void countsOneAttemptOfEachExactly() {
        // shares 0.15 won and 0.05 lost of 30 problems: the sum over all wins and losses, worked out apart with whole
        // numbers
        var power = Power.of(even(0.15, 0.05).law(1), 0.1, 30, 1, 1);

        assertThat(power.value()).isCloseTo(0.1741925785967574, within(1e-9));
        assertThat(power.error()).isZero();
        assertThat(Power.of(even(1, 0).law(1), 1, 5, 1, 1).value()).isCloseTo(1, within(1e-12)); // 5 of 5: mid-p 1/32
        assertThat(Power.of(even(1, 0).law(1), 1, 4, 1, 1).value()).isZero(); // 4 of 4: 1/16
        assertThat(Power.of(even(0, 0).law(1), 0, 50, 1, 1).value()).isZero();
    }

    @Test
    void playsSeveralAttemptsAsOftenAsTheirChancesSay() {
        var law = even(0.4, 0.1).law(2);
        var units = new long[5];

        var played = Power.of(law, 0.3, units.length, 20_000, 3);

        assertThat(played.error()).isBetween(0.001, 0.0036);
        assertThat(played.value()).isCloseTo(called(law, units, 0), within(4 * played.error()));
    }

    /** Chance of being called different, over everything that can happen from a problem on. */
    private static double called(DifferenceLaw law, long[] units, int problem) {
        if (problem == units.length) {
            return SignFlipTest.of(units).mid() <= Difference.LEVEL ? 1 : 0;
        }
        double sum = 0;
        for (int difference = -law.repeats(); difference <= law.repeats(); difference++) {
            units[problem] = difference;
            sum += law.chances()[difference + law.repeats()] * called(law, units, problem + 1);
        }
        return sum;
    }

    @Test
    void passesToTheNormalApproximationWithoutAStep() {
        var law = even(0.2, 0.12).law(1);
        int most = (int) (Power.MANY / 0.32);

        double counted = Power.of(law, 0.08, most, 1, 1).value();
        double normal = Power.of(law, 0.08, most + 1, 1, 1).value();

        assertThat(Power.isNormal(law, most)).isFalse();
        assertThat(Power.isNormal(law, most + 1)).isTrue();
        assertThat(normal).isCloseTo(counted, within(0.0035));
    }

    @Test
    void needsTheProblemsWithWhichThePowerIsReached() {
        var analysis = new PowerAnalysis(even(0.2, 0.2), 1, 1, 1);

        double needed = analysis.problems(0.15, 0.8);

        assertThat(analysis.power(0.15, (int) needed).value()).isGreaterThanOrEqualTo(0.8);
        assertThat(analysis.power(0.15, (int) needed - 1).value()).isLessThan(0.8);
        assertThat(analysis.power(analysis.smallestDifference(60, 0.8), 60).value())
                .isCloseTo(0.8, within(1e-3));
        assertThat(analysis.smallestDifference(4, 0.8)).isEqualTo(1); // four problems show nothing
    }
}
