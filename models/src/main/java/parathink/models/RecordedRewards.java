package parathink.models;

import java.util.List;
import java.util.Map;

/** The rewards that a pool recorded with its completions; nothing is read for them. Immutable. */
final class RecordedRewards implements RewardModel {
    static final RecordedRewards OF_POOL = new RecordedRewards();

    private RecordedRewards() {}

    @Override
    public List<Reward> rewards(String question, List<Completion> completions) {
        return completions.stream()
                .map(completion -> new Reward(completion.recorded().score(), 0))
                .toList();
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
