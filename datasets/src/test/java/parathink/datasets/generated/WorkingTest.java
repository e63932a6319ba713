package parathink.datasets.generated;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class WorkingTest {
    private static final double CAREFUL = 0; // no step is ever taken at once
    private static final double HASTY = 100; // every step is

    @Test
    void splitsALargeProductIntoDigitsWhenCareful() {
        assertThat(written(CAREFUL, w -> w.product(7, 345))).isEqualTo("7*345=2100+280=2380, 2380+35=2415");
        assertThat(written(CAREFUL, w -> w.product(40, 7))).isEqualTo("40*7=280");
    }

    @Test
    void multipliesAtOnceWhenHasty() {
        assertThat(written(HASTY, w -> w.product(7, 345))).isEqualTo("7*345=2415");
        assertThat(written(HASTY, w -> w.product(83, 46))).isEqualTo("83*46=3818");
    }

    @Test
    void dividesOneDigitAtATimeWhenCareful() {
        assertThat(written(CAREFUL, w -> w.remainder(1234, 56)))
                .isEqualTo("20*56=1120, 1234-1120=114, 2*56=112, 114-112=2");
        assertThat(written(CAREFUL, w -> w.remainder(100, 56))).isEqualTo("100-56=44");
        assertThat(written(CAREFUL, w -> w.remainder(55, 56))).isEmpty();
        assertThat(written(HASTY, w -> w.remainder(1234, 56))).isEqualTo("1234=22*56+2");
    }

    @Test
    void writesEuclidsAlgorithmOneDivisionALine() {
        var part = new CommonDivisor(new Operand.Given(12), 42, true, 1);

        assertThat(part.phrase()).isEqualTo("the greatest common divisor of 42 and 12");
        assertThat(written(HASTY, w -> part.solve(Map.of(), w))).isEqualTo("42=3*12+6\n12=2*6+0\n");
    }

    @Test
    void writesAWeightedSumOfEarlierParts() {
        var part = new WeightedSum(List.of("A", "B"), List.of(3, 1), 60);

        assertThat(part.phrase()).isEqualTo("the remainder when 3A+B is divided by 60");
        assertThat(written(HASTY, w -> part.solve(Map.of("A", 17, "B", 30), w)))
                .isEqualTo("3*17=51, 51+30=81, 81-60=21\n");
    }

    private static String written(double haste, Consumer<Working> work) {
        var working = new Working(new MersenneTwister(5), haste);
        work.accept(working);
        return working.text();
    }
}
