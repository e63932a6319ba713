package parathink.eval.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Variances, plans and forecasts, by hand. */
final class PlanningTest {
    @TempDir
    private Path folder;

    private static double[][] alternating(double[] even, double[] odd) {
        var rows = new double[12][];
        Arrays.setAll(rows, i -> i % 2 == 0 ? even : odd);
        return rows;
    }

    private static PairedVariance paired(double[][] here, double[][] there) {
        var once = new int[here.length];
        Arrays.fill(once, 1);
        return Pilot.variance(here, there, once);
    }

    @Test
    void aPilotTakesTheDrawsOffTheVarianceOfTheMeans() {
        var variance = paired(
                alternating(new double[] {1, 1}, new double[] {1, 0}),
                alternating(new double[] {0, 0}, new double[] {1, 1}));

        // differences 1 and -1/2, six each: (7.5 - 9 / 12) / 11; six repeats that differ by 0 and -1: 0.5 each, halved
        // by 2
        assertThat(variance.within()).isCloseTo(0.25, within(1e-12));
        assertThat(variance.between()).isCloseTo(6.75 / 11 - 0.125, within(1e-12));
    }

    @Test
    void aPilotOfUnequalRepeatsAddsTheVariancesOfBothRuns() {
        var variance = paired(
                alternating(new double[] {1, 1}, new double[] {1, 0}),
                alternating(new double[] {0, 0, 0}, new double[] {1, 1, 0}));

        // differences 1 and -1/6, six each: mean 5/12
        double total = (6 + 6.0 / 36 - 12 * 25.0 / 144) / 11;
        assertThat(variance.within()).isCloseTo((0.5 + 1 / 3.0) / 2, within(1e-12));
        assertThat(variance.between()).isCloseTo(total - (0.5 / 2 + 1 / 9.0) / 2, within(1e-12));
    }

    @Test
    void aDesignFromOneRunHasItsPartsTwice() {
        var run = new MadeRun(folder.resolve("pilot"), "sample");
        for (int i = 0; i < 12; i++) {
            run.attempt("p" + i, 0, i < 8 ? "1" : "2", List.of("1"), 5);
            run.attempt("p" + i, 1, i < 4 ? "1" : "2", List.of("1"), 5);
        }

        var json = Design.of(
                        List.of(run.read()),
                        new DesignSpec(
                                10,
                                0.8,
                                OptionalInt.empty(),
                                OptionalDouble.empty(),
                                OptionalDouble.empty(),
                                OptionalDouble.of(0.9),
                                0))
                .json();

        // shares 1, 1/2, 0, four each: 2 / 11 over problems; within 4 * 0.5 / 12 = 1/6, half of it in the means
        double chances = 2.0 / 11 - 1.0 / 12;
        assertThat(json.path("variance_between").asDouble()).isCloseTo(2 * 0.1 * chances, within(1e-12));
        assertThat(json.path("variance_within").asDouble()).isCloseTo(2 * (0.25 - chances), within(1e-12));
        // they disagree in 0.32273 of the attempts: 250 problems have power 0.80056, 249 have 0.79896, counted apart
        assertThat(json.path("needed").path(0).path("problems").asInt()).isEqualTo(250);
    }

    @Test
    void aPilotInWhichHardlyAnythingDiffersIsGivenOneMoreWonAndLost() {
        var here = alternating(new double[] {1}, new double[] {0});
        var there = alternating(new double[] {1}, new double[] {0});
        there[0] = new double[] {0};
        var once = new int[here.length];
        Arrays.fill(once, 1);

        var disagreement = Pilot.paired(here, there, once);

        // 1 of 12 differs: (1 + 2) / (12 + 2)
        double often = 0;
        for (int i = 0; i < disagreement.won().length; i++) {
            often += disagreement.weights()[i]
                    * (disagreement.won()[i] + disagreement.lost()[i]);
        }
        assertThat(often).isCloseTo(3.0 / 14, within(1e-12));
        assertThat(disagreement.mean()).isCloseTo(1.0 / 12, within(1e-12));
    }

