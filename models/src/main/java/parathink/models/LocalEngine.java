package parathink.models;

import java.util.concurrent.atomic.AtomicLong;

/**
 * An engine on a model of this process. Owns the one decode loop, which owns the model; closing the engine closes both. Sessions may be opened
 * from any thread.
 */
public final class LocalEngine implements Engine {
    private final LanguageModel model;
    private final DecodeLoop loop;
    private final AtomicLong opened = new AtomicLong();

    /** Takes over the model. */
    public LocalEngine(LanguageModel model) {
        this.model = model;
        this.loop = new DecodeLoop(model);
    }

    @Override
    public Session open(String problem, Account account, Seed seed, Journal journal) {
        return new LocalSession(model, loop, opened.getAndIncrement(), account, seed, journal);
    }

    @Override
    public Provenance provenance() {
        return model.provenance();
    }

    @Override
    public int[] tokens(String text) {
        return model.tokenizer().encode(text);
    }

    @Override
    public SamplingParams defaults() {
        return model.defaults();
    }

    @Override
    public String render(Prompt prompt) {
        return prompt.raw() ? prompt.text() : model.template().render(prompt);
    }

    @Override
    public void close() {
        loop.close();
    }
}
