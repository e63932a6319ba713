package parathink.eval.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import parathink.eval.directory.Finish;
import parathink.eval.directory.RunDirectory;
import parathink.eval.evidence.Scores;

/** What is right is the answer {@code 1}. */
final class VoteDrawingTest {
    private static final int ORDERS = 4000;

    private static List<RunDirectory.Draw> draws(String answers, double... scores) {
        var draws = new ArrayList<RunDirectory.Draw>();
        for (int i = 0; i < scores.length; i++) {
            var answer = Optional.of(answers.substring(i, i + 1)).filter(given -> !given.equals("-"));
            var score = Double.isNaN(scores[i]) ? OptionalDouble.empty() : OptionalDouble.of(scores[i]);
            draws.add(new RunDirectory.Draw(
                    "0/" + i,
                    "branch",
                    0,
                    10,
                    Finish.STOP,
                    answer,
                    answer,
                    answer.map("1"::equals),
                    Scores.of(score, OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty()),
                    0,
                    0));
        }
        return draws;
    }

    private static double[] means(ScoredVote vote, String answers, double... scores) {
        return new VoteDrawing(vote, draws(answers, scores), scores.length)
                .expect(scores.length, ORDERS, new SplittableRandom(11))
                .means();
    }

    @Test
    void aWeightedVoteIsThatOfTheSubsetsWeightedByHand() {
        // one right of weight 3, two alike of weight 2: of two, the right one beats either, else the wrong ones; of
        // three, 4 beats 3
        var means = means(new ScoredVote.Weighted(false), "122", 3, 2, 2);

        assertThat(means[0]).isCloseTo(1.0 / 3, within(0.03));
        assertThat(means[1]).isCloseTo(2.0 / 3, within(0.03));
        assertThat(means[2]).isZero();
    }

    @Test
    void aLogarithmCountsAsItsExponential() {
        // e^-0.1 = 0.905 against 2 e^-0.9 = 0.813; as plain scores all would weigh nothing
        assertThat(means(new ScoredVote.Weighted(true), "122", -0.1, -0.9, -0.9)[2])
                .isEqualTo(1, within(1e-9));
    }

    @Test
    void rankVotesAreCountedAmongThoseDrawnOnly() {
        // of three: 3^2 = 9 for the first rank against 2^2 + 1 = 5; of two, 4 against 1, or both wrong
        var means = means(new ScoredVote.Borda(2), "122", 0.9, 0.5, 0.4);

        assertThat(means[0]).isCloseTo(1.0 / 3, within(0.03));
        assertThat(means[1]).isCloseTo(2.0 / 3, within(0.03));
        assertThat(means[2]).isEqualTo(1, within(1e-9));
    }

    @Test
    void aCompletionWithoutAnAnswerKeepsItsRank() {
        // votes 3, 2, 1 by rank: the right one has 2, the wrong one 1
        assertThat(means(new ScoredVote.Borda(1), "-12", 0.9, 0.5, 0.4)[2]).isEqualTo(1, within(1e-9));
        // 4 against 2 + 1; if the ranks below moved up, 3 + 2 would win
        assertThat(means(new ScoredVote.Borda(1), "2-11", 0.9, 0.5, 0.4, 0.3)[3])
                .isZero();
    }

    @Test
    void theLeastConfidentDoNotVote() {
        // the median of 1, 2, 2, 5 is 2: three vote, 5 against 4
        assertThat(means(new ScoredVote.MostConfident(50), "1222", 5, 2, 2, 1)[3])
                .isEqualTo(1, within(1e-9));
        // all vote: 5 against 2 + 2 + 1, a tie that the earlier one wins, which is the right one in one order of four
        assertThat(means(new ScoredVote.MostConfident(100), "1222", 5, 2, 2, 1)[3])
                .isCloseTo(0.25, within(0.03));
    }

    @Test
    void nothingWithoutAVoteIsRightAndItsErrorIsZero() {
        var expected = new VoteDrawing(new ScoredVote.Weighted(false), draws("-1", 1, Double.NaN), 3)
                .expect(3, 50, new SplittableRandom(1));

        assertThat(expected.means()).containsExactly(0, 0, 0);
        assertThat(expected.variances()).containsExactly(0, 0, 0);
    }

    @Test
    void theErrorIsThatOfAShareOfSoManyOrders() {
        var expected = new VoteDrawing(new ScoredVote.Weighted(false), draws("12-", 1, 1, Double.NaN), 3)
                .expect(2, ORDERS, new SplittableRandom(3));

        double share = expected.means()[1]; // of two, the first one that has an answer: right in three of six orders
        assertThat(share).isCloseTo(0.5, within(0.03));
        assertThat(expected.variances()[1]).isCloseTo(share * (1 - share) / (ORDERS - 1), within(1e-15));
    }

    @Test
    void oneCompletionByItselfIsNotDrawn() {
        var expected = new VoteDrawing(new ScoredVote.Weighted(false), draws("12-", 1, 1, Double.NaN), 3)
                .expect(2, 2, new SplittableRandom(3));

        assertThat(expected.means()[0]).isEqualTo(1.0 / 3); // one of three is right
        assertThat(expected.variances()[0]).isZero();
    }
}
