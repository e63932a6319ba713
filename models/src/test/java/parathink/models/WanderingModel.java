package parathink.models;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A model whose next character depends on the last one alone: it wanders over {@code x} and {@code ?}, with less certainty after a question mark,
 * until it says {@code = a}, {@code = e} or {@code = b}. What is drawn depends on the seed, never on the company.
 */
public final class WanderingModel implements LanguageModel {
    private static final Map<Character, Map<Character, Float>> NEXT = Map.of(
            'x', Map.of('x', 12f, '?', 11f, '=', 11f),
            '?', Map.of('x', 8f, '?', 7f, '=', 8f),
            '=', Map.of(' ', 20f),
            ' ', Map.of('a', 12f, 'e', 11.5f, 'b', 11f));

    private final ScriptedModel characters = new ScriptedModel();

    @Override
    public String name() {
        return "wandering";
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
        return prompt -> prompt.text() + "\nx";
    }

    @Override
    public SamplingParams defaults() {
        return new SamplingParams(1, 0, 1, 0, 40);
    }

    @Override
    public int vocabularySize() {
        return characters.vocabularySize();
    }

    @Override
    public int contextLength() {
        return 100_000;
    }

    @Override
    public boolean isEnd(int token) {
        return token == ScriptedModel.END;
    }

    @Override
    public boolean joinsCaches() {
        return true;
    }

    @Override
    public int preferredRows() {
        return 16;
    }

    @Override
    public KvCache newCache() {
        return new Last();
    }

    @Override
    public void forward(Batch batch) {
        int vocabulary = vocabularySize();
        var logits = new float[batch.rows() * vocabulary];
        Arrays.fill(logits, -30);
        for (int row = 0; row < batch.rows(); row++) {
            var cache = (Last) batch.cache(row);
            cache.length += batch.count(row);
            cache.position += batch.count(row);
            char last = (char) batch.token(row, batch.count(row) - 1);
            int start = row * vocabulary;
            boolean answered = "aeb".indexOf(last) >= 0;
            if (answered) {
                logits[start + ScriptedModel.END] = 20;
            } else {
                NEXT.getOrDefault(last, NEXT.get('x')).forEach((next, logit) -> logits[start + next] = logit);
            }
        }
        batch.answer(MemorySegment.ofArray(logits));
    }

    @Override
    public void close() {}

    private static final class Last implements KvCache {
        private int length;
        private int position;

        @Override
        public int length() {
            return length;
        }

        @Override
        public int position() {
            return position;
        }

        @Override
        public KvCache fork() {
            var fork = new Last();
            fork.length = length;
            fork.position = position;
            return fork;
        }

        @Override
        public void truncate(int newLength) {
            position -= length - newLength;
            length = newLength;
        }

        @Override
        public KvCache join(List<KvCache> branches) {
            var joint = new Last();
            joint.length = length
                    + branches.stream()
                            .mapToInt(branch -> branch.length() - length)
                            .sum();
            joint.position = branches.stream().mapToInt(KvCache::position).max().orElse(position);
            return joint;
        }

        @Override
        public void close() {}
    }
}
