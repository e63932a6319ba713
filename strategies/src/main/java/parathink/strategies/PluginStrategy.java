package parathink.strategies;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import parathink.datasets.Question;
import parathink.models.Dialect;
import parathink.models.Measures;
import parathink.models.ModelException;
import parathink.models.SamplingParams;
import parathink.models.Session;

/**
 * A strategy of a plug-in. Classes that its code lacks come to light only when it runs: that is said as a fault of the jar and ends the
 * run, as no other problem would fare better.
 *
 * @param jar where it came from
 */
record PluginStrategy(Strategy strategy, PluginJar jar) implements Strategy {
    @Override
    public Outcome solve(Question question, Session session) {
        return loaded(() -> strategy.solve(question, session));
    }

    @Override
    public Outcome solve(Question question, Session session, Oracle oracle) {
        return loaded(() -> strategy.solve(question, session, oracle));
    }

    @Override
    public boolean isDiagnostic() {
        return loaded(strategy::isDiagnostic);
    }

    @Override
    public Decision decision() {
        return loaded(strategy::decision);
    }

    @Override
    public SamplingParams drawing(SamplingParams sampling) {
        return loaded(() -> strategy.drawing(sampling));
    }

    @Override
    public Optional<String> objection(Question question, Dialect dialect) {
        return loaded(() -> strategy.objection(question, dialect));
    }

    @Override
    public boolean asksJudge() {
        return loaded(strategy::asksJudge);
    }

    @Override
    public Measures measures() {
        return loaded(strategy::measures);
    }

    @Override
    public Optional<String> needsPool() {
        return loaded(strategy::needsPool);
    }

    @Override
    public Optional<Pruning> pruning() {
        return loaded(strategy::pruning);
    }

    @Override
    public List<String> remarks() {
        return loaded(strategy::remarks);
    }

    @Override
    public Map<String, String> hashes() {
        return loaded(strategy::hashes);
    }

    private <T> T loaded(Supplier<T> said) {
        try {
            return said.get();
        } catch (LinkageError e) {
            throw new ModelException(
                    ModelException.Kind.UNABLE, "plug-in %s: %s".formatted(jar.file(), Plugins.fault(e)), e);
        }
    }
}
