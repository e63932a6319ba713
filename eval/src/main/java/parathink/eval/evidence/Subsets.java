package parathink.eval.evidence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Exact expectations over all subsets of k of the completions drawn in one attempt, for every k at once. All sums are of
 * positive terms, so that doubles lose no digits by cancellation.
 *
 * <p>Plurality: for each number of votes j that a right answer may win with, the choices of the other completions are the
 * coefficients of a polynomial in z (completions chosen) and y (answers that tie at j votes): an answer with c completions
 * contributes the terms C(c, x) z^x for x below j and y C(c, j) z^j; completions without an answer contribute (1 + z) each. A
 * tie is shared equally, so that y^t counts 1 / (t + 1).
 */
public final class Subsets {
    private final int drawn;
    private final int upTo;
    private final double[] ways;

    /**
     * @param drawn completions of the attempt
     * @param upTo the largest k wanted
     */
    public Subsets(int drawn, int upTo) {
        if (drawn < 1 || upTo < 1 || upTo > drawn) {
            throw new IllegalArgumentException("cannot choose up to %d of %d completions".formatted(upTo, drawn));
        }
        this.drawn = drawn;
        this.upTo = upTo;
        this.ways = binomials(drawn);
        if (upTo > largest(drawn)) {
            throw new IllegalArgumentException(
                    "the subsets of %d of %d completions are too many for a double".formatted(upTo, drawn));
        }
    }

    /** The largest k whose subsets can be counted in a double, up to which curves are exact; all k for 1,000 or fewer. */
    public static int largest(int drawn) {
        double ways = 1;
        for (int k = 1; k <= drawn; k++) {
            ways *= (drawn - k + 1.0) / k;
            if (ways > 1e305) {
                return k - 1;
            }
        }
        return drawn;
    }

    /**
     * Completions that gave one answer.
     *
     * @param size completions
     * @param credit 1 for a right answer, 0 for a wrong one
     */
    public record Group(int size, double credit) {
        public Group {
            if (size < 1 || !(credit >= 0 && credit <= 1)) {
                throw new IllegalArgumentException(
                        "not a group of completions: size %d, credit %s".formatted(size, credit));
            }
        }
    }

    /**
     * Expected credit of the most frequent answer among k completions (cons@k), at index k - 1.
     *
     * @param groups answers; completions in none of them have no answer and no vote
     */
    public double[] plurality(List<Group> groups) {
        int most = groups.stream()
                .filter(group -> group.credit() > 0)
                .mapToInt(Group::size)
                .max()
                .orElse(0);
        var expected = new double[upTo];
        for (int votes = 1; votes <= Math.min(most, upTo); votes++) {
            var able = new ArrayList<Group>();
            int free = drawn;
            for (var group : groups) {
                if (group.size() >= votes) {
                    able.add(group);
                    free -= group.size();
                }
            }
            for (var winner : able) {
                if (winner.credit() > 0) {
                    addWins(expected, winner, able, votes, free);
                }
            }
        }
        for (int k = 1; k <= upTo; k++) {
            expected[k - 1] = Math.clamp(expected[k - 1] / ways[k], 0, 1);
        }
        return expected;
    }

    private void addWins(double[] expected, Group winner, List<Group> able, int votes, int free) {
        var rivals = new ArrayList<>(able);
        rivals.remove(winner);
        var shared = shareTies(rivals, votes);
        var others = multiply(shared, binomials(free));
        double winning = winner.credit() * binomials(winner.size())[votes];
        for (int k = votes; k <= upTo; k++) {
            expected[k - 1] += winning * others[k - votes];
        }
    }

    /** Ways to choose d completions of the rivals, none with more votes, those with t ties counting 1 / (t + 1); by d. */
    private double[] shareTies(List<Group> rivals, int votes) {
        int room = upTo - votes;
        var byTies = new ArrayList<double[]>();
        byTies.add(new double[room + 1]);
        byTies.getFirst()[0] = 1;
        for (var rival : rivals) {
            var choices = binomials(rival.size());
            if (byTies.size() * votes <= room) {
                byTies.add(new double[room + 1]);
            }
            for (int ties = byTies.size() - 1; ties >= 0; ties--) {
                var below = multiply(byTies.get(ties), Arrays.copyOf(choices, Math.min(votes, choices.length)));
                if (ties > 0) {
                    addShifted(below, byTies.get(ties - 1), choices[votes], votes);
                }
                byTies.set(ties, below);
            }
        }
        var shared = new double[room + 1];
        for (int ties = 0; ties < byTies.size(); ties++) {
            addShifted(shared, byTies.get(ties), 1.0 / (ties + 1), 0);
        }
        return shared;
    }

    /** The product up to the degree of the first factor's array; many of its terms are zero and cost nothing. */
    private static double[] multiply(double[] left, double[] right) {
        var product = new double[left.length];
        for (int i = 0; i < left.length; i++) {
            if (left[i] != 0) {
                addShifted(product, right, left[i], i);
            }
        }
        return product;
    }

    private static void addShifted(double[] sum, double[] terms, double times, int shift) {
        int end = Math.min(sum.length, terms.length + shift);
        for (int i = shift; i < end; i++) {
            sum[i] += times * terms[i - shift];
        }
    }

    /** Chance that k completions hold a right one (pass@k; Chen et al., 2021, equation 1), at index k - 1. */
    public double[] any(int right) {
        var expected = new double[upTo];
        double any = 0;
        double noneRight = 1;
        for (int k = 1; k <= upTo; k++) {
            double firstRight = right / (drawn - k + 1.0); // chance of the k-th draw when none before was right
            any += noneRight * Math.min(1, firstRight);
            noneRight *= Math.max(0, 1 - firstRight);
            expected[k - 1] = Math.clamp(any, 0, 1);
        }
        return expected;
    }

    /**
     * Expected credit of the group that ranks highest among k completions (the best of k), at index k - 1.
     *
     * @param groups completions of one rank, the lowest first; completions in none of them are below all
     */
    public double[] best(List<Group> groups) {
        int below = drawn - groups.stream().mapToInt(Group::size).sum();
        var expected = new double[upTo];
        for (var group : groups) {
            var lower = binomials(below);
            var within = binomials(below + group.size());
            for (int k = 1; k <= upTo; k++) {
                double ranked = (k < within.length ? within[k] : 0) - (k < lower.length ? lower[k] : 0);
                expected[k - 1] += group.credit() * ranked / ways[k];
            }
            below += group.size();
        }
        for (int k = 0; k < upTo; k++) {
            expected[k] = Math.clamp(expected[k], 0, 1);
        }
        return expected;
    }

    /** Expected largest of k values, at index k - 1: the span of k completions decoded side by side. */
    public double[] largestOf(long[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        var expected = new double[upTo];
        for (int k = 1; k <= upTo; k++) {
            double chance = (double) k / drawn; // that the largest value is in the subset
            double sum = 0;
            for (int i = drawn - 1; i >= k - 1 && chance > 0; i--) {
                sum += chance * sorted[i];
                chance *= (double) (i - k + 1) / i; // ratio of C(i - 1, k - 1) to C(i, k - 1)
            }
            expected[k - 1] = sum;
        }
        return expected;
    }

    /** C(of, x) for x from 0 to the smaller of {@code of} and the largest k. */
    private double[] binomials(int of) {
        var row = new double[Math.min(of, upTo) + 1];
        row[0] = 1;
        for (int x = 1; x < row.length; x++) {
            row[x] = row[x - 1] * (of - x + 1.0) / x;
        }
        return row;
    }
}
