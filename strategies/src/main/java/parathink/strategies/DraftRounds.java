package parathink.strategies;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import parathink.datasets.Answer;
import parathink.datasets.Question;
import parathink.models.Completion;
import parathink.models.FinishReason;
import parathink.models.Prompt;
import parathink.models.Role;
import parathink.models.SamplingParams;
import parathink.models.Sequence;
import parathink.models.Session;
import parathink.models.Step;
import parathink.models.StopRule;

/**
 * The calls of one problem that is attempted in rounds, with what the record says of them. Used by one thread, the strategy's.
 */
final class DraftRounds {
    private final Question question;
    private final Session session;
    private final CallLimits limits;
    private final SamplingParams sampling;
    private final Prompt task;
    private final List<Completion> calls = new ArrayList<>();
    private final Map<String, String> notes = new TreeMap<>();
    private List<Draft> latest = List.of(); // of the latest round that gave an answer
    private boolean budgetSpent;

    DraftRounds(Question question, Session session, CallLimits limits, SamplingParams sampling) {
        this.question = question;
        this.session = session;
        this.limits = limits;
        this.sampling = sampling;
        this.task = Prompt.user(question.asked(), question.instruction());
    }

    Prompt task() {
        return task;
    }

    /** Attempts at the question itself. */
    List<Draft> drafts(int width) {
        var trunk = session.start(task, limits.attempt(sampling)).as(Role.draft(0));
        return attempts(trunk.fork(width), StopRule.NONE, 0, List.of(List.of()));
    }

    /**
     * Attempts that start from workspaces.
     *
     * @param workspaces one for each of them, or one for all
     */
    List<Draft> refined(List<Workspace> workspaces, int width, int round, SamplingParams drawn) {
        var steps = workspaces.stream()
                .map(workspace -> session.dialect().refine(task, workspace.text()))
                .toList();
        var before = workspaces.stream().map(Workspace::calls).toList();
        return attempts(started(steps, width, Role.refine(round), drawn), steps.getFirst().stop(), round, before);
    }

    /** One attempt that starts from an earlier one. */
    Draft revised(Step step, Draft earlier, List<Completion> between, int round, SamplingParams drawn) {
        var before = new ArrayList<>(earlier.calls());
        before.addAll(between);
        var started = started(List.of(step), 1, Role.refine(round), drawn);
        return attempts(started, step.stop(), round, List.of(before)).getFirst();
    }

    /** Calls that write no attempt, side by side. */
    List<Completion> written(List<Step> steps, Role role, SamplingParams drawn, int tokens) {
        if (steps.isEmpty()) {
            return List.of();
        }
        var sequences = steps.stream()
                .map(step -> session.start(step.prompt(), limits.writing(step, drawn, tokens))
                        .as(role))
                .toList();
        return heard(session.decodeAll(sequences, steps.getFirst().stop()));
    }

    private List<Sequence> started(List<Step> steps, int width, Role role, SamplingParams drawn) {
        var sequences = steps.stream()
                .map(step -> session.start(step.prompt(), limits.writing(step, drawn, limits.solution()))
                        .as(role))
                .toList();
        return steps.size() == 1 && width > 1 ? sequences.getFirst().fork(width) : sequences;
    }

    private List<Draft> attempts(
            List<? extends Sequence> sequences, StopRule stop, int round, List<List<Completion>> before) {
        var drafts = new ArrayList<Draft>();
        for (var completion : heard(session.decodeAll(sequences, stop))) {
            var path = new ArrayList<>(before.get(Math.min(drafts.size(), before.size() - 1)));
            path.add(completion);
            var text = session.fitting(session.dialect().draft(completion, round), limits.solution());
            drafts.add(new Draft(completion, text, question.answerIn(completion.answerText()), path));
        }
        if (drafts.stream().anyMatch(draft -> draft.answer().isPresent())) {
            latest = List.copyOf(drafts);
        }
        note("unfinished", drafts.stream().filter(draft -> draft.text().isEmpty()).count());
        if (drafts.size() > 1) {
            notes.put("votes." + round, spelled(votes(drafts).counted()));
        }
        return drafts;
    }

    private List<Completion> heard(List<Completion> completions) {
        calls.addAll(completions);
        budgetSpent |= completions.stream().anyMatch(call -> call.finish() == FinishReason.BUDGET);
        return completions;
    }

    /** Adds to a count that the record shows where it is not 0. */
    void note(String topic, long count) {
        if (count > 0) {
            notes.merge(topic, Long.toString(count), (a, b) -> Long.toString(Long.parseLong(a) + Long.parseLong(b)));
        }
    }

    boolean isBudgetSpent() {
        return budgetSpent;
    }

    /** The drafts of the latest round in which there was an answer. */
    List<Draft> latest() {
        return latest;
    }

    Votes votes(List<Draft> drafts) {
        var votes = new Votes(question.format());
        drafts.forEach(draft -> draft.answer().ifPresent(votes::add));
        return votes;
    }

    private static String spelled(List<Vote> votes) {
        return votes.stream()
                .map(vote -> "%s (%d)".formatted(vote.answer().canonical(), vote.count()))
                .collect(Collectors.joining(", "));
    }

    /** The calls of the longest way to one of some drafts, as if each were made by itself. */
    List<Completion> longest(List<Draft> drafts) {
        List<Completion> longest = List.of();
        for (var draft : drafts) {
            if (longest.isEmpty() || session.tokens(draft.calls()) > session.tokens(longest)) {
                longest = draft.calls();
            }
        }
        return longest;
    }

    /**
     * What came of it.
     *
     * @param accepted the attempts that the answer comes from: one, or those that voted
     */
    Outcome outcome(Optional<Answer> answer, List<Vote> votes, List<Draft> accepted, Map<String, String> more) {
        var all = new HashMap<>(notes);
        all.putAll(more);
        all.put("b_seq", Long.toString(session.tokens(longest(accepted))));
        all.put("b_total", Long.toString(session.tokens(calls)));
        if (budgetSpent) {
            all.put("stop", "budget");
        }
        return answer.<Outcome>map(given -> new Outcome.Answered(given, votes, Map.of(), all))
                .orElseGet(() -> new Outcome.Unanswered(votes, Map.of(), all));
    }
}
