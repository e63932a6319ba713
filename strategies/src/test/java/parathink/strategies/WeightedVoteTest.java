package parathink.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import parathink.models.Completion;
import parathink.models.Confidence;
import parathink.models.FinishReason;

final class WeightedVoteTest extends DrawingContract {
    @Override
    Strategy strategy() {
        return new WeightedVote(3, Verifier.LOGPROB, 0, GREEDY);
    }

    @Test
    void votesCountWhatTheVerifierGivesThem() {
        var solved = Solved.by(new WeightedVote(3, Verifier.RULE, 0, GREEDY), "= c", "= c", "= e");
        assertThat(solved.answer()).isEqualTo("e");
        assertThat(solved.outcome().votes()).extracting(Vote::weight).containsExactly(1.0, 0.0);
        assertThat(solved.outcome().votes()).extracting(Vote::count).containsExactly(1, 2);
    }

    @Test
    void aVoteByLikelihoodCountsTheGeometricMeanProbability() {
        var completion = new Completion(
                "0",
                "= a",
                3,
                FinishReason.STOP,
                1,
                OptionalDouble.of(Math.log(0.25)),
                OptionalDouble.empty(),
                Confidence.UNKNOWN,
                "",
                false);
        double score = Verifier.LOGPROB.score(Solved.QUESTION, completion).orElseThrow();
        assertThat(Verifier.LOGPROB.weight(score)).isCloseTo(0.25, within(1e-12));
    }
}
