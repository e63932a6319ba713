package parathink.strategies;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parathink.datasets.Answer;
import parathink.datasets.Question;
import parathink.models.Dialect;
import parathink.models.Measures;
import parathink.models.Prompt;
import parathink.models.SamplingParams;
import parathink.models.Session;

/**
 * Parallel-distil-refine (PDR; Madaan et al., 2025, arXiv 2510.01123, sections 2 and 3): drafts side by side, a workspace of
 * bounded size made of them, attempts that start from the workspace alone, and so on; the workspace is made anew each round.
 * With random groups of drafts, as many attempts in every round and a vote at the end it is recursive self-aggregation (RSA;
 * Venkatraman et al., 2025, arXiv 2509.26626).
 *
 * @param rounds attempts of each round before the last call, at least 1 each; without any, the last call is the only one and
 *     starts from an empty workspace
 * @param distilling how drafts become workspaces
 * @param use which drafts workspaces are made of; all but {@link DraftUse#NORMAL} ask an oracle, and diagnose
 * @param limits what a call may write
 * @param lastCall whether one more call gives the answer; else the attempts of the last round vote
 * @param otherwiseVote whether the latest attempts vote where the last call gives no answer
 * @param greedyEnd whether workspaces and the last call are drawn at temperature 0
 */
public record ParallelDistilRefine(
        List<Integer> rounds,
        Distilling distilling,
        DraftUse use,
        CallLimits limits,
        boolean lastCall,
        boolean otherwiseVote,
        boolean greedyEnd,
        SamplingParams sampling)
        implements Strategy {
    public ParallelDistilRefine {
        rounds = List.copyOf(rounds);
        rounds.forEach(width -> Checks.window("rounds", width, 1));
        if (rounds.isEmpty() && !lastCall) {
            throw new IllegalArgumentException("rounds=0 leaves the last call alone, so it needs last=call");
        }
    }

    @Override
    public Decision decision() {
        return lastCall ? Decision.CALL : Decision.VOTE;
    }

    @Override
    public Outcome solve(Question question, Session session) {
        return solve(question, session, Oracle.NONE);
    }

    @Override
    public Outcome solve(Question question, Session session, Oracle oracle) {
        var rounds = new DraftRounds(question, session, limits, sampling);
        var distiller = new Distiller(distilling, question, session, rounds, end());
        List<Draft> drafts = List.of();
        List<Vote> votes = List.of();
        for (int round = 0; round < this.rounds.size() && !rounds.isBudgetSpent(); round++) {
            int width = this.rounds.get(round);
            drafts = round == 0
                    ? rounds.drafts(width)
                    : refined(
                            rounds, distiller.workspaces(use.of(drafts, oracle), width, round), width, round, sampling);
            votes = round == 0 ? rounds.votes(drafts).counted() : votes;
        }
        if (!lastCall) {
            return voted(rounds, Map.of());
        }
        return last(rounds, distiller, use.of(drafts, oracle), votes);
    }

    private static List<Draft> refined(
            DraftRounds rounds, List<Workspace> workspaces, int width, int round, SamplingParams drawn) {
        return rounds.isBudgetSpent() ? List.of() : rounds.refined(workspaces, width, round, drawn);
    }

    private Outcome last(DraftRounds rounds, Distiller distiller, List<Draft> drafts, List<Vote> votes) {
        int round = this.rounds.size();
        var before = rounds.latest();
        var last = new ArrayList<Draft>();
        if (!rounds.isBudgetSpent()) {
            var workspace = round == 0 ? List.of(new Workspace("", List.of())) : distiller.workspaces(drafts, 1, round);
            last.addAll(refined(rounds, workspace, 1, round, end()));
        }
        Optional<Answer> answer =
                last.stream().flatMap(draft -> draft.answer().stream()).findFirst();
        if (answer.isPresent() || !otherwiseVote || before.isEmpty()) {
            return rounds.outcome(answer, votes, last, Map.of());
        }
        return voted(rounds, Map.of("answer", "vote of the latest attempts"));
    }

    /** The plurality of the latest attempts that have an answer. */
    private static Outcome voted(DraftRounds rounds, Map<String, String> notes) {
        var votes = rounds.votes(rounds.latest()).counted();
        return rounds.outcome(votes.stream().map(Vote::answer).findFirst(), votes, rounds.latest(), notes);
    }

    private SamplingParams end() {
        return greedyEnd ? sampling.greedy() : sampling;
    }

    @Override
    public Optional<String> objection(Question question, Dialect dialect) {
        if (distilling.isTopK()
                && distilling.ranking() == DraftRanking.MODEL
                && dialect.select(task(question), List.of(""), 1).isEmpty()) {
            return Optional.of(
                    "rank=model: this model was not taught to choose drafts; give rank=votes, logprob or self-certainty");
        }
        return distilling.objection(lastCall ? rounds : rounds.subList(0, rounds.size() - 1), dialect);
    }

    private static Prompt task(Question question) {
        return Prompt.user(question.asked(), question.instruction());
    }

    @Override
    public boolean isDiagnostic() {
        return use != DraftUse.NORMAL;
    }

    @Override
    public Measures measures() {
        return distilling.isTopK() ? distilling.ranking().measures() : Measures.NONE;
    }
}
