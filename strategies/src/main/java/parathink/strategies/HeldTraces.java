package parathink.strategies;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import parathink.datasets.Question;
import parathink.models.Completion;
import parathink.models.FinishReason;
import parathink.models.Progress;
import parathink.models.Sequence;
import parathink.models.Session;
import parathink.models.StopRule;
import parathink.strategies.judges.Judge;
import parathink.strategies.judges.OracleJudge;
import parathink.strategies.judges.Pair;

/**
 * The traces of one question at their cut: most stand still there and can be decoded on or cancelled, some ended before. Each has
 * its place in the order of all, from 0. Used by one thread.
 */
final class HeldTraces {
    private final Question question;
    private final Session session;
    private final Judge judge;
    private final List<Sequence> sequences;
    private final Map<Integer, Completion> ended = new HashMap<>();
    private final Set<Integer> cancelled = new HashSet<>();
    private final String[] texts; // that the judge goes by
    private int compared;
    private boolean budgetSpent;

    /** Decodes sequences up to a cut; all of them are the traces, in their order. */
    HeldTraces(Question question, Session session, List<Sequence> sequences, Cut cut, Judge judge) {
        this.question = question;
        this.session = session;
        this.judge = judge;
        this.sequences = List.copyOf(sequences);
        this.texts = new String[sequences.size()];
        var progress = cut.hold(session, sequences);
        var standing = places(progress, false);
        var read = judge.read(
                session,
                standing.stream().map(sequences::get).toList(),
                standing.stream().map(place -> progress.get(place).text()).toList());
        for (int i = 0; i < standing.size(); i++) {
            texts[standing.get(i)] = read.get(i);
        }
        end(places(progress, true)); // costs nothing: they have their ends already
        ended.forEach((place, completion) -> texts[place] = completion.answerText());
    }

    private static List<Integer> places(List<Progress> progress, boolean ended) {
        return IntStream.range(0, progress.size())
                .filter(place -> progress.get(place).ended() == ended)
                .boxed()
                .toList();
    }

    int size() {
        return sequences.size();
    }

    /** Whether no further token can be decoded, by a trace or by a judge. */
    boolean isBudgetSpent() {
        return budgetSpent;
    }

    /** Pairs that the judge was asked about. */
    int compared() {
        return compared;
    }

    /**
     * How probable it is that a trace comes to the answer of each of some others. Of two that have ended this is known. The others go to
     * the judge together; where the budget does not suffice for a verdict, it counts as different, and the budget is spent.
     */
    double[] same(int trace, List<Integer> others) {
        var open = others.stream()
                .filter(other -> !(ended.containsKey(trace) && ended.containsKey(other)))
                .toList();
        var verdicts = judge.same(
                question,
                session,
                open.stream().map(other -> new Pair(texts[trace], texts[other])).toList());
        compared += open.size();
        budgetSpent |= verdicts.stream().anyMatch(OptionalDouble::isEmpty);
        var byPlace = new HashMap<Integer, Double>();
        for (int i = 0; i < open.size(); i++) {
            byPlace.put(open.get(i), verdicts.get(i).orElse(0));
        }
        return others.stream()
                .mapToDouble(other -> byPlace.containsKey(other) ? byPlace.get(other) : known(trace, other))
                .toArray();
    }

    private double known(int trace, int other) {
        return OracleJudge.isSame(question, new Pair(texts[trace], texts[other])) ? 1 : 0;
    }

    /** Gives up some traces: they are never decoded further, and their memory is free. */
    void cancel(Collection<Integer> places, String rule) {
        for (int place : places) {
            if (cancelled.add(place)) {
                sequences.get(place).cancel(rule);
            }
        }
    }

    /** Decodes the rest of some traces side by side; those that have ended stay as they are. */
    void end(List<Integer> places) {
        var open = places.stream()
                .filter(place -> !ended.containsKey(place) && !cancelled.contains(place))
                .toList();
        var completions = session.decodeAll(open.stream().map(sequences::get).toList(), StopRule.NONE);
        for (int i = 0; i < open.size(); i++) {
            ended.put(open.get(i), completions.get(i));
            budgetSpent |= completions.get(i).finish() == FinishReason.BUDGET;
        }
    }

    /** The votes of those of some traces that have ended. */
    Votes votes(Collection<Integer> places) {
        var votes = new Votes(question.format());
        for (int place : places) {
            if (ended.containsKey(place)) {
                question.answerIn(ended.get(place).answerText()).ifPresent(answer -> votes.add(answer, 1, place));
            }
        }
        return votes;
    }

    /**
     * At most so many of some traces, drawn evenly, in their order.
     *
     * @param draw its name: the same draw gives the same traces
     */
    List<Integer> some(List<Integer> places, int most, String draw) {
        return places.size() <= most
                ? places
                : session.draw(draw, most, places.size()).stream()
                        .sorted()
                        .map(places::get)
                        .toList();
    }

    /** All places, in order. */
    List<Integer> all() {
        return IntStream.range(0, size()).boxed().toList();
    }
}
