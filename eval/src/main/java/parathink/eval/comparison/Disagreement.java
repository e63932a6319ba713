package parathink.eval.comparison;

import java.util.Arrays;

/**
 * How two strategies disagree over a population of problems: for each kind of problem, how likely it is that one attempt of the
 * one is right where that of the other is wrong, and the other way round. Immutable.
 */
final class Disagreement {
    private static final int STEPS = 80; // of a bisection: all digits of a double

    private final double[] won; // chance that only the one is right, by kind
    private final double[] lost; // chance that only the other is right, by kind
    private final double[] weights; // share of the problems that are of a kind; they add up to 1

    Disagreement(double[] won, double[] lost, double[] weights) {
        if (won.length != lost.length || won.length != weights.length || won.length == 0) {
            throw new IllegalArgumentException(
                    "%d, %d and %d kinds of problems".formatted(won.length, lost.length, weights.length));
        }
        this.won = won;
        this.lost = lost;
        this.weights = weights;
    }

    double[] won() {
        return won;
    }

    double[] lost() {
        return lost;
    }

    double[] weights() {
        return weights;
    }

    /**
     * Of strategies whose difference was measured. The mean difference is spread as evenly over problems as their chances to disagree
     * allow, and what the variance between problems has beyond that is put into which of the two is right where they disagree. Both
     * the chances to disagree and those to win then have beta distributions.
     *
     * @param variance of a problem's difference
     * @param mean of it
     * @param spread variance over problems of the chance to disagree
     */
    static Disagreement measured(PairedVariance variance, double mean, double spread) {
        double often = Math.clamp(variance.between() + variance.within() + mean * mean, Math.abs(mean), 1);
        var chances = BetaNodes.of(often, Math.min(spread, often * (1 - often)));
        int kinds = chances.points().length;
        var halves = new double[kinds];
        Arrays.setAll(halves, i -> chances.points()[i] / 2);
        var even = new Disagreement(halves, halves, chances.weights()).shifted(mean);
        double least = 0; // mean square of the differences, with nothing put into who wins
        double most = 0;
        for (int i = 0; i < kinds; i++) {
            least += even.weights[i] * Math.pow(even.won[i] - even.lost[i], 2);
            most += even.weights[i] * Math.pow(even.won[i] + even.lost[i], 2);
        }
        double share = most > least ? (variance.between() + mean * mean - least) / (most - least) : 0;
        return even.divided(Math.clamp(share, 0, 1));
    }

    /** Who wins varies between problems of a kind by so much of what it can. */
    private Disagreement divided(double share) {
        var nodes = new BetaNodes[won.length];
        Arrays.setAll(nodes, i -> {
            double often = won[i] + lost[i];
            double wins = often == 0 ? 0 : Math.clamp(won[i] / often, 0, 1);
            return BetaNodes.of(wins, share * wins * (1 - wins));
        });
        int kinds = Arrays.stream(nodes).mapToInt(node -> node.points().length).sum();
        var more = new double[kinds];
        var less = new double[kinds];
        var shares = new double[kinds];
        int next = 0;
        for (int i = 0; i < won.length; i++) {
            for (int win = 0; win < nodes[i].points().length; win++) {
                double often = won[i] + lost[i];
                more[next] = often * nodes[i].points()[win];
                less[next] = often * (1 - nodes[i].points()[win]);
                shares[next++] = weights[i] * nodes[i].weights()[win];
            }
        }
        return new Disagreement(more, less, shares);
    }

