package parathink.strategies.judges;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import parathink.datasets.Question;
import parathink.models.Completion;
import parathink.models.Prompt;
import parathink.models.SamplingParams;
import parathink.models.Sequence;
import parathink.models.Session;
import parathink.models.Verdict;

/**
 * A model that says which of two labels comes next after both texts; the share of the label for "same" is the probability. All pairs
 * of a decision go to it together, and what their prompts have in common is read once where its dialect says where they part.
 * Immutable; any thread.
 *
 * @param other whether it is another model than the one that solves
 */
public record ModelJudge(boolean other) implements Judge {
    private static final SamplingParams ONE_TOKEN = new SamplingParams(0, 0, 1, 0, 1);

    /** The model that solves, or whichever the session was given. */
    public ModelJudge() {
        this(false);
    }

    @Override
    public List<OptionalDouble> same(Question question, Session session, List<Pair> pairs) {
        if (pairs.isEmpty()) {
            return List.of();
        }
        var judge = session.judge();
        var task = Prompt.user(question.asked(), question.instruction());
        var verdicts = pairs.stream()
                .map(pair -> judge.dialect().compare(task, pair.one(), pair.other()))
                .toList();
        var trunks = new LinkedHashMap<Prompt, Sequence>();
        var asked = sequences(judge, verdicts, trunks);
        var completions = judge.choose(asked, verdicts.getFirst().choice());
        asked.forEach(sequence -> sequence.cancel("verdict given")); // their memory is needed for the next ones
        trunks.values().forEach(trunk -> trunk.cancel("verdicts given"));
        return completions.stream().map(Completion::choice).toList();
    }

    /** A sequence for each verdict, in order; those that begin alike are branches of one. */
    private static List<Sequence> sequences(Session judge, List<Verdict> verdicts, Map<Prompt, Sequence> trunks) {
        var counts = new LinkedHashMap<Prompt, Integer>();
        verdicts.forEach(verdict -> counts.merge(verdict.prompt(), 1, Integer::sum));
        var branches = new LinkedHashMap<Prompt, List<Sequence>>();
        counts.forEach((prompt, count) -> {
            if (count > 1) {
                var trunk = judge.start(prompt, ONE_TOKEN);
                trunks.put(prompt, trunk);
                branches.put(prompt, new ArrayList<>(trunk.fork(count)));
            }
        });
        var sequences = new ArrayList<Sequence>();
        for (var verdict : verdicts) {
            var sequence = counts.get(verdict.prompt()) == 1
                    ? judge.start(verdict.prompt(), ONE_TOKEN)
                    : branches.get(verdict.prompt()).removeFirst();
            if (!verdict.rest().isEmpty()) {
                sequence.append(verdict.rest());
            }
            sequences.add(sequence);
        }
        return sequences;
    }
}
