package parathink.eval.judging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import parathink.datasets.IntegerFormat;
import parathink.datasets.Question;
import parathink.models.Usage;
import parathink.strategies.judges.Pair;

final class PairRankingTest {
    private static final int[] ONCE = {1};

    @Test
    void theAreaIsTheChanceThatASamePairIsAboveADifferentOne() {
        // of 2 x 2 comparisons 0.9 wins both, 0.5 wins one and draws one
        var ranking = new PairRanking(List.of(problem(List.of(0.9, 0.5, 0.5, 0.1), List.of(true, true, false, false))));
        assertThat(ranking.auroc(ONCE)).isEqualTo(3.5 / 4);
    }

    @Test
    void theAreaIsThatOfAllComparisonsOneByOne() {
        var random = new Random(3);
        var problems = new ArrayList<JudgedProblem>();
        for (int problem = 0; problem < 4; problem++) {
            var verdicts = new ArrayList<Double>();
            var same = new ArrayList<Boolean>();
            for (int i = 0; i < 20; i++) {
                verdicts.add(random.nextInt(8) / 8.0); // with ties
                same.add(random.nextBoolean());
            }
            problems.add(problem(verdicts, same));
        }
        int[] times = {2, 0, 1, 3};
        assertThat(new PairRanking(problems).auroc(times)).isCloseTo(bruteForce(problems, times), within(1e-12));
    }

    private static double bruteForce(List<JudgedProblem> problems, int[] times) {
        double won = 0;
        double all = 0;
        for (int a = 0; a < problems.size(); a++) {
            for (int b = 0; b < problems.size(); b++) {
                for (int i = 0; i < 20; i++) {
                    for (int j = 0; j < 20; j++) {
                        if (problems.get(a).same().get(i)
                                && !problems.get(b).same().get(j)) {
                            double weight = (double) times[a] * times[b];
                            int order = problems.get(a)
                                    .verdicts()
                                    .get(i)
                                    .compareTo(problems.get(b).verdicts().get(j));
                            won += weight * (order > 0 ? 1 : order == 0 ? 0.5 : 0);
                            all += weight;
                        }
                    }
                }
            }
        }
        return won / all;
    }

    @Test
    void trueNegativesAreThoseBelowTheThresholdThatLosesAFifthOfTheSamePairs() {
        // five same pairs: one may be lost, that at 0.3; below 0.4 are then three of the four different ones
        var verdicts = List.of(0.1, 0.2, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7, 0.8);
        var same = List.of(false, false, true, false, true, true, false, true, true);
        assertThat(new PairRanking(List.of(problem(verdicts, same))).trueNegatives(ONCE))
                .isEqualTo(0.75);
    }

    @Test
    void equalVerdictsAreCutInProportion() {
        // all alike: a fifth of either kind
        var ranking = new PairRanking(List.of(problem(Collections.nCopies(4, 0.5), List.of(true, false, true, false))));
        assertThat(ranking.trueNegatives(ONCE)).isCloseTo(0.2, within(1e-12));
        assertThat(ranking.auroc(ONCE)).isEqualTo(0.5);
    }

    @Test
    void withoutPairsOfBothKindsThereIsNoArea() {
        assertThat(new PairRanking(List.of(problem(List.of(0.5), List.of(true)))).auroc(ONCE))
                .isNaN();
    }

    @Test
    void figuresAreMeansOverProblemsAndBins() {
        var first = problem(List.of(0.95, 0.15), List.of(true, false));
        var second = problem(List.of(0.12, 0.92), List.of(true, false));
        var onlySame = problem(List.of(0.91), List.of(true));

        var figures = JudgeFigures.of("words=2", List.of(first, second, onlySame), 0);

        assertThat(figures.within().value()).isEqualTo(0.5); // 1 and 0; the third has no different pair
        assertThat(figures.both()).isEqualTo(2);
        assertThat(figures.same()).isEqualTo(0.6);
        assertThat(figures.bins().get(9)).isEqualTo(new JudgeFigures.Bin(3, (0.95 + 0.92 + 0.91) / 3, 2 / 3.0));
        assertThat(figures.bins().get(1).pairs()).isEqualTo(2);
        // three at 0.2667 from their share, two at 0.365
        assertThat(figures.error())
                .isCloseTo((3 * ((0.95 + 0.92 + 0.91) / 3 - 2 / 3.0) + 2 * (0.5 - 0.135)) / 5, within(1e-12));
    }

    static JudgedProblem problem(List<Double> verdicts, List<Boolean> same) {
        var pairs = new ArrayList<Pair>();
        for (int i = 0; i < verdicts.size(); i++) {
            pairs.add(new Pair("one", Integer.toString(i)));
        }
        return new JudgedProblem(
                "p", new Question("how many?", new IntegerFormat()), pairs, same, verdicts, 0, Usage.NONE);
    }
}
