package parathink.models;

import java.util.List;
import java.util.Map;

/** The rewards that a pool recorded with its completions; nothing is read for them. Immutable. */
final class RecordedRewards implements RewardModel {
    static final RecordedRewards OF_POOL = new RecordedRewards();

    private RecordedRewards() {}

    /** @throws ModelException of kind {@code UNABLE} when a whole completion has none */
    @Override
    public List<Reward> rewards(String question, List<Completion> completions) {
        return completions.stream().map(RecordedRewards::reward).toList();
    }

    private static Reward reward(Completion completion) {
        var score = completion.recorded().score();
        if (score.isEmpty() && completion.finish() == FinishReason.STOP) {
            throw new ModelException(
                    ModelException.Kind.UNABLE,
                    "this strategy needs the score of every completion, and completion %s has none; choose another verifier or model, or give --reward MODEL"
                            .formatted(completion.path()));
        }
        return new Reward(score, 0);
    }

    @Override
    public Map<String, String> versions() {
        return Map.of();
    }

    @Override
    public void close() {
        // nothing is held
    }
}
