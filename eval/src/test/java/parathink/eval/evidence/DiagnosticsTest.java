package parathink.eval.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DiagnosticsTest {
    @Test
    void slopeOfAMajorityIsThatOfItsPolynomial() {
        // three: mu -> (3 mu - mu^3) / 2, slope 3/2; five: 15/8
        assertThat(PhaseTransition.slope(3)).isCloseTo(1.5, within(1e-12));
        assertThat(PhaseTransition.slope(5)).isCloseTo(1.875, within(1e-12));
        assertThat(PhaseTransition.slope(1)).isCloseTo(1, within(1e-12));
    }

    @Test
    void signalAndCorrelationAreWhatPaperAndPencilGive() {
        // signs + + - and + + +: mu = (1/3 + 1) / 2 = 2/3; products of pairs: (1 - 1 - 1) / 3 and 1, mean 1/3
        var phase = PhaseTransition.of(List.of(Cases.trial("a", "r r w"), Cases.trial("b", "r r r")))
                .orElseThrow();

        assertThat(phase.mu()).isCloseTo(2.0 / 3, within(1e-12));
        double rho = (1.0 / 3 - 4.0 / 9) / (1 - 4.0 / 9);
        assertThat(phase.rho()).isCloseTo(rho, within(1e-12));
        assertThat(phase.fanIn()).isEqualTo(3);
        assertThat(phase.alpha()).isCloseTo(rho + (1 - rho) * 1.5, within(1e-12));
        assertThat(phase.s()).isCloseTo(Math.log(rho + (1 - rho) * 1.5) / Math.log(3), within(1e-12));
        assertThat(phase.cautions()).anyMatch(caution -> caution.contains("2 attempts are few"));
    }

    @Test
    void betaIsTheSlopeOfTheSignalAgainstTheLimitOfTokens() {
        // right within 1, 2, 4 and 8 tokens: 6, 7, 8 and 9 of 10, mu 0.2, 0.4, 0.6, 0.8
        var draws = new java.util.ArrayList<Draw>();
        for (int i = 0; i < 6; i++) {
            draws.add(Cases.ofLength(true, 1));
        }
        for (int tokens : new int[] {2, 4, 8}) {
            draws.add(Cases.ofLength(true, tokens));
        }
        draws.add(Cases.ofLength(false, 8));

        var phase = PhaseTransition.of(List.of(Cases.of("p", draws))).orElseThrow();

        // limits are the tenths of the nine lengths: 1 (as often as it comes), 2, 4, 8
        double[] x = {0, Math.log(2), Math.log(4), Math.log(8)};
        double[] y = {Math.log(0.2), Math.log(0.4), Math.log(0.6), Math.log(0.8)};
        double slope = (-1.5 * y[0] - 0.5 * y[1] + 0.5 * y[2] + 1.5 * y[3]) / (5 * x[1]);
        assertThat(phase.beta().orElseThrow()).isCloseTo(slope, within(1e-12));
        assertThat(phase.manyBeatOne()).contains(phase.s() > slope);
    }

    @Test
    void costOfACompletionIsTheFormulaOfThePaper() {
        var shape = new ModelShape(2, 4, 2, 8);

        // a layer: (2 16 + 2 4 2 + 3 4 8) T + 4 T (T + 1) / 2 with T = 3: 144 3 + 24
        assertThat(shape.cost(3)).isEqualTo(2 * (144 * 3 + 24));
    }

    @Test
    void shorterCompletionsBuyMoreOfThemAtTheSameCost() {
        // four completions: right in 2 tokens, right in 10, wrong in 2, wrong in 10; mean 6 whole, 2 at limit 2
        var pool = Cases.of(
                "p",
                List.of(
                        Cases.ofLength(true, 2),
                        Cases.ofLength(true, 10),
                        Cases.ofLength(false, 2),
                        Cases.ofLength(false, 10)));

        var cost = EqualCost.of(List.of(pool), Optional.empty()).orElseThrow();

        assertThat(cost.points())
                .contains(
                        new EqualCost.Point(1, 10, 1, 0.5), // 2 of 4 right
                        new EqualCost.Point(
                                1, 2, 3, 0.75)); // 1 of 4 right within 2: three of them miss it once in four
        assertThat(cost.best().getFirst().limit()).isEqualTo(2);
        assertThat(cost.points()).noneMatch(point -> point.completions() > 4);
    }

    @Test
    void attentionMakesLongCompletionsDearerThanTheirTokens() {
        var pool = Cases.of(
                "p",
                List.of(
                        Cases.ofLength(true, 2),
                        Cases.ofLength(true, 10),
                        Cases.ofLength(false, 10),
                        Cases.ofLength(false, 10)));
        var shape = new ModelShape(1, 1, 1, 1);

        var cost = EqualCost.of(List.of(pool), Optional.of(shape)).orElseThrow();

        // linear part 7: limit 2 costs 7 2 + 3 = 17; whole ones (17 + 3 (70 + 55)) / 4 = 98
        assertThat(cost.points())
                .filteredOn(point -> point.budget() == 1 && point.limit() == 10)
                .singleElement()
                .satisfies(point -> assertThat(point.completions()).isEqualTo(1));
        assertThat(cost.points()).noneMatch(point -> point.limit() == 2); // 98 / 17 = 5.8 are more than the pool has
    }
}
