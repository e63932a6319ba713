package parathink.models;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** An engine whose completions a reward model scores, on the same bill. Thread-safe; closing it closes both. */
public final class RewardedEngine implements Engine {
    private final Engine engine;
    private final RewardModel model;

    /** Takes over both. */
    public RewardedEngine(Engine engine, RewardModel model) {
        this.engine = engine;
        this.model = model;
    }

    @Override
    public Session open(String problem, Account account, Seed seed, Journal journal) {
        return new RewardedSession(engine.open(problem, account, seed, journal), account, model);
    }

    /** The engine's, with the reward model's among the versions. */
    @Override
    public Provenance provenance() {
        var solving = engine.provenance();
        var versions = new LinkedHashMap<>(solving.versions());
        model.versions().forEach(versions::putIfAbsent);
        return new Provenance(solving.weights(), solving.device(), versions, solving.size(), solving.recorded());
    }

    @Override
    public int[] tokens(String text) {
        return engine.tokens(text);
    }

    @Override
    public SamplingParams defaults() {
        return engine.defaults();
    }

    @Override
    public String render(Prompt prompt) {
        return engine.render(prompt);
    }

    @Override
    public Dialect dialect() {
        return engine.dialect();
    }

    @Override
    public OptionalInt context() {
        return engine.context();
    }

    @Override
    public List<String> remarks() {
        return engine.remarks();
    }

    @Override
    public Optional<String> lacks(Measures wanted) {
        return engine.lacks(wanted);
    }

    @Override
    public Optional<String> spent() {
        return engine.spent();
    }

    @Override
    public void close() {
        try (model) {
            engine.close();
        }
    }
}
