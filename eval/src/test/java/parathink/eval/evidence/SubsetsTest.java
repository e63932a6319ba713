package parathink.eval.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SubsetsTest {
    @Test
    void pluralityOfTwoRightAndOneWrongIsWhatPaperAndPencilGive() {
        var cons = new Subsets(3, 3).plurality(List.of(new Subsets.Group(2, 1), new Subsets.Group(1, 0)));

        // k = 1: 2/3; k = 2: {rr} wins, {rw} twice is a tie for half each; k = 3: two against one
        assertThat(cons[0]).isCloseTo(2.0 / 3, within(1e-15));
        assertThat(cons[1]).isCloseTo((1 + 0.5 + 0.5) / 3, within(1e-15));
        assertThat(cons[2]).isEqualTo(1);
    }

    @Test
    void completionsWithoutAnAnswerDoNotVote() {
        var cons = new Subsets(4, 4).plurality(List.of(new Subsets.Group(1, 1)));

        // one right answer among three without any: right as soon as it is in the subset
        assertThat(cons).containsExactly(new double[] {0.25, 0.5, 0.75, 1}, within(1e-15));
    }

    @Test
    void pluralityIsTheMeanOverAllSubsets() {
        var random = new Random(5);
        for (int round = 0; round < 60; round++) {
            int drawn = 1 + random.nextInt(12);
            var answers =
                    IntStream.range(0, drawn).map(i -> random.nextInt(6) - 1).toArray(); // -1: none
            boolean twoRight = random.nextInt(4) == 0;

            var cons = new Subsets(drawn, drawn).plurality(groups(answers, twoRight));

            for (int k = 1; k <= drawn; k++) {
                assertThat(cons[k - 1])
                        .as("answers %s, k %d", java.util.Arrays.toString(answers), k)
                        .isCloseTo(meanOverSubsets(answers, twoRight, k), within(1e-12));
            }
        }
    }

    @Test
    void theBestOfKIsTheMeanOverAllSubsets() {
        var random = new Random(9);
        for (int round = 0; round < 40; round++) {
            int drawn = 1 + random.nextInt(10);
            var ranks =
                    IntStream.range(0, drawn).map(i -> random.nextInt(5) - 1).toArray(); // -1: cannot win
            var right = IntStream.range(0, drawn).map(i -> random.nextInt(2)).toArray();
            var groups = new ArrayList<Subsets.Group>();
            for (int rank = 0; rank < 4; rank++) {
                int wanted = rank;
                var equals = IntStream.range(0, drawn)
                        .filter(i -> ranks[i] == wanted)
                        .toArray();
                if (equals.length > 0) {
                    double credit = IntStream.of(equals).map(i -> right[i]).sum() / (double) equals.length;
                    groups.add(new Subsets.Group(equals.length, credit));
                }
            }

            var best = new Subsets(drawn, drawn).best(groups);

            var sums = new double[drawn];
            var ways = new int[drawn];
            for (int chosen = 1; chosen < 1 << drawn; chosen++) {
                int bits = chosen;
                int highest = IntStream.range(0, drawn)
                        .filter(i -> (bits >> i & 1) == 1)
                        .map(i -> ranks[i])
                        .max()
                        .orElseThrow();
                var leaders = IntStream.range(0, drawn)
                        .filter(i -> (bits >> i & 1) == 1 && ranks[i] == highest)
                        .toArray();
                int k = Integer.bitCount(chosen) - 1;
                ways[k]++;
                sums[k] += highest < 0
                        ? 0
                        : IntStream.of(leaders).map(i -> right[i]).sum() / (double) leaders.length;
            }
            for (int k = 0; k < drawn; k++) {
                assertThat(best[k]).as("round %d, k %d", round, k + 1).isCloseTo(sums[k] / ways[k], within(1e-12));
            }
        }
    }

    private static List<Subsets.Group> groups(int[] answers, boolean twoRight) {
        var groups = new ArrayList<Subsets.Group>();
        for (int answer = 0; answer < 6; answer++) {
            int wanted = answer;
            int size =
                    (int) IntStream.of(answers).filter(given -> given == wanted).count();
            if (size > 0) {
                groups.add(new Subsets.Group(size, isRight(answer, twoRight) ? 1 : 0));
            }
        }
        return groups;
    }

    private static boolean isRight(int answer, boolean twoRight) {
        return answer == 0 || (twoRight && answer == 1);
    }

    private static double meanOverSubsets(int[] answers, boolean twoRight, int k) {
        double sum = 0;
        int subsets = 0;
        for (int chosen = 0; chosen < 1 << answers.length; chosen++) {
            if (Integer.bitCount(chosen) == k) {
                subsets++;
                var votes = new int[6];
                for (int i = 0; i < answers.length; i++) {
                    if ((chosen >> i & 1) == 1 && answers[i] >= 0) {
                        votes[answers[i]]++;
                    }
                }
                sum += creditOf(votes, twoRight);
            }
        }
        return sum / subsets;
    }

    private static double creditOf(int[] votes, boolean twoRight) {
        int most = IntStream.of(votes).max().orElseThrow();
        if (most == 0) {
            return 0;
        }
        var leaders =
                IntStream.range(0, votes.length).filter(i -> votes[i] == most).toArray();
        return IntStream.of(leaders).filter(leader -> isRight(leader, twoRight)).count() / (double) leaders.length;
    }

    @Test
    void pluralityOfALargePoolAgreesWithDrawingSubsets() {
        var answers = new ArrayList<Integer>();
        int[] sizes = {130, 128, 90, 60, 30, 20, 10, 5, 5, 1, 1};
        for (int answer = 0; answer < sizes.length; answer++) {
            answers.addAll(Collections.nCopies(sizes[answer], answer));
        }
        int drawn = 512;
        var groups = new ArrayList<Subsets.Group>();
        for (int answer = 0; answer < sizes.length; answer++) {
            groups.add(new Subsets.Group(sizes[answer], answer == 0 ? 1 : 0));
        }
        answers.addAll(Collections.nCopies(drawn - answers.size(), -1));

        var cons = new Subsets(drawn, drawn).plurality(groups);

        var random = new Random(17);
        for (int k : new int[] {1, 2, 5, 16, 64, 200, 400, 511}) {
            int rounds = 20_000;
            double sum = 0;
            for (int round = 0; round < rounds; round++) {
                var votes = new int[sizes.length];
                for (int i = 0; i < k; i++) {
                    Collections.swap(answers, i, i + random.nextInt(drawn - i));
                    if (answers.get(i) >= 0) {
                        votes[answers.get(i)]++;
                    }
                }
                sum += creditOf(votes, false);
            }
            assertThat(cons[k - 1]).as("k %d", k).isCloseTo(sum / rounds, within(4 * 0.5 / Math.sqrt(rounds)));
        }
        assertThat(cons[511]).isEqualTo(1);
    }

    @Test
    void pluralityKeepsItsDigitsFor512Completions() {
        // two answers of 256 each: by symmetry one half at every k, ties included
        var even = new Subsets(512, 512).plurality(List.of(new Subsets.Group(256, 1), new Subsets.Group(256, 0)));

        assertThat(even).hasSize(512);
        for (double half : even) {
            assertThat(half).isCloseTo(0.5, within(1e-12));
        }

        // 512 different answers, 3 of them right: every subset is a tie of all, or wins by one
        var apart = new ArrayList<Subsets.Group>();
        for (int i = 0; i < 512; i++) {
            apart.add(new Subsets.Group(1, i < 3 ? 1 : 0));
        }
        for (double share : new Subsets(512, 512).plurality(apart)) {
            assertThat(share).isCloseTo(3.0 / 512, within(1e-12));
        }
    }

    @Test
    void poolsBeyondADoubleAreCutShortAndStillExact() {
        int upTo = Subsets.largest(5000);

        var even = new Subsets(5000, upTo).plurality(List.of(new Subsets.Group(2500, 1), new Subsets.Group(2500, 0)));

        assertThat(Subsets.largest(1000)).isEqualTo(1000);
        assertThat(upTo).isBetween(100, 1000);
        assertThat(even[upTo - 1]).isCloseTo(0.5, within(1e-12));
        assertThatThrownBy(() -> new Subsets(5000, 2500))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2500 of 5000");
    }

    @Test
    void anyIsOneMinusTheShareOfSubsetsWithoutARightOne() {
        for (int drawn : new int[] {1, 7, 64, 512}) {
            for (int right : new int[] {0, 1, drawn / 3, drawn}) {
                var pass = new Subsets(drawn, drawn).any(right);
                for (int k : new int[] {1, (drawn + 1) / 2, drawn}) {
                    double none = new java.math.BigDecimal(choose(drawn - right, k))
                            .divide(new java.math.BigDecimal(choose(drawn, k)), java.math.MathContext.DECIMAL64)
                            .doubleValue();
                    assertThat(pass[k - 1]).isCloseTo(1 - none, within(1e-12));
                }
            }
        }
    }

    private static BigInteger choose(int of, int k) {
        var ways = BigInteger.ONE;
        for (int i = 0; i < k; i++) {
            ways = ways.multiply(BigInteger.valueOf(of - i)).divide(BigInteger.valueOf(i + 1));
        }
        return of < k ? BigInteger.ZERO : ways;
    }

    @Test
    void largestOfIsTheMeanOverAllSubsets() {
        long[] values = {5, 1, 9, 9, 2};

        var longest = new Subsets(5, 5).largestOf(values);

        for (int k = 1; k <= 5; k++) {
            double sum = 0;
            int subsets = 0;
            for (int chosen = 0; chosen < 32; chosen++) {
                if (Integer.bitCount(chosen) == k) {
                    int subset = chosen;
                    sum += IntStream.range(0, 5)
                            .filter(i -> (subset >> i & 1) == 1)
                            .mapToLong(i -> values[i])
                            .max()
                            .orElseThrow();
                    subsets++;
                }
            }
            assertThat(longest[k - 1]).isCloseTo(sum / subsets, within(1e-12));
        }
    }
}
