package parathink.eval.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BootstrapTest {
    @Test
    void isAsWideAsStudentsIntervalForAMeanOfFewProblems() {
        var random = new SplittableRandom(11);
        var values =
                IntStream.range(0, 12).mapToDouble(i -> random.nextGaussian()).toArray();
        double mean = 0;
        for (double value : values) {
            mean += value / 12;
        }
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        double half = 2.200985 * Math.sqrt(squares / 11 / 12); // Student's 0.975 quantile with 11 degrees of freedom

        var interval = new Bootstrap(12, 40_000, 3).interval(Bootstrap.mean(values));

        assertThat(interval.value()).isCloseTo(mean, within(1e-12));
        assertThat(interval.high() - interval.low()).isCloseTo(2 * half, within(0.06 * 2 * half));
    }

    @Test
    void holdsATrueMeanInAboutNineteenOfTwentyDraws() {
        var random = new SplittableRandom(5);
        int held = 0;
        for (int round = 0; round < 400; round++) {
            var values = IntStream.range(0, 30)
                    .mapToDouble(i -> random.nextInt(3) - 1)
                    .toArray();
            var interval = new Bootstrap(30, 1000, round).interval(Bootstrap.mean(values));
            held += interval.low() <= 0 && interval.high() >= 0 ? 1 : 0;
        }
        assertThat(held).isBetween(366, 394); // 380 expected, three standard errors of 4.4 around it
    }

    @Test
    void drawsTheSameProblemsForEveryFigureOfASeed() {
        var bootstrap = new Bootstrap(5, 1000, 9);
        var values = new double[] {1, 2, 3, 4, 5};

        assertThat(bootstrap.interval(Bootstrap.mean(values))).isEqualTo(bootstrap.interval(Bootstrap.mean(values)));
        var drawn = bootstrap.drawn(times -> {
            double mean = Bootstrap.mean(values).of(times);
            return new double[] {mean, 2 * mean};
        });
        assertThat(drawn.interval(1)).isEqualTo(drawn.interval(0).times(2));
    }

    @Test
    void ratioLeavesOutDrawsWithoutABase() {
        var interval = new Bootstrap(2, 1000, 1).interval(Bootstrap.ratio(new double[] {3, 6}, new double[] {0, 2}));

        assertThat(interval.value()).isEqualTo(4.5);
        assertThat(interval.low()).isEqualTo(3); // 6 / 2; with the first problem alone there is no ratio
        assertThat(interval.high()).isEqualTo(4.5);
    }

    @Test
    void needsTwoProblems() {
        assertThatThrownBy(() -> new Bootstrap(1, 1000, 0)).hasMessageContaining("2 problems or more, got 1");
    }
}
