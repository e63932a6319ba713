package parathink.eval.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class SpendCurveTest {
    private final SpendCurve curve = new SpendCurve(
            new double[][] {{0.2, 0.4, 0.9}, {0.6, 0.6, 0.7}}, new double[][] {{10, 20, 30}, {30, 60, 90}});

    @Test
    void readsAccuracyBetweenTwoSizesAsIfOneOfThemWereChosenAtRandom() {
        var line = curve.line(new int[] {1, 1}); // accuracy 0.4, 0.5, 0.8 at spend 20, 40, 60

        assertThat(line.accuracyAt(40)).isCloseTo(0.5, within(1e-12));
        assertThat(line.accuracyAt(55)).isCloseTo(0.725, within(1e-12));
        assertThat(line.completionsAt(55)).isCloseTo(2.75, within(1e-12));
        assertThat(curve.accuracies(2.75)).containsExactly(new double[] {0.775, 0.675}, within(1e-12));
    }

    @Test
    void staysAtItsEnds() {
        var line = curve.line(new int[] {1, 1});

        assertThat(line.accuracyAt(1)).isCloseTo(0.4, within(1e-12));
        assertThat(line.accuracyAt(1000)).isCloseTo(0.8, within(1e-12));
        assertThat(line.completionsAt(1000)).isEqualTo(3);
    }

    @Test
    void findsTheSpendFromWhichItIsAsAccurate() {
        var line = curve.line(new int[] {1, 1});

        assertThat(line.spendFor(0.3)).isEqualTo(20);
        assertThat(line.spendFor(0.65)).isCloseTo(50, within(1e-9));
        assertThat(line.spendFor(0.81)).isInfinite();
    }

    @Test
    void countsAProblemAsOftenAsItWasDrawn() {
        var line = curve.line(new int[] {2, 0});

        assertThat(line.first()).isEqualTo(10);
        assertThat(line.accuracyAt(20)).isCloseTo(0.4, within(1e-12));
    }
}
