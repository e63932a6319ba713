package parathink.strategies;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import parathink.datasets.Question;
import parathink.models.Measures;
import parathink.models.Prompt;
import parathink.models.SamplingParams;
import parathink.models.Session;
import parathink.strategies.judges.Judge;
import parathink.strategies.judges.LexicalJudge;
import parathink.strategies.judges.ModelJudge;
import parathink.strategies.judges.OracleJudge;

/**
 * Prunes traces that are expected to repeat an answer (DeepPrune: Tu et al., 2025, arXiv 2510.08483). All traces are decoded up to a
 * cut and clustered there by a judge of unfinished texts; the first members of the largest cluster are decoded on, with their
 * caches, and vote. The others are cancelled as soon as they cannot be wanted any more.
 *
 * @param branches traces begun
 * @param cut where they are judged
 * @param judge who tells whether two come to the same answer
 * @param clustering how they are clustered
 * @param finished members of the largest cluster that are decoded to their end at most (the paper's K2)
 * @param ungrouped traces that are decoded to their end when no two of them are in one cluster (K3); 0 to leave it at the first
 *     cluster, as for any other tie
 */
record DeepPrune(
        int branches,
        Cut cut,
        Judge judge,
        GreedyClustering clustering,
        int finished,
        int ungrouped,
        SamplingParams sampling)
        implements Strategy {
    DeepPrune {
        Checks.branches(branches);
        Objects.requireNonNull(cut, "cut");
        Objects.requireNonNull(judge, "judge");
        Checks.atLeast("k2", finished, 1);
        Checks.atLeast("k3", ungrouped, 0);
    }

    @Override
    public Decision decision() {
        return Decision.VOTE;
    }

    @Override
    public Outcome solve(Question question, Session session) {
        var prompt = Prompt.user(question.asked(), question.instruction());
        var forks = session.start(prompt, sampling).fork(branches);
        var traces = new HeldTraces(question, session, forks, cut, judge);
        var clusters = new Clusters();
        for (int trace = 0; trace < traces.size() && !traces.isBudgetSpent(); trace++) {
            clustering.file(trace, clusters, traces);
            traces.cancel(clusters.beyond(finished), "redundant");
            traces.cancel(clusters.outnumbered(traces.size() - trace - 1), "outnumbered");
        }
        boolean collapsed = clusters.areSingle() && ungrouped > 0;
        var chosen = chosen(clusters, traces, collapsed);
        traces.cancel(
                traces.all().stream().filter(trace -> !chosen.contains(trace)).toList(), "pruned");
        traces.end(chosen);
        var votes = traces.votes(chosen);
        if (votes.counts()
                .isEmpty()) { // a spent budget, or a cluster without any answer: better one from outside than none
            votes = traces.votes(traces.all());
        }
        return votes.outcome(Map.of(), notes(clusters, traces, chosen, collapsed));
    }

    /** An oracle knows how texts end, and so whether they agree; what it saves is a bound. */
    @Override
    public boolean isDiagnostic() {
        return judge instanceof OracleJudge;
    }

    @Override
    public boolean asksJudge() {
        return judge instanceof ModelJudge model && model.other();
    }

    @Override
    public Optional<String> needsPool() {
        if (isDiagnostic()) {
            return Optional.of("-S judge=oracle knows how recorded completions end; give --model replay:PATH");
        }
        return cut.kind() == Cut.Kind.CHUNKS
                ? Optional.of(
                        "-S cut=%s: only a pool has chunks; give --model replay:PATH, or cut at words, tokens or a share"
                                .formatted(cut))
                : Optional.empty();
    }

    @Override
    public Optional<Pruning> pruning() {
        return Optional.of(new Pruning(branches, finished));
    }

    /** That of coefficients that did not come with the program. */
    @Override
    public Map<String, String> hashes() {
        return judge instanceof LexicalJudge lexical && !lexical.equals(LexicalJudge.builtIn())
                ? Map.of("coefficients", lexical.hash())
                : Map.of();
    }

    /** The traces that are to be finished; all, once nothing can be judged any more. */
    private List<Integer> chosen(Clusters clusters, HeldTraces traces, boolean collapsed) {
        if (traces.isBudgetSpent() || clusters.count() == 0) {
            return traces.all();
        }
        return collapsed
                ? traces.some(traces.all(), ungrouped, "ungrouped")
                : clusters.members(clusters.largest()).stream().limit(finished).toList();
    }

    private static Map<String, String> notes(
            Clusters clusters, HeldTraces traces, List<Integer> chosen, boolean collapsed) {
        return Map.of(
                "clusters",
                clusters.toString(),
                "compared",
                Integer.toString(traces.compared()),
                "finished",
                chosen.stream().map(String::valueOf).collect(Collectors.joining(" ")),
                "stop",
                traces.isBudgetSpent() ? "budget" : collapsed ? "collapse" : "largest cluster");
    }

    @Override
    public Measures measures() {
        return judge instanceof ModelJudge ? Measures.VERDICTS : Measures.NONE;
    }
}
