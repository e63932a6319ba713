package parathink.strategies;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import parathink.datasets.Answer;
import parathink.datasets.AnswerFormat;

/**
 * Counts votes for answers, those that are mathematically the same together. The winner has the greatest weight; of several
 * with the same weight, the one that was given first. Used by one thread.
 */
final class Votes {
    private static final class Group {
        private final Answer answer;
        private int count;
        private double weight;

        Group(Answer answer) {
            this.answer = answer;
        }
    }

    private final AnswerFormat format;
    private final List<Group> groups = new ArrayList<>();

    Votes(AnswerFormat format) {
        this.format = format;
    }

    void add(Answer answer) {
        add(answer, 1);
    }

    void add(Answer answer, double weight) {
        var group = groupOf(answer);
        group.count++;
        group.weight += weight;
    }

    /** The groups, heaviest first; ties in the order in which they were first given. */
    List<Vote> counted() {
        return groups.stream()
                .sorted(Comparator.comparingDouble((Group group) -> group.weight)
                        .reversed())
                .map(group -> new Vote(group.answer, group.count, group.weight))
                .toList();
    }

    /**
     * The winner, unless its share of all weight is not above {@code abstain}.
     *
     * @param scores what a verifier said of the completions, by path
     */
    Outcome outcome(double abstain, Map<String, Double> scores) {
        var counted = counted();
        double total = counted.stream().mapToDouble(Vote::weight).sum();
        if (counted.isEmpty() || (abstain > 0 && counted.getFirst().weight() <= abstain * total)) {
            return new Outcome.Unanswered(counted, scores, notes(counted));
        }
        return new Outcome.Answered(counted.getFirst().answer(), counted, scores, notes(counted));
    }

    private static Map<String, String> notes(List<Vote> counted) {
        long tied = counted.stream()
                .filter(vote -> vote.weight() == counted.getFirst().weight())
                .count();
        return tied > 1 ? Map.of("tied", Long.toString(tied)) : Map.of();
    }

    private Group groupOf(Answer answer) {
        for (var group : groups) {
            if (group.answer.canonical().equals(answer.canonical()) || format.same(group.answer, answer)) {
                return group;
            }
        }
        var group = new Group(answer);
        groups.add(group);
        return group;
    }
}
