package parathink.eval.judging;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Pairs of several problems in the order of a judge's verdicts, lowest first, so that figures of any problems are quick. Immutable. */
final class PairRanking {
    private static final double TOLERATED = 0.2; // share of the same pairs that may be called different

    private final int[] problems; // of the pairs, in order
    private final boolean[] same;
    private final int[] ends; // first place beyond each group of equal verdicts

    PairRanking(List<JudgedProblem> judged) {
        int pairs = judged.stream().mapToInt(each -> each.pairs().size()).sum();
        var places = new int[pairs][];
        int next = 0;
        for (int problem = 0; problem < judged.size(); problem++) {
            for (int pair = 0; pair < judged.get(problem).pairs().size(); pair++) {
                places[next++] = new int[] {problem, pair};
            }
        }
        Arrays.sort(places, Comparator.comparingDouble(place -> verdict(judged, place)));
        problems = Arrays.stream(places).mapToInt(place -> place[0]).toArray();
        same = new boolean[pairs];
        var ties = new int[pairs];
        int groups = 0;
        for (int i = 0; i < pairs; i++) {
            same[i] = judged.get(places[i][0]).same().get(places[i][1]);
            if (i + 1 == pairs || verdict(judged, places[i]) != verdict(judged, places[i + 1])) {
                ties[groups++] = i + 1;
            }
        }
        ends = Arrays.copyOf(ties, groups);
    }

    private static double verdict(List<JudgedProblem> judged, int[] place) {
        return judged.get(place[0]).verdicts().get(place[1]);
    }

    /**
     * The chance that a pair with the same answer has the higher verdict than one with different answers, ties by half: the area under
     * the receiver's curve.
     *
     * @param times how often each problem counts
     * @return not a number where there are no pairs of both kinds
     */
    double auroc(int[] times) {
        double below = 0;
        double area = 0;
        double sames = 0;
        for (int group = 0, from = 0; group < ends.length; from = ends[group++]) {
            double[] count = count(from, ends[group], times);
            area += count[0] * (below + count[1] / 2);
            sames += count[0];
            below += count[1];
        }
        return sames == 0 || below == 0 ? Double.NaN : area / (sames * below);
    }

    /**
     * The share of the pairs with different answers that are called so, at the threshold that calls a fifth of the same ones different; in
     * proportion within equal verdicts.
     */
    double trueNegatives(int[] times) {
        double[] all = count(0, same.length, times);
        double wanted = TOLERATED * all[0];
        double sames = 0;
        double differents = 0;
        for (int group = 0, from = 0; group < ends.length; from = ends[group++]) {
            double[] count = count(from, ends[group], times);
            if (sames + count[0] > wanted) {
                double part = (wanted - sames) / count[0];
                return all[1] == 0 ? Double.NaN : (differents + part * count[1]) / all[1];
            }
            sames += count[0];
            differents += count[1];
        }
        return Double.NaN;
    }

    /** Pairs of both kinds, the same ones first. */
    private double[] count(int from, int to, int[] times) {
        double[] count = new double[2];
        for (int i = from; i < to; i++) {
            count[same[i] ? 0 : 1] += times[problems[i]];
        }
        return count;
    }
}
