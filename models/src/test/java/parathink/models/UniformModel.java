package parathink.models;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;

/** A model that finds every token equally probable; about one token in a hundred and twenty-eight ends a text. */
public final class UniformModel implements LanguageModel {
    private static final int VOCABULARY = 128;
    private final ScriptedModel characters = new ScriptedModel();

    @Override
    public String name() {
        return "uniform";
    }

    @Override
    public Provenance provenance() {
        return new Provenance("none", "test", Map.of());
    }

    @Override
    public Tokenizer tokenizer() {
        return characters.tokenizer();
    }

    @Override
    public ChatTemplate template() {
        return Prompt::text;
    }

    @Override
    public SamplingParams defaults() {
        return new SamplingParams(1, 0, 1, 0, 100);
    }

    @Override
    public int vocabularySize() {
        return VOCABULARY;
    }

    @Override
    public int contextLength() {
        return 10_000;
    }

    @Override
    public boolean isEnd(int token) {
        return token == 0;
    }

    @Override
    public boolean joinsCaches() {
        return false;
    }

    @Override
    public int preferredRows() {
        return 16;
    }

    @Override
    public KvCache newCache() {
        return new Length();
    }

    @Override
    public void forward(Batch batch) {
        for (int row = 0; row < batch.rows(); row++) {
            ((Length) batch.cache(row)).length += batch.count(row);
        }
        batch.answer(MemorySegment.ofArray(new float[batch.rows() * VOCABULARY]));
    }

    @Override
    public void close() {}

    private static final class Length implements KvCache {
        private int length;

        @Override
        public int length() {
            return length;
        }

        @Override
        public int position() {
            return length;
        }

        @Override
        public KvCache fork() {
            var fork = new Length();
            fork.length = length;
            return fork;
        }

        @Override
        public void truncate(int newLength) {
            length = newLength;
        }

        @Override
        public KvCache join(List<KvCache> branches) {
            throw new UnsupportedOperationException("this model does not join caches");
        }

        @Override
        public void close() {}
    }
}
