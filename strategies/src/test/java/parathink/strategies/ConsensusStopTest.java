package parathink.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import parathink.models.Completion;
import parathink.models.FinishReason;

final class ConsensusStopTest extends DrawingContract {
    @Override
    Strategy strategy() {
        return new ConsensusStop(3, 3, 1, 2, GREEDY);
    }

    @Test
    void stopsWhenTheBranchesStillOutCannotOverturnTheLead() {
        var solved = Solved.by(
                new ConsensusStop(5, 5, 1, 2, GREEDY), "= a", "it may be = b", "= a", "or perhaps = b", "so = a");

        // two of five may still be overturned by three; the third vote leads by three with two out
        assertThat(solved.answer()).isEqualTo("a");
        assertThat(solved.outcome().notes()).containsEntry("stop", "lead");
        assertThat(solved.completions())
                .extracting(Completion::path)
                .containsExactly("0/0", "0/2", "0/4", "0/1", "0/3");
        assertThat(solved.completions().subList(3, 5))
                .allMatch(completion -> completion.finish() == FinishReason.CANCELLED
                        && completion.stoppedBy().equals("lead")
                        && completion.tokens() == 8);
        assertThat(solved.usage().work()).isEqualTo(5 + 5 + 8 + 8 + 8);
        assertThat(solved.usage().span()).isEqualTo(8);
    }

    @Test
    void asksForNoFurtherWindowWhenTheVoteIsDecided() {
        var solved = Solved.by(new ConsensusStop(5, 3, 1, 2, GREEDY), "= a", "= a", "= a", "= b", "= b");
        assertThat(solved.usage().calls()).isEqualTo(3);
        assertThat(solved.outcome().notes()).containsEntry("stop", "lead");
    }

    @Test
    void aShareOfTheVotesIsEnoughWhereThatIsAskedFor() {
        var solved = Solved.by(new ConsensusStop(40, 1, 0.8, 4, GREEDY), "= a", "= a", "= b", "= a", "= a", "= a");
        // 3 of 4 is below 0.8, 4 of 5 is not
        assertThat(solved.usage().calls()).isEqualTo(5);
        assertThat(solved.outcome().notes()).containsEntry("stop", "share");
    }

    @Test
    void theLeadRuleNeverChangesTheAnswerOfTheFullVote() {
        String[] answers = {"= a", "= b", "none"};
        for (int code = 0; code < 243; code++) {
            var scripts = new String[5];
            for (int i = 0, rest = code; i < 5; i++, rest /= 3) {
                scripts[i] = "x".repeat((3 * i + code) % 5) + " " + answers[rest % 3]; // they end in many orders
            }
            var full = Solved.by(new SelfConsistency(5, 0, GREEDY), scripts);
            var stopped = Solved.by(new ConsensusStop(5, 1 + code % 5, 1, 2, GREEDY), scripts);
            assertThat(stopped.answer()).as(String.join("|", scripts)).isEqualTo(full.answer());
            assertThat(stopped.usage().work()).isLessThanOrEqualTo(full.usage().work());
        }
    }

    @Test
    void refusesAShareThatIsNoMajority() {
        assertThatThrownBy(() -> new ConsensusStop(3, 1, 0.3, 2, GREEDY)).hasMessageContaining("share");
        assertThatThrownBy(() -> new ConsensusStop(3, 1, 0.5, 2, GREEDY)) // two votes for two answers would end it
                .hasMessage("share must be above 0.5 and at most 1, got 0.5");
        assertThatThrownBy(() -> new ConsensusStop(3, 1, 1, 0, GREEDY)).hasMessageContaining("least");
    }
}
