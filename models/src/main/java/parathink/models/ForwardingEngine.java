package parathink.models;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** An engine that another one does the work of, but for what a subclass says. Thread-safe; closes the other one. */
class ForwardingEngine implements Engine {
    private final Engine engine;

    ForwardingEngine(Engine engine) {
        this.engine = engine;
    }

    @Override
    public Session open(String problem, Account account, Seed seed, Journal journal) {
        return engine.open(problem, account, seed, journal);
    }

    @Override
    public Provenance provenance() {
        return engine.provenance();
    }

    @Override
    public int[] tokens(String text) {
        return engine.tokens(text);
    }

    @Override
    public Dialect dialect() {
        return engine.dialect();
    }

    @Override
    public SamplingParams defaults() {
        return engine.defaults();
    }

    @Override
    public OptionalInt context() {
        return engine.context();
    }

    @Override
    public String render(Prompt prompt) {
        return engine.render(prompt);
    }

    @Override
    public Optional<TemplateText> template() {
        return engine.template();
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
        engine.close();
    }
}
