package parathink.eval.comparison;

import java.util.Optional;
import org.apache.commons.statistics.descriptive.Quantile;

/** What the completions of a vote by score weigh, when there are k of them: each weight may depend on all the others. */
sealed interface ScoredVote {
    /** What stands in the place of a weight where a completion has no vote. */
    double NONE = -1;

    /**
     * Weighs completions.
     *
     * @param ranked in falling order, the scores of those that have one
     * @param answered whether each of them has an answer
     * @param count of the scores that are there; what follows them is of no account
     * @param drawn completions in all
     * @param weights of the completions, to be filled in
     */
    void weigh(double[] ranked, boolean[] answered, int count, int drawn, double[] weights);

    /** The vote of a run's strategy, where its completions say what it needs; nothing for other strategies. */
    static Optional<ScoredVote> of(Arm arm) {
        var run = arm.directory().run();
        var settings = run.settings().path("strategy");
        return switch (run.strategy()) {
            case "weighted-vote" ->
                Optional.of(new Weighted(settings.path("verifier").asText().equals("logprob")));
            case "borda" -> Optional.of(new Borda(settings.path("power").asDouble()));
            case "deepconf" ->
                Optional.of(new MostConfident(settings.path("keep").asDouble()));
            default -> Optional.empty(); // names of strategies are no enum of ours here: files hold them
        };
    }

    /**
     * Every completion counts its score (Li et al., 2023), or the probability of a mean token (Wang et al., 2022).
     *
     * @param logarithmic whether scores are logarithms of what counts
     */
    record Weighted(boolean logarithmic) implements ScoredVote {
        @Override
        public void weigh(double[] ranked, boolean[] answered, int count, int drawn, double[] weights) {
            for (int i = 0; i < count; i++) {
                weights[i] = logarithmic ? StrictMath.exp(ranked[i]) : Math.max(0, ranked[i]);
            }
        }
    }

    /**
     * The completion of rank r of n casts (n - r)^power votes, the first having rank 0 (Kang et al., 2025).
     *
     * @param power 0 for a plain vote
     */
    record Borda(double power) implements ScoredVote {
        @Override
        public void weigh(double[] ranked, boolean[] answered, int count, int drawn, double[] weights) {
            for (int rank = 0; rank < count; rank++) {
                weights[rank] = StrictMath.pow(drawn - rank, power);
            }
        }
    }

    /**
     * Of the answered completions the most confident vote with their confidence (Fu et al., 2025).
     *
     * @param keep percentage of them that votes
     */
    record MostConfident(double keep) implements ScoredVote {
        private static final Quantile LINEAR = Quantile.withDefaults().with(Quantile.EstimationMethod.HF7);

        @Override
        public void weigh(double[] ranked, boolean[] answered, int count, int drawn, double[] weights) {
            var rising = new double[count];
            int known = 0;
            for (int i = count - 1; i >= 0; i--) {
                if (answered[i]) {
                    rising[known++] = ranked[i];
                }
            }
            double threshold = known == 0 ? 0 : LINEAR.evaluate(known, i -> rising[i], (100 - keep) / 100);
            for (int i = 0; i < count; i++) {
                weights[i] = answered[i] && ranked[i] >= threshold ? ranked[i] : NONE;
            }
        }
    }
}
