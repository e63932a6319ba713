package parathink.eval.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class GraderAgreementTest {
    private static GraderAgreement.Verdict verdict(String problem, boolean first, boolean second) {
        return new GraderAgreement.Verdict(problem, 0, "1", Optional.of("one"), first, second);
    }

    @Test
    void disagreementsAndWhatHangsOnThemAreCounted() {
        var agreement = GraderAgreement.of(
                        "other",
                        List.of(
                                verdict("a", true, true),
                                verdict("b", true, true),
                                verdict("c", true, false),
                                verdict("d", false, true),
                                verdict("e", false, false),
                                new GraderAgreement.Verdict("f", 0, "1", Optional.empty(), false, false)),
                        Intervals.DEFAULT)
                .orElseThrow();

        assertThat(agreement.attempts()).isEqualTo(5);
        assertThat(agreement.accuracy()).isEqualTo(Intervals.DEFAULT.share(3, 6));
        assertThat(agreement.secondAccuracy()).isEqualTo(Intervals.DEFAULT.share(3, 6));
        assertThat(agreement.hanging()).isCloseTo(1.0 / 3, within(1e-12));
        assertThat(agreement.disagreements())
                .extracting(GraderAgreement.Disagreement::problem)
                .containsExactly("c", "d");
        // agreed 3/5; by chance (3/5)^2 + (2/5)^2 = 13/25
        assertThat(agreement.kappa()).isCloseTo((0.6 - 0.52) / 0.48, within(1e-12));
    }

    @Test
    void gradersThatGiveAllTheSameVerdictAgree() {
        var agreement = GraderAgreement.of("other", List.of(verdict("a", true, true)), Intervals.DEFAULT)
                .orElseThrow();

        assertThat(agreement.kappa()).isEqualTo(1);
        assertThat(agreement.hanging()).isZero();
    }
}
