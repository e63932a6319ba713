package parathink.eval.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ResamplesTest {
    private static final int PROBLEMS = 37;

    /** Plainly, from one stream: the draws of a resample one after the other. */
    private static int[][] drawn(int count, long seed, int problems) {
        var random = new SplittableRandom(seed);
        var times = new int[count][problems];
        for (var resample : times) {
            for (int i = 0; i < problems; i++) {
                resample[random.nextInt(problems)]++;
            }
        }
        return times;
    }

    @Test
    void drawsAllResamplesFromOneStreamInOrderWhoeverFiguresThem() {
        var expected = drawn(2003, 5, PROBLEMS); // not a multiple of what is taken together

        var figures = new Resamples(2003, 5, PROBLEMS)
                .figures(times -> Arrays.stream(times).asDoubleStream().toArray());

        for (int resample = 0; resample < expected.length; resample++) {
            assertThat(figures[resample])
                    .containsExactly(
                            Arrays.stream(expected[resample]).asDoubleStream().toArray());
        }
    }

    @Test
    void takesTheMeanOfEachColumnOverTheProblemsDrawn() {
        var values = new double[PROBLEMS][];
        for (int problem = 0; problem < PROBLEMS; problem++) {
            values[problem] = new double[] {problem / 64.0, 1, problem % 2}; // sums of 64ths are exact
        }
        var expected = drawn(2003, 5, PROBLEMS);

        var means = new Resamples(2003, 5, PROBLEMS).means(values);

        for (int resample = 0; resample < expected.length; resample++) {
            long sum = 0;
            long odd = 0;
            for (int problem = 0; problem < PROBLEMS; problem++) {
                sum += (long) expected[resample][problem] * problem;
                odd += (long) expected[resample][problem] * (problem % 2);
            }
            assertThat(means[resample]).containsExactly(sum / 64.0 / PROBLEMS, 1, (double) odd / PROBLEMS);
        }
    }

    @Test
    void takesFewTogetherWhereThereAreManyProblems() {
        int problems = 300_000;
        var values = new double[problems][];
        Arrays.setAll(values, problem -> new double[] {problem == 7 ? 1 : 0});
        var expected = drawn(40, 9, problems);

        var means = new Resamples(40, 9, problems).means(values);

        for (int resample = 0; resample < expected.length; resample++) {
            assertThat(means[resample]).containsExactly((double) expected[resample][7] / problems);
        }
    }

    @Test
    void needsAProblemToDrawFrom() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Resamples(2000, 1, 0))
                .withMessage("cannot draw 0 problems 2000 times");
    }
}
