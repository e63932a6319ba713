package parathink.eval.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LawsTest {
    private static Trial problem(String id, int right, int wrong) {
        var words = new ArrayList<>(Collections.nCopies(right, "r"));
        words.addAll(Collections.nCopies(wrong, "w"));
        return Cases.trial(id, String.join(" ", words));
    }

    @Test
    void theFitFindsTheLawThatMadeThePoints() {
        var observed = IntStream.rangeClosed(1, 40)
                .mapToDouble(n -> 0.7 * (1 - Math.pow(1 - 0.15, n)))
                .toArray();

        var law = SaturationLaw.fit(observed);

        assertThat(law.limit()).isCloseTo(0.7, within(1e-6));
        assertThat(law.chance()).isCloseTo(0.15, within(1e-6));
    }

    @Test
    void saturationIsTheFirstNumberWhoseNextAddsNoMore() {
        for (double gain : new double[] {0.01, 0.005, 0.05}) {
            var law = new SaturationLaw(0.8, 0.2);
            int found = law.saturation(gain).orElseThrow();
            assertThat(law.at(found + 1) - law.at(found)).isLessThanOrEqualTo(gain + 1e-12);
            assertThat(law.at(found) - law.at(found - 1)).isGreaterThan(gain);
        }
        assertThat(new SaturationLaw(0.8, 0.01).saturation(0.01)).isEqualTo(OptionalInt.of(0)); // the first adds 0.008
    }

    @Test
    void betaBinomialOfShapesOneAndOneIsOneOverNPlusOneShort() {
        // a uniform chance fails N times with the chance 1 / (N + 1)
        for (int n : new int[] {1, 4, 100}) {
            assertThat(new BetaBinomial(1, 1).at(n)).isCloseTo(1 - 1.0 / (n + 1), within(1e-12));
        }
    }

    @Test
    void maximumLikelihoodFindsTheShapesThatMadeTheCounts() {
        var random = new SplittableRandom(17);
        int problems = 4000;
        var right = new double[problems];
        var drawn = new double[problems];
        for (int i = 0; i < problems; i++) {
            // the second smallest of three uniform numbers follows beta(2, 2)
            var three = new double[] {random.nextDouble(), random.nextDouble(), random.nextDouble()};
            java.util.Arrays.sort(three);
            drawn[i] = 20;
            for (int k = 0; k < 20; k++) {
                right[i] += random.nextDouble() < three[1] ? 1 : 0;
            }
        }

        var law = BetaBinomial.fit(right, drawn);

        assertThat(law.mean()).isCloseTo(0.5, within(0.015)); // its standard error is 0.004
        assertThat(law.a() + law.b()).isCloseTo(4, within(0.4)); // its standard error is about 0.1
    }

    @Test
    void noOtherShapesNearbyAreMoreLikely() {
        double[] right = {0, 0, 3, 8, 10, 1, 0, 6};
        double[] drawn = {10, 10, 10, 10, 10, 10, 10, 10};

        var law = BetaBinomial.fit(right, drawn);

        double best = law.logLikelihood(right, drawn);
        for (double a : new double[] {0.97, 1, 1.03}) {
            for (double b : new double[] {0.97, 1, 1.03}) {
                assertThat(new BetaBinomial(a * law.a(), b * law.b()).logLikelihood(right, drawn))
                        .isLessThanOrEqualTo(best + 1e-9);
            }
        }
    }

    @Test
    void problemsOfUnequalDifficultyFitTheSecondLawBetter() {
        var trials = new ArrayList<Trial>();
        for (int i = 0; i <= 16; i++) {
            trials.add(problem("p" + i, i, 16 - i)); // chances spread evenly: the second law with shapes 1 and 1
        }

        var laws = Laws.of(trials, Intervals.DEFAULT).orElseThrow();

        assertThat(laws.points()).hasSize(16);
        assertThat(laws.points().getFirst().observed()).isCloseTo(0.5, within(1e-12));
        assertThat(laws.betaBinomial().a()).isCloseTo(1, within(0.01));
        assertThat(laws.betaBinomial().b()).isCloseTo(1, within(0.01));
        assertThat(laws.betaBinomialResidual()).isLessThan(0.01);
        assertThat(laws.residual()).isGreaterThan(3 * laws.betaBinomialResidual());
        assertThat(laws.limit().low()).isLessThan(laws.limit().value());
    }

    @Test
    void thereIsNoLawOfFewPointsOrOfNothingRight() {
        assertThat(Laws.of(List.of(problem("a", 1, 2)), Intervals.DEFAULT)).isEmpty();
        assertThat(Laws.of(List.of(problem("a", 0, 9)), Intervals.DEFAULT)).isEmpty();
        assertThat(Laws.of(List.of(problem("a", 9, 0)), Intervals.DEFAULT)).isEmpty();
    }
}
