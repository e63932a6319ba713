package parathink.models;

/**
 * A model none of whose tokens ends a text, so that every row decodes as many as it is asked for: what a measurement of
 * speed needs. Closes the model that it stands for.
 *
 * @param model computes
 */
public record EndlessModel(LanguageModel model) implements LanguageModel {
    @Override
    public String name() {
        return model.name();
    }

    @Override
    public Provenance provenance() {
        return model.provenance();
    }

    @Override
    public Tokenizer tokenizer() {
        return model.tokenizer();
    }

    @Override
    public ChatTemplate template() {
        return model.template();
    }

    @Override
    public Dialect dialect() {
        return model.dialect();
    }

    @Override
    public SamplingParams defaults() {
        return model.defaults();
    }

    @Override
    public int vocabularySize() {
        return model.vocabularySize();
    }

    @Override
    public int contextLength() {
        return model.contextLength();
    }

    @Override
    public boolean isEnd(int token) {
        return false;
    }

    @Override
    public boolean joinsCaches() {
        return model.joinsCaches();
    }

    @Override
    public int preferredRows() {
        return model.preferredRows();
    }

    @Override
    public KvCache newCache() {
        return model.newCache();
    }

    @Override
    public void forward(Batch batch) {
        model.forward(batch);
    }

    @Override
    public void close() {
        model.close();
    }
}
