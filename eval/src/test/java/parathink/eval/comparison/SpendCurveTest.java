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

    private static SpendCurve.Line line(double[] accuracy, double... spend) {
        return new SpendCurve.Line(accuracy, spend);
    }

    @Test
    void whatDiffersByRoundingOnlyIsAsAccurate() {
        var sure = line(new double[] {0.5, 1 - 1e-15}, 10, 20);

        assertThat(sure.spendFor(1)).isCloseTo(20, within(1e-9));
        assertThat(sure.spendFor(0.75)).isCloseTo(15, within(1e-9));
        assertThat(sure.spendFor(1.01)).isInfinite();
    }

    @Test
    void findsWhereTwoCurvesCrossLast() {
        var steady = line(new double[] {0.5, 0.5}, 10, 50);

        // ahead at first, behind from 20 on, ahead again from 35 on: 0.4 at 30, 0.6 at 40
        var wavy = line(new double[] {0.6, 0.4, 0.4, 0.6, 0.7}, 10, 30, 30.5, 40.5, 50);
        assertThat(wavy.crossing(steady, 0)).isCloseTo(35.5, within(1e-9));
        assertThat(steady.crossing(wavy, 0)).isCloseTo(35.5, within(1e-9));
    }

    @Test
    void curvesThatOnlyTouchDoNotCross() {
        var steady = line(new double[] {0.5, 0.5}, 10, 50);

        assertThat(line(new double[] {0.5, 0.6, 0.7}, 10, 30, 50).crossing(steady, 0))
                .isNaN();
        assertThat(line(new double[] {0.6, 0.5, 0.7}, 10, 30, 50).crossing(steady, 0))
                .isNaN();
        // level between 20 and 30, and on the other side below: level is not behind
        assertThat(line(new double[] {0.4, 0.5, 0.5, 0.7}, 10, 20, 30, 50).crossing(steady, 0))
                .isEqualTo(20);
        // behind by less than what the drawing leaves open
        assertThat(line(new double[] {0.49, 0.5, 0.7}, 10, 20, 50).crossing(steady, 0.02))
                .isNaN();
        assertThat(line(new double[] {0.4, 0.9}, 60, 70).crossing(steady, 0)).isNaN(); // nothing in common
    }

    @Test
    void theErrorOfDrawingIsThatOfAMeanOverProblems() {
        var drawn =
                new SpendCurve(new double[][] {{0.5, 1}, {0.5, 1}}, new double[][] {{1, 2}, {1, 2}}, new double[][] {
                    {0.09, 0}, {0.16, 0}
                });

        assertThat(drawn.drawingError(1)).isCloseTo(0.25, within(1e-12)); // sqrt(0.09 + 0.16) / 2
        assertThat(drawn.drawingError(2)).isZero();
    }
}
