package parathink.models;

import java.util.LinkedHashMap;

/** An engine whose completions a reward model scores, on the same bill. Thread-safe; closing it closes both. */
public final class RewardedEngine extends ForwardingEngine {
    private final RewardModel model;

    /** Takes over both. */
    public RewardedEngine(Engine engine, RewardModel model) {
        super(engine);
        this.model = model;
    }

    @Override
    public Session open(String problem, Account account, Seed seed, Journal journal) {
        return new RewardedSession(super.open(problem, account, seed, journal), account, model);
    }

    /** The engine's, with the reward model's among the versions. */
    @Override
    public Provenance provenance() {
        var solving = super.provenance();
        var versions = new LinkedHashMap<>(solving.versions());
        model.versions().forEach(versions::putIfAbsent);
        return new Provenance(solving.weights(), solving.device(), versions, solving.size(), solving.recorded());
    }

    @Override
    public void close() {
        try (model) {
            super.close();
        }
    }
}
