package parathink.eval.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SelectionCurveTest {
    private static SelectionCurve curve(Selection selection, List<Trial> trials) {
        return SelectionCurve.of(trials, Intervals.DEFAULT).stream()
                .filter(curve -> curve.selection() == selection)
                .findFirst()
                .orElseThrow();
    }

    private static List<Draw> pool(Random random, int size) {
        var pool = new ArrayList<Draw>();
        for (int i = 0; i < size; i++) {
            pool.add(Cases.scored(
                    String.valueOf("rvw-".charAt(random.nextInt(4))), random.nextInt(4) / 4.0)); // many ties
        }
        return pool;
    }

    @Test
    void theBestOfKIsTheMeanOverAllSubsets() {
        var random = new Random(4);
        for (int round = 0; round < 30; round++) {
            var pool = pool(random, 9);
            if (pool.stream().noneMatch(draw -> draw.answer().isPresent())) {
                continue;
            }
            for (var point :
                    curve(Selection.BEST_BY_SCORE, List.of(Cases.of("p", pool))).points()) {
                assertThat(point.accuracy().value()).isCloseTo(meanOverSubsets(pool, point.k(), true), within(1e-12));
                assertThat(point.error()).isZero();
            }
        }
    }

    @Test
    void theWeightedVoteIsTheMeanOverAllSubsetsWithinItsError() {
        var random = new Random(8);
        int beyond = 0;
        int points = 0;
        for (int round = 0; round < 30; round++) {
            var pool = pool(random, 9);
            for (var point :
                    curve(Selection.VOTE_BY_SCORE, List.of(Cases.of("p", pool))).points()) {
                double exact = meanOverSubsets(pool, point.k(), false);
                double miss = Math.abs(point.accuracy().value() - exact);
                assertThat(miss).isLessThanOrEqualTo(5 * point.error() + 1e-12);
                beyond += miss > 1.96 * point.error() + 1e-12 ? 1 : 0;
                points++;
            }
        }
        assertThat((double) beyond / points).isLessThan(0.15); // 5 % are expected
    }

    @Test
    void aWeightedVoteOfOneCompletionIsExact() {
        var random = new Random(8);
        for (int round = 0; round < 30; round++) {
            var pool = pool(random, 9);
            var one = curve(Selection.VOTE_BY_SCORE, List.of(Cases.of("p", pool)))
                    .points()
                    .getFirst();

            assertThat(one.k()).isEqualTo(1);
            assertThat(one.accuracy().value()).isCloseTo(meanOverSubsets(pool, 1, false), within(1e-12));
            assertThat(one.error()).isZero();
        }
    }

    private static double meanOverSubsets(List<Draw> pool, int k, boolean best) {
        double sum = 0;
        int subsets = 0;
        for (int chosen = 0; chosen < 1 << pool.size(); chosen++) {
            if (Integer.bitCount(chosen) == k) {
                var subset = new ArrayList<Draw>();
                for (int i = 0; i < pool.size(); i++) {
                    if ((chosen >> i & 1) == 1 && pool.get(i).answer().isPresent()) {
                        subset.add(pool.get(i));
                    }
                }
                sum += best ? creditOfBest(subset) : creditOfVote(subset);
                subsets++;
            }
        }
        return sum / subsets;
    }

    private static double creditOfBest(List<Draw> subset) {
        double most =
                subset.stream().mapToDouble(SelectionCurveTest::score).max().orElse(-1);
        return subset.stream()
                .filter(draw -> score(draw) == most)
                .mapToDouble(draw -> draw.right() ? 1 : 0)
                .average()
                .orElse(0);
    }

    private static double creditOfVote(List<Draw> subset) {
        var weights = new HashMap<String, Double>();
        subset.forEach(draw -> weights.merge(draw.answer().orElseThrow(), score(draw), Double::sum));
        double most =
                weights.values().stream().mapToDouble(weight -> weight).max().orElse(0);
        return most == 0
                ? 0
                : weights.entrySet().stream()
                        .filter(entry -> entry.getValue() == most)
                        .mapToDouble(entry -> entry.getKey().equals("r") ? 1 : 0)
                        .average()
                        .orElseThrow();
    }

    private static double score(Draw draw) {
        return draw.scores().score().orElseThrow();
    }

    @Test
    void aSelectionWhoseScoresAreMissingHasNoCurveAndSaysWhy() {
        var draws = new ArrayList<>(pool(new Random(1), 5));
        var answered = Cases.trial("p", "r").draws().getFirst();
        draws.add(answered);

        assertThat(SelectionCurve.of(List.of(Cases.of("p", draws)), Intervals.DEFAULT))
                .isEmpty();
        long answers = draws.stream().filter(draw -> draw.answer().isPresent()).count();
        assertThat(SelectionCurve.leftOut(List.of(Cases.of("p", draws))))
                .containsExactly(
                        "No curve of 'best by score': 1 of " + answers + " completions with an answer lack it.",
                        "No curve of 'vote by score': 1 of " + answers + " completions with an answer lack it.");
        assertThat(SelectionCurve.leftOut(List.of(Cases.trial("p", "r w")))).isEmpty(); // nobody asked for scores
    }
}
