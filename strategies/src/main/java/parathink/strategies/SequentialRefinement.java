package parathink.strategies;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parathink.datasets.Question;
import parathink.models.Completion;
import parathink.models.Dialect;
import parathink.models.Prompt;
import parathink.models.Role;
import parathink.models.SamplingParams;
import parathink.models.Session;

/**
 * Sequential refinement (SR; Madaan et al., 2025, arXiv 2510.01123, section 2): one draft, attempted again and again, each time
 * from the attempt before alone; with or without a call between that lists the errors of that attempt.
 *
 * @param rounds attempts after the draft, at least 1
 * @param analysis whether the errors are listed first
 * @param limits what a call may write
 * @param otherwiseEarlier whether the latest attempt with an answer gives it where the last one has none
 * @param greedyRevision whether all after the draft is drawn at temperature 0
 */
public record SequentialRefinement(
        int rounds,
        boolean analysis,
        CallLimits limits,
        boolean otherwiseEarlier,
        boolean greedyRevision,
        SamplingParams sampling)
        implements Strategy {
    public SequentialRefinement {
        Checks.window("rounds", rounds, 1);
    }

    @Override
    public Decision decision() {
        return Decision.CALL;
    }

    @Override
    public Outcome solve(Question question, Session session) {
        var rounds = new DraftRounds(question, session, limits, sampling);
        var drawn = greedyRevision ? sampling.greedy() : sampling;
        var attempt = rounds.drafts(1).getFirst();
        for (int round = 1; round <= this.rounds && !rounds.isBudgetSpent(); round++) {
            var dialect = session.dialect();
            List<Completion> between = new ArrayList<>();
            var step = dialect.revise(rounds.task(), attempt.text());
            if (analysis) {
                var asked = dialect.analyse(rounds.task(), attempt.text()).orElseThrow();
                between.addAll(rounds.written(List.of(asked), new Role("analysis", round), drawn, limits.solution()));
                var errors = session.fitting(dialect.workspace(between.getFirst()), limits.solution());
                step = dialect.revise(rounds.task(), attempt.text(), errors).orElseThrow();
            }
            if (!rounds.isBudgetSpent()) {
                attempt = rounds.revised(step, attempt, between, round, drawn);
            }
        }
        return outcome(rounds, attempt);
    }

    private Outcome outcome(DraftRounds rounds, Draft last) {
        if (last.answer().isPresent() || !otherwiseEarlier || rounds.latest().isEmpty()) {
            return rounds.outcome(last.answer(), rounds.votes(List.of(last)).counted(), List.of(last), Map.of());
        }
        var earlier = rounds.latest();
        return rounds.outcome(
                earlier.getFirst().answer(),
                rounds.votes(earlier).counted(),
                earlier,
                Map.of("answer", "an earlier attempt's"));
    }

    @Override
    public Optional<String> objection(Question question, Dialect dialect) {
        var task = Prompt.user(question.asked(), question.instruction());
        return analysis && dialect.analyse(task, "").isEmpty()
                ? Optional.of(
                        "analysis=true: this model was not taught to say what is wrong with an attempt; leave it out")
                : Optional.empty();
    }
}
