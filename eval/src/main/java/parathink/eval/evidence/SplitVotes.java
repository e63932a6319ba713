package parathink.eval.evidence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What counting votes by mathematics changed against counting them by their spelling: votes that a comparison of strings would
 * have split, and votes won by another answer because of it. Both counts are plurality votes of all branches with ties to the
 * first seen; strings are compared as they were found, spaces around them aside.
 *
 * @param attempts that can be graded and in which somebody voted
 * @param votes of all these attempts
 * @param joined votes that a comparison of strings takes from the most frequent spelling of their answer
 * @param split attempts with such votes
 * @param changes attempts that a comparison of strings would have decided for an answer that is mathematically another
 */
public record SplitVotes(int attempts, int votes, int joined, int split, List<Change> changes) {

    /**
     * A vote that spelling would have decided otherwise.
     *
     * @param answer that won by mathematics
     * @param spelled that would have won by spelling
     * @param right whether the answer is right
     * @param spelledRight whether the other one is
     */
    public record Change(
            String problem, int repeat, String answer, String spelled, boolean right, boolean spelledRight) {}

    public SplitVotes {
        changes = List.copyOf(changes);
    }

    /** Empty when nobody voted, or when it is not known how the answers were spelled. */
    public static Optional<SplitVotes> of(List<Trial> trials) {
        int attempts = 0;
        int votes = 0;
        int joined = 0;
        int split = 0;
        var changes = new ArrayList<Change>();
        for (var trial : trials) {
            var voting = trial.branches().stream()
                    .filter(draw -> draw.answer().isPresent())
                    .toList();
            if (!trial.isGraded() || voting.isEmpty()) {
                continue;
            }
            if (voting.stream().anyMatch(draw -> draw.said().isEmpty())) {
                return Optional.empty();
            }
            int taken = voting.size() - unsplit(voting);
            attempts++;
            votes += voting.size();
            joined += taken;
            split += taken > 0 ? 1 : 0;
            change(trial, voting).ifPresent(changes::add);
        }
        return attempts == 0 ? Optional.empty() : Optional.of(new SplitVotes(attempts, votes, joined, split, changes));
    }

    private static String spelling(Draw draw) {
        return draw.said().orElseThrow().strip();
    }

    /** Votes for the most frequent spelling of each answer. */
    private static int unsplit(List<Draw> voting) {
        Map<String, Map<String, Integer>> spellings = new HashMap<>();
        for (var draw : voting) {
            spellings
                    .computeIfAbsent(draw.answer().orElseThrow(), answer -> new HashMap<>())
                    .merge(spelling(draw), 1, Integer::sum);
        }
        return spellings.values().stream()
                .mapToInt(counts ->
                        counts.values().stream().mapToInt(count -> count).max().orElse(0))
                .sum();
    }

    private static Optional<Change> change(Trial trial, List<Draw> voting) {
        var byMeaning = new LinkedHashMap<String, List<Draw>>();
        var bySpelling = new LinkedHashMap<String, List<Draw>>();
        for (var draw : voting) {
            byMeaning
                    .computeIfAbsent(draw.answer().orElseThrow(), key -> new ArrayList<>())
                    .add(draw);
            bySpelling.computeIfAbsent(spelling(draw), key -> new ArrayList<>()).add(draw);
        }
        var winner = mostFrequent(byMeaning);
        var spelled = mostFrequent(bySpelling);
        return winner.answer().equals(spelled.answer())
                ? Optional.empty()
                : Optional.of(new Change(
                        trial.problem(),
                        trial.repeat(),
                        winner.answer().orElseThrow(),
                        spelling(spelled),
                        winner.right(),
                        spelled.right()));
    }

    private static Draw mostFrequent(Map<String, List<Draw>> groups) {
        List<Draw> most = List.of();
        for (var group : groups.values()) {
            most = group.size() > most.size() ? group : most; // of equal ones the first seen stays
        }
        return most.getFirst();
    }
}
