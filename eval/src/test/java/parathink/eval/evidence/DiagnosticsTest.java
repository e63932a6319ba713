package parathink.eval.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parathink.models.ModelSize;

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
        assertThat(phase.cautions()).anyMatch(caution -> caution.contains("2 problems are few"));
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
    void aProblemWeighsTheSameHoweverOftenItWasAttempted() {
        var trials = List.of(
                Cases.trial("a", 0, "r r r"),
                Cases.trial("a", 1, "r r r"),
                Cases.trial("a", 2, "r r r"),
                Cases.trial("b", 0, "w w r"));

        var phase = PhaseTransition.of(trials).orElseThrow();

        // signs: a has mean 1, b -1/3; products of pairs 1 and (1 - 1 - 1) / 3
        assertThat(phase.mu()).isCloseTo(1.0 / 3, within(1e-12));
        assertThat(phase.rho()).isCloseTo((1.0 / 3 - 1.0 / 9) / (1 - 1.0 / 9), within(1e-12));
        assertThat(phase.cautions()).anyMatch(caution -> caution.contains("2 problems are few"));
    }

    @Test
    void equalCostIsAMeanOverProblemsWithAnInterval() {
        var right = List.of(Cases.ofLength(true, 10), Cases.ofLength(true, 10));
        var wrong = List.of(Cases.ofLength(false, 4), Cases.ofLength(false, 10));
        var trials = List.of(
                Cases.of("a", 0, right), Cases.of("a", 1, right), Cases.of("a", 2, right), Cases.of("b", 0, wrong));

        var cost = EqualCost.of(trials, Optional.empty(), Intervals.DEFAULT).orElseThrow();

        var whole = cost.points().stream()
                .filter(point -> point.budget() == 1 && point.limit() == 10)
                .findFirst()
                .orElseThrow();
        assertThat(cost.problems()).isEqualTo(2);
        assertThat(whole.success().value()).isEqualTo(0.5); // one of two problems, not three of four attempts
        // 1 of 2 problems, with 2 of 4 added, are 3 of 6
        assertThat(whole.success().low()).isCloseTo(0.5 - 1.959964 * Math.sqrt(0.25 / 6), within(1e-6));
        assertThat(whole.success().high()).isCloseTo(0.5 + 1.959964 * Math.sqrt(0.25 / 6), within(1e-6));
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

        var cost =
                EqualCost.of(List.of(pool), Optional.empty(), Intervals.DEFAULT).orElseThrow();

        assertThat(success(cost, 1, 10)).isEqualTo(0.5); // 2 of 4 right, one of them drawn
        assertThat(success(cost, 1, 2))
                .isCloseTo(0.75, within(1e-12)); // 1 of 4 right within 2: three miss it once in four
        assertThat(cost.multiplyAccumulates()).isFalse();
        assertThat(cost.best().getFirst().limit()).isEqualTo(2);
        assertThat(cost.points()).noneMatch(point -> point.completions() > 4);
    }

    private static double success(EqualCost cost, int budget, int limit) {
        return cost.points().stream()
                .filter(point -> point.budget() == budget && point.limit() == limit)
                .findFirst()
                .orElseThrow()
                .success()
                .value();
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
        var size = new ModelSize(1, 1, 1, 1, 1);

        var cost = EqualCost.of(List.of(pool), Optional.of(size), Intervals.DEFAULT)
                .orElseThrow();

        // linear part 7: limit 2 costs 7 2 + 3 = 17; whole ones (17 + 3 (70 + 55)) / 4 = 98
        assertThat(cost.points())
                .filteredOn(point -> point.budget() == 1 && point.limit() == 10)
                .singleElement()
                .satisfies(point -> assertThat(point.completions()).isEqualTo(1));
        assertThat(cost.points()).noneMatch(point -> point.limit() == 2); // 98 / 17 = 5.8 are more than the pool has
        assertThat(cost.multiplyAccumulates()).isTrue();
    }
}