    @Test
    void hindsightIsTheSmallestDifferenceThatItsOwnVarianceShows() {
        var reference = new MadeRun(folder.resolve("reference"), "sample");
        var run = new MadeRun(folder.resolve("run"), "sample");
        for (int i = 0; i < 40; i++) {
            reference.attempt("p" + i, 0, i < 6 ? "2" : "1", List.of("1"), 5);
            run.attempt("p" + i, 0, i >= 6 && i < 12 ? "2" : "1", List.of("1"), 5);
        }

        var hindsight = Hindsight.of(reference.read(), run.read(), 0.8, 1);

        // 12 of 40 differ, of which 0.22701 has power 0.8, counted apart
        assertThat(hindsight.observed().value()).isZero();
        assertThat(hindsight.smallest()).isCloseTo(0.22701, within(1e-4));
    }

    @Test
    void aForecastKnowsProblemsFromTheirRepeats() {
        var spent = List.of(new double[] {101, 103}, new double[] {105, 107}, new double[] {109, 111});

        var prediction = Prediction.of(spent, 10, 3);

        // means 102, 106, 110: 16; within 2; between 16 - 2/2 = 15; 30 * 3 * 15 + 30 * 2 + 900 * 16 / 3; Student's
        // 4.302653
        double half = 4.302653 * Math.sqrt(1350 + 60 + 4800);
        assertThat(prediction.value()).isCloseTo(3180, within(1e-9));
        assertThat(prediction.low()).isCloseTo(3180 - half, within(1e-3));
        assertThat(prediction.high()).isCloseTo(3180 + half, within(1e-3));
    }

    @Test
    void moreCompletionsVaryLessThanInProportion() {
        var run = new MadeRun(folder.resolve("lengths"), "self-consistency");
        run.attempt("a", 0, "1", List.of("1", "1"), 101, 103);
        run.attempt("b", 0, "1", List.of("1", "1"), 105, 107);
        run.attempt("c", 0, "1", List.of("1", "1"), 109, 111);

        var work = Forecast.of(run.read(), new ForecastSpec(10, 3, OptionalInt.of(8), 16))
                .work();

        // as many draws of each problem, 3 repeats of 8: between 15, within 2, 16 of the means as above
        assertThat(work.value()).isCloseTo(106 * 240, within(1e-9));
        double half = 4.302653 * Math.sqrt(240 * 24 * 15 + 240 * 2 + 240.0 * 240 * 16 / 3);
        assertThat(work.high() - work.value()).isCloseTo(half, within(1e-2));
    }

    @Test
    void cachesOfTextsWithPromptsOfTheirOwnAreNotForecast() {
        var spec = new ForecastSpec(10, 1, OptionalInt.empty(), 2);
        var one = new MadeRun(folder.resolve("one"), "self-consistency");
        one.attempt("a", 0, "1", List.of("1", "1"), 3, 3).attempt("b", 0, "1", List.of("1", "1"), 3, 3);
        var forecast = Forecast.of(one.read(), spec);
        // two problems at once with a trunk of 10 and two branches of 13; keys and values of 2 layers, 4 wide, 4 bytes
        // each
        assertThat(forecast.json().path("cache_bytes").asLong()).isEqualTo(2 * (10 + 2 * 13) * 2 * 2 * 4 * 4);

        var several = new MadeRun(folder.resolve("several"), "deepprune");
        several.beside("a", 0, "j/0").attempt("a", 0, "1", List.of("1", "1"), 3, 3);
        several.attempt("b", 0, "1", List.of("1", "1"), 3, 3);
        var other = Forecast.of(several.read(), spec);
        assertThat(other.json().path("cache_bytes").isNull()).isTrue();
        assertThat(other.json().path("cache_bytes_at_most").isNull()).isTrue();
        assertThat(other.terminal())
                .contains("caches unknown, as the pilot's strategy does not begin all texts with one prompt");
    }

    @Test
    void aForecastFromOneRepeatIsAtItsWidest() {
        var spent = List.of(new double[] {102}, new double[] {106}, new double[] {110});

        var prediction = Prediction.of(spent, 10, 3);

        // all 16 between problems: 30 * 3 * 16 + 900 * 16 / 3
        assertThat(prediction.high() - prediction.value()).isCloseTo(4.302653 * Math.sqrt(6240), within(1e-3));
    }
}
