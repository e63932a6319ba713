package parathink.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LeadCertaintyTest {
    @Test
    void betaIsTheChanceThatFairCoinsShowNoMoreHeadsThanTheLeadHasVotes() {
        for (int a = 0; a <= 40; a++) {
            for (int b = 0; b <= Math.min(a, 20); b++) {
                assertThat(LeadCertainty.BETA.of(List.of(a, b))).isCloseTo(atMost(a, a + b + 1), within(1e-12));
            }
        }
    }

    @Test
    void aSingleAnswerIsComparedWithNone() {
        assertThat(LeadCertainty.BETA.of(List.of(4))).isCloseTo(0.96875, within(1e-15));
        assertThat(LeadCertainty.DIRICHLET.of(List.of(4))).isCloseTo(0.96875, within(1e-15));
        assertThat(LeadCertainty.BETA.of(List.of())).isZero();
        assertThat(LeadCertainty.DIRICHLET.of(List.of())).isZero();
    }

    @Test
    void dirichletIsTheChanceOfTheFirstToFillItsQuotaLast() {
        for (var counts : List.of(
                List.of(1, 1, 1),
                List.of(3, 2, 1),
                List.of(8, 3, 1, 1),
                List.of(6, 5, 5, 2, 1),
                List.of(9, 1, 1, 1, 1))) {
            int[] quotas = counts.stream().mapToInt(count -> count + 1).toArray();
            assertThat(LeadCertainty.DIRICHLET.of(counts))
                    .isCloseTo(lastToFill(quotas, new HashMap<>()), within(1e-12));
        }
        assertThat(LeadCertainty.DIRICHLET.of(List.of(1, 1, 1))).isCloseTo(1.0 / 3, within(1e-13));
    }

    @Test
    void dirichletLooksAtTheFirstFiveAnswers() {
        assertThat(LeadCertainty.DIRICHLET.of(List.of(5, 3, 2, 1, 1, 1, 1)))
                .isEqualTo(LeadCertainty.DIRICHLET.of(List.of(5, 3, 2, 1, 1)));
        assertThat(LeadCertainty.DIRICHLET.of(List.of(5, 3, 2, 1)))
                .isGreaterThan(LeadCertainty.DIRICHLET.of(List.of(5, 3, 2, 1, 1)));
    }

    @Test
    void dirichletOfManyVotesKeepsItsDigits() {
        // by symmetry the greatest of three equals is the first in a third of the cases
        assertThat(LeadCertainty.DIRICHLET.of(List.of(2000, 2000, 2000))).isCloseTo(1.0 / 3, within(1e-12));
        assertThat(LeadCertainty.DIRICHLET.of(List.of(20_000, 10_000, 5_000))).isCloseTo(1, within(1e-12));
    }

    @Test
    void isToldWhereItIsEnough() {
        var counts = List.of(5, 1, 1, 1);
        double beta = LeadCertainty.BETA.of(counts);
        double dirichlet = LeadCertainty.DIRICHLET.of(counts);
        assertThat(dirichlet).isLessThan(beta);
        assertThat(LeadCertainty.DIRICHLET.reaching(dirichlet, counts)).hasValue(dirichlet);
        assertThat(LeadCertainty.DIRICHLET.reaching(beta, counts)).isEmpty();
        assertThat(LeadCertainty.BETA.reaching(beta, counts)).hasValue(beta);
        assertThat(LeadCertainty.BETA.reaching(0.5, List.of())).isEmpty();
    }

    @Test
    void dirichletIsNeverAboveBeta() {
        for (int second = 0; second <= 6; second++) {
            for (int third = 0; third <= second; third++) {
                var counts = List.of(6, second, third);
                assertThat(LeadCertainty.DIRICHLET.of(counts)).isLessThanOrEqualTo(LeadCertainty.BETA.of(counts));
            }
        }
    }

    /** P(X <= k) for the heads of n fair coins, summed from Pascal's triangle. */
    private static double atMost(int k, int n) {
        double[] row = {1};
        for (int i = 1; i <= n; i++) {
            var next = new double[i + 1];
            for (int j = 0; j <= i; j++) {
                next[j] = ((j > 0 ? row[j - 1] : 0) + (j < i ? row[j] : 0)) / 2;
            }
            row = next;
        }
        return Arrays.stream(row, 0, k + 1).sum();
    }

    /**
     * Independent gamma variables of whole shapes are the times at which independent Poisson streams of one rate bring their
     * quotas; so the first is the greatest when, of equally likely events, its quota is the last to be filled.
     */
    private static double lastToFill(int[] left, Map<List<Integer>, Double> known) {
        int open = (int) Arrays.stream(left).filter(quota -> quota > 0).count();
        if (left[0] == 0) {
            return 0;
        }
        if (open == 1) {
            return 1;
        }
        var key = new ArrayList<Integer>();
        Arrays.stream(left).forEach(key::add);
        var before = known.get(key);
        if (before != null) {
            return before;
        }
        double chance = 0;
        for (int i = 0; i < left.length; i++) {
            if (left[i] > 0) {
                left[i]--;
                chance += lastToFill(left, known) / open;
                left[i]++;
            }
        }
        known.put(key, chance);
        return chance;
    }
}
