package parathink.eval.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import parathink.eval.evidence.Subsets;

/** Strategies at the same spend whose true accuracies are the same, or differ on problems that are known. */
final class EqualSpendTest {
    private static final int ROUNDS = 500;
    private static final int POOL = 16;
    private static final int VOTES = 4;

    /** Completions of one problem: answer 0 is right, 1 and 2 are wrong; each of 50 to 150 tokens. */
    private static final class Draws {
        private final int[] answers;
        private final long[] tokens;

        private Draws(int[] answers, long[] tokens) {
            this.answers = answers;
            this.tokens = tokens;
        }

        static Draws of(double chance, SplittableRandom random) {
            return new Draws(
                    IntStream.range(0, POOL)
                            .map(i -> random.nextDouble() < chance ? 0 : 1 + random.nextInt(2))
                            .toArray(),
                    IntStream.range(0, POOL)
                            .mapToLong(i -> 50 + random.nextInt(101))
                            .toArray());
        }

        double work() {
            double sum = 0;
            for (long each : tokens) {
                sum += each;
            }
            return sum / POOL;
        }

        double[] majorities() {
            var groups = new ArrayList<Subsets.Group>();
            for (int answer = 0; answer < 3; answer++) {
                int wanted = answer;
                int size = (int)
                        IntStream.of(answers).filter(given -> given == wanted).count();
                if (size > 0) {
                    groups.add(new Subsets.Group(size, answer == 0 ? 1 : 0));
                }
            }
            return new Subsets(POOL, POOL).plurality(groups);
        }
    }

    private static List<Draws> pool(double[] chances, SplittableRandom random) {
        return IntStream.range(0, chances.length)
                .mapToObj(i -> Draws.of(chances[i], random))
                .toList();
    }

    private static SpendCurve curve(List<Draws> pool) {
        var spend = new double[pool.size()][POOL];
        for (int problem = 0; problem < spend.length; problem++) {
            for (int k = 1; k <= POOL; k++) {
                spend[problem][k - 1] = k * pool.get(problem).work();
            }
        }
        return new SpendCurve(pool.stream().map(Draws::majorities).toArray(double[][]::new), spend);
    }

    /** One vote of 4 a problem, which is right or wrong, at what 4 completions cost. */
    private static EqualSpend.Side once(List<Draws> pool, SplittableRandom random) {
        var accuracy = pool.stream()
                .mapToDouble(draws -> random.nextDouble() < draws.majorities()[VOTES - 1] ? 1 : 0)
                .toArray();
        return new EqualSpend.Side(
                SpendCurve.point(
                        accuracy,
                        pool.stream().mapToDouble(draws -> VOTES * draws.work()).toArray()),
                false);
    }

    private static double[] chances(int problems, SplittableRandom random) {
        return random.doubles(problems).map(u -> 0.1 + 0.7 * u).toArray();
    }

    private static boolean agrees(Interval difference, double pValue) {
        return difference.leavesOut(0) == pValue <= Difference.LEVEL;
    }

    @Test
    void callsAVoteDifferentFromMajorityOfItsKindInAboutOneOfTwentyRounds() {
        for (int problems : new int[] {20, 30, 100}) {
            var random = new SplittableRandom(problems);
            int alarms = 0;
            for (int round = 0; round < ROUNDS; round++) {
                var chances = chances(problems, random);
                var run = once(pool(chances, random), random);
                var versus = new EqualSpend(new Bootstrap(problems, 1000, round), Optional.empty())
                        .versus(run, curve(pool(chances, random)));
                alarms += versus.pValue() <= Difference.LEVEL ? 1 : 0;
                assertThat(agrees(versus.difference(), versus.pValue())).isTrue();
            }
            assertThat(alarms / (double) ROUNDS).as("%d problems", problems).isBetween(0.02, 0.09);
        }
    }

    @Test
    void callsTwoMajoritiesOfOneKindDifferentInAboutOneOfTwentyRounds() {
        for (int problems : new int[] {20, 30, 100}) {
            var random = new SplittableRandom(50 + problems);
            int alarms = 0;
            for (int round = 0; round < ROUNDS; round++) {
                var chances = chances(problems, random);
                var here = new EqualSpend.Side(curve(pool(chances, random)), true);
                var there = new EqualSpend.Side(curve(pool(chances, random)), true);
                var tested = new EqualSpend(new Bootstrap(problems, 1000, round), Optional.of(times -> 420.0))
                        .difference(here, there);
                alarms += tested.pValue() <= Difference.LEVEL ? 1 : 0;
                assertThat(agrees(tested.difference(), tested.pValue())).isTrue();
            }
            assertThat(alarms / (double) ROUNDS).as("%d problems", problems).isBetween(0.02, 0.09);
        }
    }

    @Test
    void oneProblemIsNoDifferenceHoweverManyDifferByRounding() {
        var spend = new double[30];
        var here = new double[30];
        var there = new double[30];
        for (int i = 0; i < 30; i++) {
            spend[i] = 100;
            there[i] = 0.7;
            here[i] = Math.nextUp(0.7);
        }
        here[0] = 1;
        var equal = new EqualSpend(new Bootstrap(30, 1000, 0), Optional.of(times -> 100.0));
        var run = new EqualSpend.Side(SpendCurve.point(here, spend), false);

        // centre 0.3 / 32, squares (0.09 + 2) / 32: z = 0.009375 / sqrt((0.0653125 - 0.0000879) / 32) = 0.2077, p =
        // 0.835
        assertThat(equal.versus(run, SpendCurve.point(there, spend)).pValue()).isBetween(0.83, 0.84);
        var tested = equal.difference(run, new EqualSpend.Side(SpendCurve.point(there, spend), false));
        assertThat(tested.pValue()).isBetween(0.83, 0.84);
        assertThat(tested.difference().leavesOut(0)).isFalse();
    }
}
