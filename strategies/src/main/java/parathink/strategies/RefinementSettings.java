package parathink.strategies;

import java.util.Collections;
import java.util.List;
import parathink.models.SamplingParams;

/** What {@code -S} may set of the strategies that attempt a question in rounds. */
final class RefinementSettings {
    private static final Setting THINKING = new Setting(
            "thinking", "0", "tokens a call may think, on top of its solution's; 0 for --max-tokens as the only limit");
    private static final Setting SOLUTION =
            new Setting("solution", "2048", "tokens of a solution that later calls read at most, 1 or more");
    private static final Setting KAPPA =
            new Setting("kappa", "8192", "tokens of a workspace at most, 1 or more; longer ones are cut");
    private static final Setting GREEDY_END =
            new Setting("end", "sampled", "how workspaces and the last call are drawn: sampled or greedy");

    static final List<Setting> PDR = List.of(
            new Setting(
                    "rounds",
                    "4",
                    "attempts of each round, such as 16,4; a last call of one attempt follows; 0 for that call alone"),
            new Setting(
                    "distil", "global", "what a workspace is: global, shared-top-k, per-sample-top-k or random-k"),
            new Setting("k", "2", "drafts in a workspace of top-k and random-k, 1 or more"),
            new Setting("rank", "model", "what makes drafts the best for top-k: model, self-certainty, logprob or votes"),
            new Setting("groups", "shared", "what a call reads of: shared (all drafts) or own (its share of them)"),
            KAPPA,
            THINKING,
            SOLUTION,
            new Setting("last", "call", "what gives the answer: call (one more) or vote (of the last round)"),
            new Setting("otherwise", "vote", "where the last call has no answer: vote (of the latest attempts) or none"),
            GREEDY_END,
            new Setting(
                    "workspace",
                    "normal",
                    "drafts that may be read: normal; oracle-right or oracle-wrong for a diagnosis, which is no method"));

    static final List<Setting> RSA = List.of(
            new Setting("population", "16", "attempts in every round, 1 or more"),
            new Setting("k", "4", "attempts that each new one reads, drawn evenly, 1 or more"),
            new Setting("rounds", "10", "rounds, the first ones from the question alone, 1 or more"),
            KAPPA,
            THINKING,
            SOLUTION);

    static final List<Setting> SEQUENTIAL = List.of(
            new Setting("rounds", "1", "attempts after the draft, 1 or more"),
            new Setting("analysis", "false", "whether a call lists the errors before each attempt: true or false"),
            THINKING,
            SOLUTION,
            new Setting("otherwise", "earlier", "where the last attempt has no answer: earlier (the latest one's) or none"),
            new Setting("revise", "sampled", "how all after the draft is drawn: sampled or greedy"));

    private RefinementSettings() {}

    static Strategy pdr(Settings settings, SamplingParams sampling) {
        var rounds = settings.wholes("rounds");
        return new ParallelDistilRefine(
                rounds.equals(List.of(0)) ? List.of() : rounds,
                new Distilling(
                        settings.oneOf("distil", Distillation.values(), Distillation::word),
                        settings.whole("k"),
                        settings.oneOf("rank", DraftRanking.values(), DraftRanking::word),
                        settings.isFirst("groups", "own", "shared"),
                        settings.whole("kappa")),
                settings.oneOf("workspace", DraftUse.values(), DraftUse::word),
                limits(settings),
                settings.isFirst("last", "call", "vote"),
                settings.isFirst("otherwise", "vote", "none"),
                settings.isFirst("end", "greedy", "sampled"),
                sampling);
    }

    static Strategy rsa(Settings settings, SamplingParams sampling) {
        Checks.atLeast("rounds", settings.whole("rounds"), 1);
        Checks.window("population", settings.whole("population"), 1);
        return new ParallelDistilRefine(
                Collections.nCopies(settings.whole("rounds"), settings.whole("population")),
                new Distilling(
                        Distillation.RANDOM_K,
                        settings.whole("k"),
                        DraftRanking.VOTES,
                        false,
                        settings.whole("kappa")),
                DraftUse.NORMAL,
                limits(settings),
                false,
                true,
                false,
                sampling);
    }

    static Strategy sequential(Settings settings, SamplingParams sampling) {
        return new SequentialRefinement(
                settings.whole("rounds"),
                settings.flag("analysis"),
                limits(settings),
                settings.isFirst("otherwise", "earlier", "none"),
                settings.isFirst("revise", "greedy", "sampled"),
                sampling);
    }

    private static CallLimits limits(Settings settings) {
        return new CallLimits(settings.whole("thinking"), settings.whole("solution"));
    }
}
