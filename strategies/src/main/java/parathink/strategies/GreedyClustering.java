package parathink.strategies;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Files traces one after the other with those before that are expected to come to the same answer (DeepPrune: Tu et al., 2025, arXiv
 * 2510.08483, online greedy clustering).
 *
 * @param tau similarity above which a trace joins a cluster, 0 to 1
 * @param most clusters (the paper's K)
 * @param compared members of a cluster that a trace is compared with at most (K1), drawn evenly; the similarity is the mean over them
 * @param assign which cluster it joins, of several
 * @param full what becomes of a trace that is like none when there are no more clusters to open
 */
record GreedyClustering(double tau, int most, int compared, Assign assign, Full full) {
    /** Which of several similar clusters a trace joins. */
    enum Assign {
        /** The most similar one, as in the paper's formula; all are asked together. */
        ARGMAX,
        /** The first similar one, in the order in which they were opened; they are asked one by one until one is. */
        FIRST
    }

    /** What becomes of a trace that is like no cluster when there are as many as there may be; the paper does not say. */
    enum Full {
        /** It joins the most similar one. */
        ARGMAX,
        /** It is given up. */
        DROP
    }

    GreedyClustering {
        Checks.between("tau", tau, 0, 1);
        Checks.atLeast("k", most, 1);
        Checks.atLeast("k1", compared, 1);
    }

    /** Files a trace, unless the budget is spent before it is known where. */
    void file(int trace, Clusters clusters, HeldTraces traces) {
        double[] similarity =
                assign == Assign.ARGMAX ? toAll(trace, clusters, traces) : toFirst(trace, clusters, traces);
        if (traces.isBudgetSpent()) {
            return;
        }
        int best = best(similarity);
        if (best >= 0 && similarity[best] > tau) {
            clusters.file(trace, best);
        } else if (clusters.count() < most) {
            clusters.open(trace);
        } else {
            switch (full) {
                case ARGMAX -> clusters.file(trace, best);
                case DROP -> traces.cancel(List.of(trace), "like no cluster");
            }
        }
    }

    /** Similarity to every cluster, from one question to the judge. */
    private double[] toAll(int trace, Clusters clusters, HeldTraces traces) {
        var others = new ArrayList<Integer>();
        int[] ends = new int[clusters.count()];
        for (int cluster = 0; cluster < ends.length; cluster++) {
            others.addAll(members(trace, cluster, clusters, traces));
            ends[cluster] = others.size();
        }
        double[] same = others.isEmpty() ? new double[0] : traces.same(trace, others);
        double[] similarity = new double[ends.length];
        for (int cluster = 0, from = 0; cluster < ends.length; from = ends[cluster++]) {
            similarity[cluster] = mean(same, from, ends[cluster]);
        }
        return similarity;
    }

    /** Similarity to the clusters up to the first that is similar. */
    private double[] toFirst(int trace, Clusters clusters, HeldTraces traces) {
        double[] similarity = new double[clusters.count()];
        for (int cluster = 0; cluster < similarity.length && !traces.isBudgetSpent(); cluster++) {
            double[] same = traces.same(trace, members(trace, cluster, clusters, traces));
            similarity[cluster] = mean(same, 0, same.length);
            if (similarity[cluster] > tau) {
                return Arrays.copyOf(similarity, cluster + 1);
            }
        }
        return similarity;
    }

    private List<Integer> members(int trace, int cluster, Clusters clusters, HeldTraces traces) {
        return traces.some(clusters.members(cluster), compared, "compared/%d/%d".formatted(trace, cluster));
    }

    private static double mean(double[] values, int from, int to) {
        return Arrays.stream(values, from, to).average().orElseThrow();
    }

    /** The most similar cluster, of equal ones the first; -1 when there is none. */
    private static int best(double[] similarity) {
        int best = -1;
        for (int i = 0; i < similarity.length; i++) {
            if (best < 0 || similarity[i] > similarity[best]) {
                best = i;
            }
        }
        return best;
    }
}
