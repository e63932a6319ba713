package parathink.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import parathink.models.Budget;
import parathink.models.Confidence;
import parathink.models.ScriptedModel;

/** The scripted model has a confidence of 19 in every token, and of 7.781 in a question mark. */
final class DeepConfTest extends DrawingContract {
    private static final double DOUBT = (19 + 7.781) / 2; // of a pair with a question mark

    @Override
    Strategy strategy() {
        return with(ConfidenceMeasure.LOWEST, 90);
    }

    @Test
    void everyTextVotesWithItsConfidenceWhereAllAreKept() {
        var solved = solve(with(ConfidenceMeasure.LOWEST, 100), "= a", "? = b", "? = b");

        assertThat(solved.answer()).isEqualTo("b");
        assertThat(solved.outcome().votes().getFirst().weight()).isCloseTo(2 * DOUBT, within(1e-12));
        assertThat(solved.outcome().votes().getLast().weight()).isEqualTo(19);
        assertThat(solved.outcome().scores()).containsEntry("0/0", 19.0).hasSize(3);
        assertThat(solved.outcome().scores().get("0/2")).isCloseTo(DOUBT, within(1e-12));
    }

    @Test
    void onlyTheMostConfidentVote() {
        // the 60th percentile of 13.3905, 13.3905, 19 lies a fifth of the way from the second to the third
        var solved = solve(with(ConfidenceMeasure.LOWEST, 40), "? = b", "= a", "? = b");
        assertThat(solved.answer()).isEqualTo("a");
        assertThat(solved.outcome().votes()).extracting(Vote::count).containsExactly(1);
        assertThat(Double.parseDouble(solved.outcome().notes().get("threshold")))
                .isCloseTo(DOUBT + 0.2 * (19 - DOUBT), within(1e-9));
    }

    @Test
    void textsWithoutAnAnswerTakeNoPartInTheFilter() {
        // of the answered two, the median is halfway; with the third it would be the lower one
        var solved = solve(with(ConfidenceMeasure.LOWEST, 50), "??????", "= a", "? = b");
        assertThat(solved.outcome().votes()).extracting(Vote::count).containsExactly(1);
        assertThat(solved.answer()).isEqualTo("a");
    }

    @Test
    void measuresReadDifferentPartsOfTheText() {
        // opening ? ? = b end: seven tokens with the blanks, six pairs
        var confidence = Confidence.of(2, 19, 7.781, 7.781, 19, 19, 19, 19);
        assertThat(ConfidenceMeasure.MEAN.of(confidence, 3)).isCloseTo((5 * 19 + 2 * 7.781) / 7, within(1e-12));
        assertThat(ConfidenceMeasure.LOWEST.of(confidence, 3)).isCloseTo(7.781, within(1e-12));
        assertThat(ConfidenceMeasure.TAIL.of(confidence, 3)).isEqualTo(19);
        assertThat(ConfidenceMeasure.BOTTOM.of(confidence, 3)).isCloseTo(7.781, within(1e-12));
        var twenty = new double[21];
        java.util.Arrays.fill(twenty, 19);
        twenty[20] = 7; // of twenty pairs the lowest two are 13 and 19
        assertThat(ConfidenceMeasure.BOTTOM.of(Confidence.of(2, twenty), 3)).isCloseTo(16, within(1e-12));
    }

    @Test
    void refusesSettingsOutOfRange() {
        assertThatThrownBy(() -> with(ConfidenceMeasure.MEAN, 0))
                .hasMessageContaining("keep must be a percentage above 0 and at most 100, got 0.0");
        assertThatThrownBy(() -> new DeepConf(3, ConfidenceMeasure.MEAN, 90, 0, 1, 20, GREEDY))
                .hasMessageContaining("window must be at least 1");
    }

    private static Solved solve(Strategy strategy, String... scripts) {
        return Solved.by(strategy, new ScriptedModel(scripts).doubting("?"), Budget.UNLIMITED);
    }

    private static Strategy with(ConfidenceMeasure measure, double keep) {
        return new DeepConf(3, measure, keep, 2, 3, 20, GREEDY);
    }
}
