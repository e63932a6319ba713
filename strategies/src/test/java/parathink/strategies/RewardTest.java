package parathink.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import parathink.models.Budget;
import parathink.models.Completion;
import parathink.models.LocalEngine;
import parathink.models.ModelException;
import parathink.models.Reward;
import parathink.models.RewardModel;
import parathink.models.RewardedEngine;
import parathink.models.ScriptedModel;

final class RewardTest {
    /** Likes question marks: one point each, and reads every character, up to so many. */
    private static final class Curious implements RewardModel {
        private final int longest;
        private boolean closed;

        Curious(int longest) {
            this.longest = longest;
        }

        @Override
        public List<Reward> rewards(String question, List<Completion> completions) {
            return completions.stream()
                    .map(completion -> completion.text().length() > longest
                            ? new Reward(OptionalDouble.empty(), 0)
                            : new Reward(
                                    OptionalDouble.of(completion
                                            .text()
                                            .replaceAll("[^?]", "")
                                            .length()),
                                    question.length() + completion.text().length()))
                    .toList();
        }

        @Override
        public Map<String, String> versions() {
            return Map.of("reward", "sha256:00");
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static Solved solve(Strategy strategy, RewardModel curious, String... scripts) {
        return Solved.by(
                strategy, new RewardedEngine(new LocalEngine(new ScriptedModel(scripts)), curious), Budget.UNLIMITED);
    }

    @Test
    void theBestRewardedAnswerWinsAndItsReadingIsOnTheJudgesBill() {
        var curious = new Curious(100);
        var solved = solve(
                new BestOfN(4, Verifier.SCORE, StrategyContract.GREEDY), curious, "? = a", "?? = b", "= a", "???");

        assertThat(solved.answer()).isEqualTo("b");
        assertThat(solved.outcome().scores()).isEqualTo(Map.of("0/0", 1.0, "0/1", 2.0, "0/2", 0.0));
        int asked = Solved.QUESTION.asked().length();
        assertThat(solved.usage().judgePrefill()).isEqualTo(3L * asked + 5 + 6 + 3); // one has no answer to be scored
        assertThat(solved.usage().judgeWork()).isZero();
        assertThat(solved.usage().prefill() - solved.usage().judgePrefill()).isEqualTo("Q: two and two?\nA: ".length());
        assertThat(solved.usage().work()).isEqualTo(5 + 6 + 3 + 3 + 4L * ScriptedModel.OVERHEAD); // a character a token
        assertThat(curious.closed).isTrue();
    }

    @Test
    void aVoteWeighsRewards() {
        var strategy = new WeightedVote(4, Verifier.SCORE, 0, StrategyContract.GREEDY);
        var solved = solve(strategy, new Curious(100), "??? = a", "? = b", "?? = b", "? = b");
        assertThat(solved.answer()).isEqualTo("b");
        assertThat(solved.outcome().votes()).extracting(Vote::weight).containsExactly(4.0, 3.0);
    }

    @Test
    void anAnswerThatItCannotReadDoesNotWinAndIsCounted() {
        RewardModel shortSighted = new Curious(6);
        var best = solve(
                new BestOfN(3, Verifier.SCORE, StrategyContract.GREEDY), shortSighted, "?????? = a", "? = b", "= a");
        assertThat(best.answer()).isEqualTo("b");
        assertThat(best.outcome().scores()).isEqualTo(Map.of("0/1", 1.0, "0/2", 0.0));
        assertThat(best.outcome().notes()).containsEntry("not scored", "1");

        var weighted = solve(
                new WeightedVote(3, Verifier.SCORE, 0, StrategyContract.GREEDY),
                shortSighted,
                "?????? = a",
                "? = b",
                "= a");
        assertThat(weighted.answer()).isEqualTo("b");
        assertThat(weighted.outcome().notes()).containsEntry("not scored", "1");
    }

    @Test
    void itIsNamedInTheRecord() {
        try (var engine = new RewardedEngine(new LocalEngine(new ScriptedModel("= a")), new Curious(100))) {
            assertThat(engine.provenance().versions()).containsEntry("reward", "sha256:00");
        }
    }

    @Test
    void withoutARewardModelWhatIsNeededIsSaid() {
        assertThatThrownBy(() -> Solved.by(new BestOfN(1, Verifier.SCORE, StrategyContract.GREEDY), "= a"))
                .isInstanceOfSatisfying(
                        ModelException.class, e -> assertThat(e.kind()).isEqualTo(ModelException.Kind.UNABLE))
                .hasMessageContaining("needs the score of every completion")
                .hasMessageEndingWith("or give --reward MODEL");
    }
}
