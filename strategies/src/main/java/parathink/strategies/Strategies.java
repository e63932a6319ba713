package parathink.strategies;

import java.util.List;
import parathink.datasets.NearestName;

/** The catalogue of strategies. */
public final class Strategies {
    private static final Setting BRANCHES =
            new Setting("branches", "16", "completions drawn a problem, 1 or more; -n sets it");
    private static final Setting ABSTAIN = new Setting(
            "abstain", "0", "give no answer unless the winner has more than this share of the votes, 0 to below 1");
    private static final String SAMPLES = "independent completions of one prompt";

    private static final List<StrategyEntry> ALL = List.of(
            new StrategyEntry(
                    "greedy",
                    "One completion at temperature 0.",
                    "baseline",
                    "one completion",
                    List.of(),
                    (settings, sampling) -> new Greedy(sampling)),
            new StrategyEntry(
                    "sample",
                    "One completion at the sampling temperature.",
                    "baseline",
                    "one completion",
                    List.of(),
                    (settings, sampling) -> new Sample(sampling)),
            new StrategyEntry(
                    "self-consistency",
                    "Plurality vote over independent branches; equivalent answers vote together.",
                    "Wang et al., 2022, arXiv 2203.11171",
                    SAMPLES,
                    List.of(BRANCHES, ABSTAIN),
                    (settings, sampling) ->
                            new SelfConsistency(settings.whole("branches"), settings.number("abstain"), sampling)),
            new StrategyEntry(
                    "best-of-n",
                    "The answer of the completion that a verifier scores highest.",
                    "Cobbe et al., 2021, arXiv 2110.14168",
                    SAMPLES
                            + ", with log-probabilities for verifier=logprob and whole-vocabulary logits for self-certainty",
                    List.of(BRANCHES, verifier("self-certainty")),
                    (settings, sampling) ->
                            new BestOfN(settings.whole("branches"), settings.verifier("verifier"), sampling)),
            new StrategyEntry(
                    "weighted-vote",
                    "A vote in which every completion counts what a verifier gives it.",
                    "Li et al., 2023, arXiv 2206.02336; Wang et al., 2022, arXiv 2203.11171",
                    SAMPLES
                            + ", with log-probabilities for verifier=logprob and whole-vocabulary logits for self-certainty",
                    List.of(BRANCHES, verifier("logprob"), ABSTAIN),
                    (settings, sampling) -> new WeightedVote(
                            settings.whole("branches"),
                            settings.verifier("verifier"),
                            settings.number("abstain"),
                            sampling)),
            new StrategyEntry(
                    "borda",
                    "Completions are ranked by self-certainty, and the higher ranks cast more votes.",
                    "Kang et al., 2025, arXiv 2502.18581",
                    SAMPLES + ", with whole-vocabulary logits",
                    List.of(BRANCHES, new Setting("power", "0.5", "votes of rank r of n are (n - r)^power; 0 to 100")),
                    (settings, sampling) -> new Borda(settings.whole("branches"), settings.number("power"), sampling)));

    private Strategies() {}

    /** The whole catalogue, in the order in which it is shown. */
    public static List<StrategyEntry> all() {
        return ALL;
    }

    /**
     * The entry of a name.
     *
     * @throws IllegalArgumentException for a name that is not there, with the nearest one
     */
    public static StrategyEntry named(String name) {
        return ALL.stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no strategy '%s'; %s"
                        .formatted(
                                name,
                                NearestName.hint(
                                        name,
                                        ALL.stream().map(StrategyEntry::name).toList()))));
    }

    private static Setting verifier(String preset) {
        return new Setting(
                "verifier",
                preset,
                "what scores a completion: logprob, self-certainty, score (recorded in a pool) or rule");
    }
}
