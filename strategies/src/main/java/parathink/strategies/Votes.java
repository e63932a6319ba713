package parathink.strategies;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parathink.datasets.Answer;
import parathink.datasets.AnswerFormat;

/**
 * Counts votes for answers, those that are mathematically the same together. The winner has the greatest weight; of several
 * with the same weight, the one that was given first, by its place where places are told. Used by one thread.
 */
public final class Votes {
    private static final class Group {
        private Answer answer;
        private int place;
        private int count;
        private double weight;

        Group(Answer answer, int place) {
            this.answer = answer;
            this.place = place;
        }
    }

    private final AnswerFormat format;
    private final List<Group> groups = new ArrayList<>();
    private final Map<Answer, Group> known = new HashMap<>(); // while every group keeps the answer it is compared by
    private int added;

    /** No votes yet; answers are the same when this format says so. */
    public Votes(AnswerFormat format) {
        this.format = format;
    }

    /** Adds a vote that counts 1. */
    public void add(Answer answer) {
        add(answer, 1);
    }

    /** Adds a vote that counts {@code weight}. */
    public void add(Answer answer, double weight) {
        add(answer, weight, added);
    }

    /**
     * Adds a vote out of its turn.
     *
     * @param place where it would have stood in the order by which ties are decided
     */
    public void add(Answer answer, double weight, int place) {
        var group = groupOf(answer, place);
        if (place < group.place) {
            group.place = place;
            group.answer = answer;
            known.clear();
        }
        group.count++;
        group.weight += weight;
        added++;
    }

    /** Completions by answer, most first. */
    public List<Integer> counts() {
        return groups.stream()
                .map(group -> group.count)
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    /** Completions that gave the most frequent answer. */
    public int leadCount() {
        return groups.stream().mapToInt(group -> group.count).max().orElse(0);
    }

    /** The winner's share of all weight; 0 without votes. */
    public double leadShare() {
        double total = groups.stream().mapToDouble(group -> group.weight).sum();
        double most = groups.stream().mapToDouble(group -> group.weight).max().orElse(0);
        return total == 0 ? 0 : most / total;
    }

    /** The groups, heaviest first; ties in the order in which they were first given. */
    public List<Vote> counted() {
        return groups.stream()
                .sorted(Comparator.comparingDouble((Group group) -> group.weight)
                        .reversed()
                        .thenComparingInt(group -> group.place))
                .map(group -> new Vote(group.answer, group.count, group.weight))
                .toList();
    }

    /**
     * The winner, unless its share of all weight is not above {@code abstain}.
     *
     * @param scores what a verifier said of the completions, by path
     */
    public Outcome outcome(double abstain, Map<String, Double> scores) {
        return outcome(abstain, scores, Map.of());
    }

    /**
     * The winner, if there is any vote.
     *
     * @param scores what a verifier said of the completions, by path
     * @param notes of the strategy
     */
    public Outcome outcome(Map<String, Double> scores, Map<String, String> notes) {
        return outcome(0, scores, notes);
    }

    /** Both at once. */
    public Outcome outcome(double abstain, Map<String, Double> scores, Map<String, String> more) {
        var counted = counted();
        var notes = new HashMap<>(more);
        notes.putAll(notes(counted));
        double total = counted.stream().mapToDouble(Vote::weight).sum();
        if (counted.isEmpty() || (abstain > 0 && counted.getFirst().weight() <= abstain * total)) {
            return new Outcome.Unanswered(counted, scores, notes);
        }
        return new Outcome.Answered(counted.getFirst().answer(), counted, scores, notes);
    }

    private static Map<String, String> notes(List<Vote> counted) {
        long tied = counted.stream()
                .filter(vote -> vote.weight() == counted.getFirst().weight())
                .count();
        return tied > 1 ? Map.of("tied", Long.toString(tied)) : Map.of();
    }

    private Group groupOf(Answer answer, int place) {
        var seen = known.get(answer);
        if (seen == null) {
            seen = find(answer).orElseGet(() -> begin(answer, place));
            known.put(answer, seen);
        }
        return seen;
    }

    private Optional<Group> find(Answer answer) {
        for (var group : groups) {
            if (group.answer.canonical().equals(answer.canonical()) || format.same(group.answer, answer)) {
                return Optional.of(group);
            }
        }
        return Optional.empty();
    }

    private Group begin(Answer answer, int place) {
        var group = new Group(answer, place);
        groups.add(group);
        return group;
    }
}
