package parathink.eval.evidence;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Votes of one attempt, counted.
 *
 * @param credit chance that the most frequent answer is right when ties are broken by lot; 0 when nobody voted
 * @param leaders answers that share the lead
 */
record Ballot(double credit, int leaders) {
    /**
     * One vote.
     *
     * @param answer empty when it is not cast, or goes to the most frequent answer that is as right
     */
    record Vote(Optional<String> answer, boolean right, boolean cast) {
        static final Vote NONE = new Vote(Optional.empty(), false, false);
        /** For the most frequent right answer, whatever it is. */
        static final Vote RIGHT = new Vote(Optional.empty(), true, true);
        /** For the most frequent wrong answer, whatever it is. */
        static final Vote WRONG = new Vote(Optional.empty(), false, true);

        static Vote of(Optional<String> answer, boolean right) {
            return new Vote(answer, right, answer.isPresent());
        }
    }

    private static final class Count {
        private int votes;
        private int right;

        private double credit() {
            return votes == 0 ? 0 : (double) right / votes;
        }
    }

    static Ballot of(List<Vote> votes) {
        Map<String, Count> counts = new LinkedHashMap<>();
        for (var vote : votes) {
            vote.answer().ifPresent(answer -> add(counts.computeIfAbsent(answer, key -> new Count()), vote.right(), 1));
        }
        for (boolean right : new boolean[] {true, false}) {
            int open = (int) votes.stream()
                    .filter(vote -> vote.cast() && vote.answer().isEmpty() && vote.right() == right)
                    .count();
            if (open > 0) {
                add(strongest(counts, right), right, open);
            }
        }
        int most = counts.values().stream().mapToInt(count -> count.votes).max().orElse(0);
        var leaders = counts.values().stream()
                .filter(count -> most > 0 && count.votes == most)
                .toList();
        return new Ballot(leaders.stream().mapToDouble(Count::credit).average().orElse(0), leaders.size());
    }

    private static void add(Count count, boolean right, int votes) {
        count.votes += votes;
        count.right += right ? votes : 0;
    }

    /** The most frequent answer that is right or wrong; a new one where there is none. */
    private static Count strongest(Map<String, Count> counts, boolean right) {
        return counts.values().stream()
                .filter(count -> right == (count.right > 0))
                .max((a, b) -> Integer.compare(a.votes, b.votes))
                .orElseGet(() -> counts.computeIfAbsent(right ? "any right" : "any wrong", key -> new Count()));
    }
}
