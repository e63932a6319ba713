package parathink.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** With a large vocabulary several rows are drawn at once, on several threads. */
final class SideBySideDrawsTest {
    private static final int VOCABULARY = 5000;
    private static final int ROWS = 19; // two groups of eight and a part of one

    @Test
    void aRowDrawsInCompanyWhatItDrawsAlone() {
        List<Completion> together;
        try (var engine = new LocalEngine(new Wide());
                var session = open(engine)) {
            together = session.decodeAll(forks(session), StopRule.NONE);
        }
        try (var engine = new LocalEngine(new Wide());
                var session = open(engine)) {
            var alone = forks(session).stream()
                    .map(fork -> fork.decode(StopRule.NONE))
                    .toList();

            assertThat(together).isEqualTo(alone);
            assertThat(together).hasSize(ROWS);
            assertThat(together.stream().map(Completion::text).distinct()).hasSize(ROWS);
            assertThat(together).extracting(Completion::tokens).containsOnly(6);
        }
    }

    private static Session open(Engine engine) {
        return engine.open("p", Budget.UNLIMITED, Seed.of(1), Journal.NONE);
    }

    private static List<Sequence> forks(Session session) {
        return session.start(Prompt.user("?"), new SamplingParams(0.6, 0, 0.95, 0, 6))
                .fork(ROWS);
    }

    /** Five thousand characters, of which the one that was read last is the likeliest, and no end. */
    private static final class Wide implements LanguageModel {
        private final UniformModel narrow = new UniformModel();

        @Override
        public String name() {
            return "wide";
        }

        @Override
        public Provenance provenance() {
            return new Provenance("none", "test", Map.of());
        }

        @Override
        public Tokenizer tokenizer() {
            return narrow.tokenizer();
        }

        @Override
        public ChatTemplate template() {
            return narrow.template();
        }

        @Override
        public SamplingParams defaults() {
            return narrow.defaults();
        }

        @Override
        public int vocabularySize() {
            return VOCABULARY;
        }

        @Override
        public int contextLength() {
            return narrow.contextLength();
        }

        @Override
        public boolean isEnd(int token) {
            return false;
        }

        @Override
        public boolean joinsCaches() {
            return false;
        }

        @Override
        public int preferredRows() {
            return 64;
        }

        @Override
        public KvCache newCache() {
            return narrow.newCache();
        }

        /** A row's logits differ from its neighbour's, so that one that read its neighbour's would draw others. */
        @Override
        public void forward(Batch batch) {
            narrow.forward(batch);
            var logits = new float[batch.rows() * VOCABULARY];
            for (int row = 0; row < batch.rows(); row++) {
                int favoured = batch.token(row, batch.count(row) - 1) % VOCABULARY;
                logits[row * VOCABULARY + favoured] = 3;
            }
            batch.answer(MemorySegment.ofArray(logits));
        }

        @Override
        public void close() {
            narrow.close();
        }
    }
}
