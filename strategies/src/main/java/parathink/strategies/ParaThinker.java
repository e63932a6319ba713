package parathink.strategies;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import parathink.datasets.Question;
import parathink.models.Completion;
import parathink.models.Dialect;
import parathink.models.FinishReason;
import parathink.models.ModelException;
import parathink.models.Prompt;
import parathink.models.Role;
import parathink.models.SamplingParams;
import parathink.models.Sequence;
import parathink.models.Session;
import parathink.models.StopRule;
import parathink.models.Thoughts;

/**
 * Native parallel thinking (Wen et al., 2025, arXiv 2509.04475): paths forked from one prompt, each opened by its own token,
 * end together; their caches are joined without computing anything again, and the model writes a summary that sees them all.
 * The summary's answer is the answer. All paths but those that {@code finish} cut vote too, those that a limit or the budget ended
 * included: for the record, and for the answer where the summary was ended so before it had one.
 *
 * @param branches paths, at least 1 and at most as many as the model has openings for
 * @param pathTokens the longest path; 0 for what the model was taught, or the sampling's limit where that is less
 * @param summaryTokens the longest summary; 0 for what the model was taught
 * @param summaryTemperature of the summary; nothing for what the model was taught
 * @param finish when the paths end
 * @param otherwiseVote whether the paths' vote is the answer where its limit or the budget ended the summary without one
 */
public record ParaThinker(
        int branches,
        int pathTokens,
        int summaryTokens,
        OptionalDouble summaryTemperature,
        PathFinish finish,
        boolean otherwiseVote,
        SamplingParams sampling)
        implements Strategy {
    private static final String CUT = "cut";
    private static final String OTHER = "parallel-then-summarise works with any model";

    public ParaThinker {
        Checks.branches(branches);
        Checks.atLeast("path-tokens", pathTokens, 0);
        Checks.atLeast("summary-tokens", summaryTokens, 0);
    }

    @Override
    public Optional<String> objection(Question question, Dialect dialect) {
        var thoughts = dialect.thoughts(Prompt.user("?"));
        if (thoughts.isEmpty()) {
            return Optional.of("strategy parathinker: this model was not taught to think in parallel paths; " + OTHER);
        }
        int most = thoughts.get().openings().size();
        return branches <= most
                ? Optional.empty()
                : Optional.of(
                        "strategy parathinker: branches (-n) must be at most %d, the paths this model knows, got %d"
                                .formatted(most, branches));
    }

    @Override
    public Decision decision() {
        return Decision.CALL;
    }

    @Override
    public Outcome solve(Question question, Session session) {
        objection(question, session.dialect()).ifPresent(objection -> {
            throw new ModelException(ModelException.Kind.UNABLE, objection);
        });
        var thoughts = session.dialect()
                .thoughts(Prompt.user(question.asked(), question.instruction()))
                .orElseThrow();
        var trunk = session.start(thoughts.task(), drawingPaths(thoughts));
        var paths = trunk.fork(branches);
        for (int i = 0; i < branches; i++) {
            paths.get(i)
                    .writing(thoughts.substitutes(i))
                    .append(thoughts.openings().get(i));
        }
        var rule = finish.of(thoughts);
        var ended = think(session, paths, thoughts, rule.needed(branches));

        var merged = trunk.as(Role.summary()).drawing(drawingSummary(thoughts)).merge(paths);
        paths.forEach(path -> path.cancel(rule.word() + " finish"));
        merged.append(thoughts.summary());
        var summary = merged.decode(StopRule.after(thoughts.summaryEnd()));

        var votes = new Votes(question.format());
        for (var path : paths) {
            var end = ended.get(path.path());
            if (!end.how.equals(CUT)) {
                question.answerIn(end.text).ifPresent(votes::add);
            }
        }
        var notes = notes(rule, paths, ended, summary, votes);
        var answer = question.answerIn(End.of(summary.text(), thoughts.summaryEnd(), "").text);
        return new SummaryEnd(answer, summary.finish(), otherwiseVote).outcome(votes, notes);
    }

    /** What became of a path. */
    private record End(String text, String how) {
        private static End of(String text, String closing, String otherwise) {
            return text.endsWith(closing)
                    ? new End(text.substring(0, text.length() - closing.length()), "closed")
                    : new End(text, otherwise);
        }
    }

    /** Decodes the paths until enough of them have closed or reached their limit; what became of each, by its place in the tree. */
    private static Map<String, End> think(Session session, List<Sequence> paths, Thoughts thoughts, int needed) {
        var closings = new HashMap<String, String>();
        for (int i = 0; i < paths.size(); i++) {
            closings.put(paths.get(i).path(), thoughts.closings().get(i));
        }
        var ended = new HashMap<String, End>();
        int done = 0;
        for (var completion : session.asCompleted(paths, StopRule.after(thoughts.closings()))) {
            var path = completion.path();
            ended.put(path, End.of(completion.text(), closings.get(path), word(completion.finish())));
            done += completion.finish() == FinishReason.BUDGET ? 0 : 1;
            if (done >= needed) {
                break; // the others stay as they are, without a closing token
            }
        }
        for (var other : session.standing()) {
            // one that ended in the same step ended by itself too
            var otherwise = other.ended() ? "full" : CUT;
            ended.put(other.path(), End.of(other.text(), closings.get(other.path()), otherwise));
        }
        return ended;
    }

    private static String word(FinishReason reason) {
        return switch (reason) {
            case STOP -> "closed";
            case LENGTH -> "full";
            case BUDGET -> "budget";
            case CANCELLED -> CUT;
        };
    }

    private static Map<String, String> notes(
            PathFinish rule, List<Sequence> paths, Map<String, End> ended, Completion summary, Votes votes) {
        var notes = new TreeMap<String, String>();
        notes.put("form", "native: caches joined, nothing read again");
        notes.put("finish", rule.word());
        notes.put(
                "paths", paths.stream().map(path -> ended.get(path.path()).how).collect(Collectors.joining(", ")));
        notes.put("summary", word(summary.finish()));
        votes.counted().stream()
                .findFirst()
                .ifPresent(vote -> notes.put("majority", vote.answer().canonical()));
        return notes;
    }

    private SamplingParams drawingPaths(Thoughts thoughts) {
        int most = pathTokens == 0 ? Math.min(sampling.maxTokens(), thoughts.mostPathTokens()) : pathTokens;
        return sampling.with(sampling.temperature(), most);
    }

    private SamplingParams drawingSummary(Thoughts thoughts) {
        double taught = thoughts.greedySummary() ? 0 : sampling.temperature();
        int most = summaryTokens == 0 ? thoughts.mostSummaryTokens() : summaryTokens;
        return sampling.with(summaryTemperature.orElse(taught), most);
    }
}
