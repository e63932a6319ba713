package parathink.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import parathink.models.Budget;
import parathink.models.Completion;
import parathink.models.FinishReason;
import parathink.models.ScriptedModel;

/** The scripted model has a confidence of 19 in every token, and of 7.781 in a question mark; groups are pairs of tokens. */
final class DeepConfOnlineTest extends DrawingContract {
    private static final double DOUBT = (19 + 7.781) / 2; // of a pair with a question mark

    @Override
    Strategy strategy() {
        return with(3, 2, 0.95);
    }

    @Test
    void theWarmUpSetsTheFloorAndWhatFallsBelowIsEnded() {
        var solved = solve(with(4, 2, 0), "? = b", "= a", "hm, ?? = c, so = c", "= b");

        // the median of 13.3905 and 19; "hm, ?" with its opening token falls below at the sixth token
        double floor = (DOUBT + 19) / 2;
        assertThat(Double.parseDouble(solved.outcome().notes().get("floor"))).isCloseTo(floor, within(1e-9));
        var cut = solved.completions().stream()
                .filter(completion -> completion.path().equals("0/2"))
                .findFirst()
                .orElseThrow();
        assertThat(cut.finish()).isEqualTo(FinishReason.CANCELLED);
        assertThat(cut.stoppedBy()).startsWith("group confidence below 16.19");
        assertThat(cut.text()).isEqualTo("hm, ?");
        assertThat(cut.tokens()).isEqualTo(6);
        assertThat(solved.usage().work()).isEqualTo(7 + 5 + 6 + 5);
        assertThat(solved.usage().span()).isEqualTo(7 + 6);
        assertThat(solved.usage().calls()).isEqualTo(4);
        // a and b have 19 each, the first b was below the floor
        assertThat(solved.outcome().votes()).extracting(Vote::weight).containsExactly(19.0, 19.0);
        assertThat(solved.answer()).isEqualTo("a");
        assertThat(solved.outcome().notes()).containsEntry("stop", "branches");
    }

    @Test
    void anAnswerThatATextGaveBeforeItWasEndedHasNoVote() {
        var solved = solve(with(3, 2, 0), "? = b", "= a", "= b ??");
        assertThat(solved.outcome().votes()).extracting(Vote::count).containsExactly(1);
    }

    @Test
    void nothingMoreIsDrawnOnceTheVotesAgree() {
        var solved = solve(with(40, 2, 0.95), "= a", "= a", "= b");
        assertThat(solved.usage().calls()).isEqualTo(2);
        assertThat(solved.outcome().notes()).containsEntry("stop", "consensus");
    }

    @Test
    void whatIsStillDecodingIsCancelledWhenTheVotesAgree() {
        // 19 to 19 after the warm-up; 38 of 57 is two thirds
        var solved = solve(with(4, 2, 0.6), "= a", "= b", "it takes long = b", "= a");
        assertThat(solved.answer()).isEqualTo("a");
        assertThat(solved.completions()).extracting(Completion::stoppedBy).containsExactly("", "", "", "consensus");
        assertThat(solved.usage().work()).isEqualTo(4 * 5);
    }

    @Test
    void aTextShorterThanAGroupIsNotEndedAndBelowTheFloorHasNoVote() {
        var strategy = new DeepConfOnline(3, 2, 100, 50, 20, 2, 0, GREEDY);
        var solved = solve(strategy, "= a", "= a", "??? = b");
        assertThat(solved.completions()).allMatch(completion -> completion.finish() == FinishReason.STOP);
        assertThat(solved.outcome().votes()).extracting(Vote::count).containsExactly(2);
        assertThat(solved.outcome().scores()).containsKey("0/2");
    }

    @Test
    void refusesSettingsOutOfRange() {
        assertThatThrownBy(() -> with(3, 0, 0.5)).hasMessageContaining("warmup must be at least 1, got 0");
        assertThatThrownBy(() -> with(3, 1, 1.5)).hasMessageContaining("consensus must be between 0.0 and 1.0");
    }

    private static Solved solve(Strategy strategy, String... scripts) {
        return Solved.by(strategy, new ScriptedModel(scripts).doubting("?"), Budget.UNLIMITED);
    }

    private static Strategy with(int branches, int warmup, double consensus) {
        return new DeepConfOnline(branches, warmup, 50, 2, 20, 2, consensus, GREEDY);
    }
}
