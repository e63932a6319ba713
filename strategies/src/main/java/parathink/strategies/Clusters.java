package parathink.strategies;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Groups of traces that are expected to come to the same answer, in the order in which they were opened; members in the order in which
 * they were filed. Used by one thread.
 */
final class Clusters {
    private final List<List<Integer>> clusters = new ArrayList<>();

    int count() {
        return clusters.size();
    }

    /** The members of a cluster. */
    List<Integer> members(int cluster) {
        return List.copyOf(clusters.get(cluster));
    }

    /** Begins a cluster with a trace. */
    void open(int trace) {
        clusters.add(new ArrayList<>(List.of(trace)));
    }

    /** Adds a trace to a cluster. */
    void file(int trace, int cluster) {
        clusters.get(cluster).add(trace);
    }

    /** Whether no two traces are together. */
    boolean areSingle() {
        return clusters.stream().allMatch(cluster -> cluster.size() == 1);
    }

    /** The largest cluster; of several, the one opened first. */
    int largest() {
        int largest = 0;
        for (int cluster = 1; cluster < clusters.size(); cluster++) {
            if (clusters.get(cluster).size() > clusters.get(largest).size()) {
                largest = cluster;
            }
        }
        return largest;
    }

    /**
     * Traces of clusters that cannot become the largest any more. None while no two traces are together: then all may be wanted.
     *
     * @param left traces that are not filed yet
     */
    List<Integer> outnumbered(int left) {
        if (areSingle()) {
            return List.of();
        }
        int leader = largest();
        int most = clusters.get(leader).size();
        return IntStream.range(0, clusters.size())
                .filter(cluster -> cluster != leader)
                .filter(cluster -> {
                    int reach = clusters.get(cluster).size() + left;
                    return reach < most || (reach == most && leader < cluster);
                })
                .boxed()
                .flatMap(cluster -> clusters.get(cluster).stream())
                .toList();
    }

    /** Members of all clusters beyond the first ones of each: they are never decoded further. */
    List<Integer> beyond(int first) {
        return clusters.stream()
                .flatMap(cluster -> cluster.stream().skip(first))
                .toList();
    }

    /** Places by cluster, such as {@code 0 2 5 | 1 | 3 4}. */
    @Override
    public String toString() {
        return clusters.stream()
                .map(cluster -> cluster.stream().map(String::valueOf).collect(Collectors.joining(" ")))
                .collect(Collectors.joining(" | "));
    }
}
