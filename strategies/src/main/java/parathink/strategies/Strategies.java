package parathink.strategies;

import java.util.List;

/** The catalogue of strategies. */
public final class Strategies {
    private static final Setting BRANCHES =
            new Setting("branches", "16", "completions drawn a problem, 1 or more; -n sets it");
    private static final Setting ABSTAIN = new Setting(
            "abstain", "0", "give no answer unless the winner has more than this share of the votes, 0 to below 1");
    private static final String SAMPLES = "independent completions of one prompt";

    private static final String IN_TURN =
            "independent completions of one prompt, a few at a time, that can be cancelled";
    private static final String SEVERAL_CALLS =
            "several calls, each with a prompt of its own, from a model that reads instructions or was taught the forms";
    private static final String TOKEN_CONFIDENCE =
            ", with the log-probabilities of the most probable tokens at every step";
    private static final String DEEPCONF = "Fu et al., 2025, arXiv 2508.15260";
    private static final String PARATHINKER = "Wen et al., 2025, arXiv 2509.04475";
    private static final Setting GROUP =
            new Setting("window", "2048", "tokens in a group, 1 or more; choose it well below the length of a text");
    private static final Setting CANDIDATES =
            new Setting("candidates", "20", "most probable tokens that a token's confidence is the mean of, 1 or more");

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
                    (settings, sampling) -> new Borda(settings.whole("branches"), settings.number("power"), sampling)),
            new StrategyEntry(
                    "esc",
                    "Early-stopping self-consistency: draws in windows until one is unanimous.",
                    "Li et al., 2024, arXiv 2401.10480",
                    IN_TURN,
                    List.of(
                            most("40"),
                            window("5", "2 or more"),
                            new Setting(
                                    "expected",
                                    "0",
                                    "completions a problem may be expected to cost, up to branches: after the first window"
                                            + " the most that are drawn falls until it does not; 0 for no such limit")),
                    (settings, sampling) -> new EarlyStopping(
                            settings.whole("branches"),
                            settings.whole("window"),
                            settings.number("expected"),
                            sampling)),
            new StrategyEntry(
                    "adaptive-consistency",
                    "Draws until it is certain enough that the answer in the lead is the most probable one.",
                    "Aggarwal et al., 2023, arXiv 2305.11860",
                    IN_TURN,
                    List.of(
                            most("40"),
                            window("1", "1 or more"),
                            new Setting(
                                    "stop",
                                    "beta",
                                    "when the answers are enough: beta (certain by the first two), dirichlet (by the first five),"
                                            + " entropy, majority or random"),
                            new Setting(
                                    "threshold", "0.95", "of beta and dirichlet: certainty that is enough, 0.5 to 1"),
                            new Setting(
                                    "entropy", "0.75", "of entropy: normalised entropy that is small enough, 0 to 1"),
                            new Setting("share", "0.8", "of majority: share of the answers that is enough, up to 1"),
                            new Setting("chance", "0.1", "of random: probability of ending after an answer, 0 to 1")),
                    (settings, sampling) -> new AdaptiveConsistency(
                            settings.whole("branches"), settings.whole("window"), criterion(settings), sampling)),
            new StrategyEntry(
                    "consensus-stop",
                    "Self-consistency that stops when the lead cannot be overturned, or has a share of the votes.",
                    "share rule: Aggarwal et al., 2023, arXiv 2305.11860; lead rule: exact",
                    IN_TURN,
                    List.of(
                            most("40"),
                            window("5", "1 or more"),
                            new Setting(
                                    "share",
                                    "1",
                                    "share of the votes so far that ends the vote, above 0.5 and below 1; 1 for the lead rule alone"),
                            new Setting("least", "2", "votes before the share rule may fire, 1 or more")),
                    (settings, sampling) -> new ConsensusStop(
                            settings.whole("branches"),
                            settings.whole("window"),
                            settings.number("share"),
                            settings.whole("least"),
                            sampling)),
            new StrategyEntry(
                    "deepconf",
                    "Offline DeepConf: the completions that the model was most confident of vote with their confidence.",
                    DEEPCONF,
                    SAMPLES + TOKEN_CONFIDENCE,
                    List.of(
                            new Setting("branches", "512", "completions drawn a problem, 1 or more; -n sets it"),
                            new Setting("measure", "lowest", "confidence of a text: mean, bottom, lowest or tail"),
                            keep("answered completions that vote"),
                            new Setting(
                                    "weights",
                                    "confidence",
                                    "what a vote counts: confidence, or equal for a plain majority"),
                            GROUP,
                            new Setting("tail", "2048", "tokens at the end that measure=tail reads, 1 or more"),
                            CANDIDATES),
                    (settings, sampling) -> new DeepConf(
                            settings.whole("branches"),
                            settings.oneOf("measure", ConfidenceMeasure.values(), ConfidenceMeasure::word),
                            settings.number("keep"),
                            settings.oneOf("weights", ConfidenceWeights.values(), ConfidenceWeights::word),
                            settings.whole("window"),
                            settings.whole("tail"),
                            settings.whole("candidates"),
                            sampling)),
            new StrategyEntry(
                    "pdr",
                    "Parallel-distil-refine: drafts, a bounded workspace made of them, attempts that start from it alone.",
                    "Madaan et al., 2025, arXiv 2510.01123",
                    SEVERAL_CALLS,
                    RefinementSettings.PDR,
                    RefinementSettings::pdr),
            new StrategyEntry(
                    "rsa",
                    "Recursive self-aggregation: a population of attempts, each made anew from a few random ones; then a vote.",
                    "Venkatraman et al., 2025, arXiv 2509.26626",
                    SEVERAL_CALLS,
                    RefinementSettings.RSA,
                    RefinementSettings::rsa),
            new StrategyEntry(
                    "sequential-refinement",
                    "One draft, attempted again and again, each time from the attempt before alone.",
                    "Madaan et al., 2025, arXiv 2510.01123",
                    SEVERAL_CALLS,
                    RefinementSettings.SEQUENTIAL,
                    RefinementSettings::sequential),
            new StrategyEntry(
                    "deepconf-online",
                    "Online DeepConf: a warm-up sets the least confidence, and texts that fall below it are ended.",
                    DEEPCONF,
                    IN_TURN + TOKEN_CONFIDENCE,
                    List.of(
                            most("256"),
                            new Setting("warmup", "16", "completions drawn in full first, 1 or more"),
                            keep("warm-up that the least confidence keeps"),
                            GROUP,
                            CANDIDATES,
                            new Setting("parallel", "16", "further completions decoded side by side, 1 or more"),
                            new Setting(
                                    "consensus",
                                    "0.95",
                                    "share of all weight at which no more are drawn, up to 1; 0 to draw them all")),
                    (settings, sampling) -> new DeepConfOnline(
                            settings.whole("branches"),
                            settings.whole("warmup"),
                            settings.number("keep"),
                            settings.whole("window"),
                            settings.whole("candidates"),
                            settings.whole("parallel"),
                            settings.number("consensus"),
                            sampling)),
            new StrategyEntry(
                    "parathinker",
                    "Paths that a model was taught to think side by side; their caches are joined and it sums them up.",
                    PARATHINKER,
                    "a model with tokens for paths and a summary, whose caches can be joined: the embedded one, or a folder"
                            + " in the layout of the released checkpoints",
                    List.of(
                            new Setting("branches", "4", "paths, 1 to the 8 that the models were taught; -n sets it"),
                            new Setting(
                                    "finish",
                                    "model",
                                    "paths that end all of them: first, half or last; model: as it was taught"),
                            new Setting(
                                    "path-tokens",
                                    "0",
                                    "longest path; 0: as the model was taught, within --max-tokens"),
                            new Setting("summary-tokens", "0", "longest summary; 0: as the model was taught"),
                            new Setting(
                                    "summary-temperature",
                                    "model",
                                    "of the summary; model: as it was taught (0, or that of the paths)"),
                            SummaryEnd.OTHERWISE),
                    (settings, sampling) -> new ParaThinker(
                            settings.whole("branches"),
                            settings.whole("path-tokens"),
                            settings.whole("summary-tokens"),
                            settings.numberUnless("model", "summary-temperature"),
                            settings.oneOf("finish", PathFinish.values(), PathFinish::word),
                            SummaryEnd.otherwiseVote(settings),
                            sampling)),
            new StrategyEntry(
                    "parallel-then-summarise",
                    "Independent completions, then one call that reads them as text and has the last word.",
                    "the baseline of re-prefilling in " + PARATHINKER,
                    "a model that can be prompted again with its own texts",
                    List.of(
                            new Setting("branches", "4", "completions drawn a problem, 1 or more; -n sets it"),
                            new Setting(
                                    "whole",
                                    "false",
                                    "true: the summary reads whole completions, not their solutions alone"),
                            new Setting(
                                    "summary-tokens",
                                    "0",
                                    "longest summary; 0: as the model was taught, or --max-tokens"),
                            new Setting("summary-temperature", "0", "of the summary, 0 to 100"),
                            SummaryEnd.OTHERWISE),
                    (settings, sampling) -> new ParallelThenSummarise(
                            settings.whole("branches"),
                            settings.whole("summary-tokens"),
                            settings.number("summary-temperature"),
                            settings.flag("whole"),
                            SummaryEnd.otherwiseVote(settings),
                            sampling)),
            DeepPruneSettings.entry());

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
        return new StrategyCatalogue(ALL).named(name);
    }

    private static StopCriterion criterion(Settings settings) {
        // all are made, so that a setting out of its range is refused whichever is chosen
        var criteria = new StopCriterion[] {
            new StopCriterion.Certainty(LeadCertainty.BETA, settings.number("threshold")),
            new StopCriterion.Certainty(LeadCertainty.DIRICHLET, settings.number("threshold")),
            new StopCriterion.Entropy(settings.number("entropy")),
            new StopCriterion.Share(settings.number("share")),
            new StopCriterion.Chance(settings.number("chance"))
        };
        return settings.oneOf("stop", criteria, StopCriterion::word);
    }

    private static Setting most(String preset) {
        return new Setting("branches", preset, "completions drawn a problem at most, 1 or more; -n sets it");
    }

    private static Setting window(String preset, String range) {
        return new Setting("window", preset, "branches decoded side by side before the next are launched, " + range);
    }

    private static Setting keep(String what) {
        return new Setting("keep", "90", "percentage of the " + what + ", above 0, up to 100; 10 is DeepConf-low");
    }

    private static Setting verifier(String preset) {
        return new Setting(
                "verifier",
                preset,
                "what scores a completion: logprob, self-certainty, score (of --reward, or recorded in a pool) or rule");
    }
}
