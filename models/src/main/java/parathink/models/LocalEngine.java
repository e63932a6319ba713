package parathink.models;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An engine on a model of this process. Owns the one decode loop, which owns the model; closing the engine closes both. Sessions may be opened
 * from any thread.
 */
public final class LocalEngine implements Engine {
    private final LanguageModel model;
    private final Dialect dialect;
    private final ChatTemplate template;
    private final int checkpointTokens;
    private final DecodeLoop loop;
    private final AtomicLong opened = new AtomicLong();

    /** Takes over the model. */
    public LocalEngine(LanguageModel model) {
        this(model, model.dialect());
    }

    /** Takes over the model, which is asked for the steps of parallel reasoning in other words than its own. */
    public LocalEngine(LanguageModel model, Dialect dialect) {
        this(model, dialect, 0);
    }

    /** Takes over the model, whose decodes are saved as they go on. */
    public LocalEngine(LanguageModel model, Dialect dialect, int checkpointTokens) {
        this(model, dialect, model.template(), checkpointTokens);
    }

    /**
     * Takes over the model, whose decodes are saved as they go on and whose prompts another template renders than its own, or its own
     * with other options. Each time that many tokens were decoded, they are read again in
     * one pass, so that a cache that is rebuilt from them by reading has the same bits; this rounds otherwise than decoding alone, so
     * the number belongs to what decides a result.
     *
     * @param template renders the prompts
     * @param checkpointTokens tokens between two checkpoints, at least 2; 0 for none
     */
    public LocalEngine(LanguageModel model, Dialect dialect, ChatTemplate template, int checkpointTokens) {
        if (checkpointTokens < 0 || checkpointTokens == 1) {
            throw new IllegalArgumentException("checkpointTokens must be 0 or at least 2, got " + checkpointTokens);
        }
        this.checkpointTokens = checkpointTokens;
        this.model = model;
        this.dialect = dialect;
        this.template = template;
        this.loop = new DecodeLoop(model);
    }

    @Override
    public Session open(String problem, Account account, Seed seed, Journal journal) {
        return new LocalSession(
                model, dialect, template, loop, opened.getAndIncrement(), account, seed, journal, checkpointTokens);
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
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public SamplingParams defaults() {
        return model.defaults();
    }

    @Override
    public OptionalInt context() {
        return OptionalInt.of(model.contextLength());
    }

    @Override
    public String render(Prompt prompt) {
        return prompt.raw() ? prompt.text() : template.render(prompt);
    }

    @Override
    public Optional<TemplateText> template() {
        return template.text();
    }

    @Override
    public void close() {
        loop.close();
    }
}