    /**
     * Of two strategies that are alike and answer independently. The correlation is the share of the problems that are as hard for
     * the one as for the other; the rest are as hard for it as any problem.
     *
     * @param accuracy of both
     * @param between variance of a strategy's chances over problems
     */
    static Disagreement alike(double accuracy, double between, double correlation) {
        var chances = BetaNodes.of(accuracy, Math.min(between, accuracy * (1 - accuracy)));
        int points = chances.points().length;
        int kinds = points * points + points;
        var won = new double[kinds];
        var lost = new double[kinds];
        var weights = new double[kinds];
        for (int i = 0; i < kinds; i++) {
            int here = i % points;
            int there = i < points ? here : i / points - 1;
            won[i] = chances.points()[here] * (1 - chances.points()[there]);
            lost[i] = (1 - chances.points()[here]) * chances.points()[there];
            weights[i] = i < points
                    ? correlation * chances.weights()[here]
                    : (1 - correlation) * chances.weights()[here] * chances.weights()[there];
        }
        return new Disagreement(won, lost, weights);
    }

    double mean() {
        return meanShifted(0);
    }

    /** Of a problem's difference, with one attempt of each. */
    PairedVariance variance() {
        double mean = mean();
        double squares = 0;
        double often = 0;
        for (int i = 0; i < won.length; i++) {
            squares += weights[i] * (won[i] - lost[i]) * (won[i] - lost[i]);
            often += weights[i] * (won[i] + lost[i]);
        }
        return new PairedVariance(Math.max(0, squares - mean * mean), Math.max(0, often - squares));
    }

    /**
     * The same with another mean difference: attempts that were lost are won, as evenly over problems as there are any. Where
     * disagreeing so seldom leaves no room for it, all of it is won and the rest is spread over all other attempts.
     */
    Disagreement towards(double difference) {
        if (!(difference >= 0 && difference <= 1)) {
            throw new IllegalArgumentException("a difference must be from 0 to 1, got " + difference);
        }
        double all = meanShifted(1);
        if (all > difference) {
            return shifted(difference);
        }
        double extra = all >= 1 ? 0 : (difference - all) / (1 - all);
        var more = new double[won.length];
        Arrays.setAll(more, i -> {
            double here = won[i] + lost[i];
            return here + (1 - here) * extra;
        });
        return new Disagreement(more, new double[won.length], weights);
    }

    private Disagreement shifted(double difference) {
        double low = -1;
        double high = 1;
        for (int step = 0; step < STEPS; step++) {
            double middle = (low + high) / 2;
            if (meanShifted(middle) < difference) {
                low = middle;
            } else {
                high = middle;
            }
        }
        double shift = (low + high) / 2;
        var more = new double[won.length];
        var less = new double[won.length];
        Arrays.setAll(more, i -> won[i] + turned(i, shift));
        Arrays.setAll(less, i -> lost[i] - turned(i, shift));
        return new Disagreement(more, less, weights);
    }

    /** What is won instead of lost, or lost instead of won below zero, at a kind of problem. */
    private double turned(int kind, double shift) {
        return Math.clamp(shift, -won[kind], lost[kind]);
    }

    private double meanShifted(double shift) {
        double mean = 0;
        for (int i = 0; i < won.length; i++) {
            mean += weights[i] * (won[i] - lost[i] + 2 * turned(i, shift));
        }
        return mean;
    }

    /** How a problem's difference is distributed when it is attempted so many times by each. */
    DifferenceLaw law(int repeats) {
        var chances = new double[2 * repeats + 1];
        for (int kind = 0; kind < won.length; kind++) {
            var here = sums(won[kind], lost[kind], repeats);
            for (int i = 0; i < chances.length; i++) {
                chances[i] += weights[kind] * here[i];
            }
        }
        return new DifferenceLaw(repeats, chances);
    }

    /** Of a sum of so many ones, noughts and minus ones. */
    private static double[] sums(double up, double down, int repeats) {
        double level = Math.max(0, 1 - up - down);
        var chances = new double[2 * repeats + 1];
        chances[repeats] = 1;
        for (int reached = 0; reached < repeats; reached++) {
            var next = new double[chances.length];
            for (int i = repeats - reached; i <= repeats + reached; i++) {
                next[i - 1] += down * chances[i];
                next[i] += level * chances[i];
                next[i + 1] += up * chances[i];
            }
            chances = next;
        }
        return chances;
    }
}
