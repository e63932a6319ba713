package parathink.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static parathink.models.onnx.Models.THINKING;
import static parathink.models.onnx.Models.TINY;
import static parathink.models.onnx.Models.tokens;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import parathink.models.Batch;
import parathink.models.KvCache;
import parathink.models.onnx.ReferenceDecoder.Token;

final class SlabDecoderTest {
    private static final int CHUNK = 16;

    static Stream<Arguments> walks() {
        var usual = IntStream.of(1, 2, 3)
                .boxed()
                .flatMap(seed -> Stream.of(Arguments.of(seed, TINY), Arguments.of(seed, THINKING)));
        return Stream.concat(usual, Families.shapes().map(shape -> Arguments.of(4, shape)));
    }

    static Stream<DecoderConfig> shapes() {
        return Stream.concat(Stream.of(TINY, THINKING), Families.shapes());
    }

    static Stream<Arguments> shapesInEveryMode() {
        return shapes().flatMap(shape -> Stream.of(NumericMode.values()).map(mode -> Arguments.of(shape, mode)));
    }

    @ParameterizedTest
    @MethodSource("walks")
    void agreesWithTheReferenceThroughForksCutsAndJoins(int seed, DecoderConfig config) {
        try (var decoder = Models.onNan(config, NumericMode.EXACT, CHUNK)) {
            new Walk(seed, config, decoder, true).run(120, SlabDecoderTest::assertClose);
        }
    }

    static Stream<Arguments> walksWithSharedPrefixes() {
        return IntStream.rangeClosed(1, 6)
                .boxed()
                .flatMap(seed -> Stream.of(TINY, THINKING, Models.ONE_QUERY_A_KEY, Models.THREE_QUERIES_A_KEY)
                        .map(config -> Arguments.of(seed, config)));
    }

    @ParameterizedTest
    @MethodSource("walksWithSharedPrefixes")
    void agreesWithTheReferenceWherePrefixesAreShared(int seed, DecoderConfig config) {
        try (var decoder = Models.sharingOnNan(config, NumericMode.EXACT, CHUNK, 3)) {
            new Walk(seed, config, decoder, true).run(120, SlabDecoderTest::assertClose);
        }
    }

    private static void assertClose(double[] expected, float[] logits) {
        double worst = 0;
        double largest = 0;
        for (int i = 0; i < expected.length; i++) {
            worst = Math.max(worst, Math.abs(expected[i] - logits[i]));
            largest = Math.max(largest, Math.abs(expected[i]));
        }
        // 32-bit numbers have 24 bits, and some twenty sums of them follow each other
        assertThat(worst).isLessThan(1e-5 * largest);
    }

    @ParameterizedTest
    @EnumSource(NumericMode.class)
    void whatLiesInFreshMemoryChangesNoBitWherePrefixesAreShared(NumericMode mode) {
        try (var zeros = Models.sharingOnZeros(THINKING, mode, CHUNK, 3);
                var nan = Models.sharingOnNan(THINKING, mode, CHUNK, 3)) {
            assertSameBits(THINKING, zeros, nan);
        }
    }

    @ParameterizedTest
    @MethodSource("shapesInEveryMode")
    void whatLiesInFreshMemoryChangesNoBit(DecoderConfig config, NumericMode mode) {
        try (var zeros = Models.onZeros(config, mode, CHUNK);
                var nan = Models.onNan(config, mode, CHUNK)) {
            assertSameBits(config, zeros, nan);
        }
    }

    private static void assertSameBits(DecoderConfig config, Decoder zeros, Decoder nan) {
        var ordinary = new ArrayList<float[]>();
        new Walk(4, config, zeros, false).run(80, (expected, logits) -> ordinary.add(logits));
        var onNan = new ArrayList<float[]>();
        new Walk(4, config, nan, false).run(80, (expected, logits) -> onNan.add(logits));
        assertThat(ordinary).hasSizeGreaterThan(100);
        assertThat(onNan).usingElementComparator(Arrays::compare).isEqualTo(ordinary);
    }

    @Test
    void aJoinContinuesOnePastTheLongestBranch() {
        try (var decoder = Models.tinyOnNan(NumericMode.EXACT, CHUNK);
                var prompt = decoder.newCache()) {
            step(decoder, List.of(prompt), tokens(1, 5));
            var branches = List.of(prompt.fork(), prompt.fork(), prompt.fork());
            for (int i = 0; i < 3; i++) {
                step(decoder, branches.subList(i, i + 1), tokens(i, 2 + 3 * (i % 2)));
            }

            var joined = prompt.join(branches);

            assertThat(joined.length()).isEqualTo(5 + 2 + 5 + 2);
            assertThat(joined.position()).isEqualTo(5 + 5);
            step(decoder, List.of(joined), 7);
            assertThat(joined.position()).isEqualTo(5 + 5 + 1);
            joined.truncate(6);
            assertThat(joined.position()).isEqualTo(6);
            assertThat(prompt.position()).isEqualTo(5);
        }
    }

    @Test
    void aClosedCacheFreesItsRowAtOnce() {
        try (var decoder = Models.tinyOnNan(NumericMode.EXACT, CHUNK)) {
            var caches = new ArrayList<SlabCache>();
            for (int i = 0; i < 4; i++) {
                caches.add(decoder.newCache());
            }
            caches.get(1).close();
            caches.get(1).close();

            assertThat(decoder.newCache().row()).isEqualTo(1);
            assertThat(decoder.newCache().row()).isEqualTo(4);
        }
    }

    @Test
    void refusesWhatItCannotRun() {
        try (var decoder = Models.tinyOnNan(NumericMode.EXACT, CHUNK);
                var other = Models.tinyOnNan(NumericMode.EXACT, CHUNK)) {
            var cache = decoder.newCache();
            var closed = decoder.newCache();
            closed.close();

            assertThatThrownBy(() -> step(decoder, List.of(closed), 1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the cache is closed");
            assertThatThrownBy(() -> step(decoder, List.of(cache, cache), 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("row 1 has the cache of an earlier row");
            assertThatThrownBy(() -> step(other, List.of(cache), 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("row 0 has a cache of another model");
            assertThatThrownBy(() -> step(decoder, List.of(cache), tokens(1, 701)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("row 0 would have 701 tokens, the model's context is 700");
            assertThatThrownBy(() -> cache.truncate(1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("cannot keep 1 of 0 tokens");
            step(decoder, List.of(cache), 1); // none of this did harm
            assertThat(cache.length()).isEqualTo(1);
        }
    }

    @Test
    void fillsTheWholeContext() {
        try (var decoder = Models.tinyOnNan(NumericMode.EXACT, CHUNK)) {
            var cache = decoder.newCache();
            var neighbour = decoder.newCache();
            step(decoder, List.of(cache), tokens(1, 699));
            step(decoder, List.of(neighbour), tokens(2, 3));
            step(decoder, List.of(cache, neighbour), 5);

            assertThat(cache.length()).isEqualTo(TINY.context());
            // a full row is still run along without harm
            var last = decoder.newCache();
            step(decoder, List.of(last), 3, 4);
            var logits = step(decoder, List.of(neighbour, last), 6);
            assertThat(logits.getFirst()).doesNotContain(Float.NaN);
        }
    }

    private static List<float[]> step(Decoder decoder, List<? extends KvCache> caches, int... tokens) {
        var batch = new Batch();
        for (var cache : caches) {
            batch.add(cache, tokens, 0, tokens.length);
        }
        decoder.forward(batch);
        var logits = new ArrayList<float[]>();
        for (int row = 0; row < batch.rows(); row++) {
            logits.add(Models.row(batch.logits(), row, TINY.vocabulary()));
        }
        return logits;
    }

    private interface Check {
        void row(double[] expected, float[] logits);
    }

    /** A cache and what we know it must hold; {@code joins} are the lengths at which caches were joined. */
    private record Row(KvCache cache, List<Token> held, Set<Integer> joins) {
        Row(KvCache cache) {
            this(cache, new ArrayList<>(), new HashSet<>());
        }

        /** The segment of the next token, if it is this one. */
        int segment(int token) {
            if (token >= 40 && token <= 43) {
                return token - 39;
            }
            boolean outside = token == 44 || held.isEmpty() || joins.contains(held.size());
            return outside ? 0 : held.getLast().segment();
        }

        int next() {
            return held.stream().mapToInt(Token::position).max().orElse(-1) + 1;
        }

        Row with(KvCache copy) {
            return new Row(copy, new ArrayList<>(held), new HashSet<>(joins));
        }
    }

    /** A long random use of a decoder's caches; the same seed, the same use. */
    private static final class Walk {
        private final ReferenceDecoder reference;
        private final Random random;
        private final Decoder decoder;
        private final boolean compare;
        private final List<Row> rows = new ArrayList<>();

        Walk(int seed, DecoderConfig config, Decoder decoder, boolean compare) {
            this.reference = new ReferenceDecoder(config, new RandomWeights(), NumericMode.EXACT);
            this.random = new Random(seed);
            this.decoder = decoder;
            this.compare = compare;
        }

        void run(int turns, Check check) {
            for (int turn = 0; turn < turns; turn++) {
                if (rows.size() < 2) {
                    rows.add(new Row(decoder.newCache()));
                }
                var row = rows.get(random.nextInt(rows.size()));
                switch (random.nextInt(8)) {
                    case 0 -> fork(row);
                    case 1 -> cut(row);
                    case 2 -> join(row);
                    case 3 -> leave(row);
                    default -> step(check);
                }
            }
            rows.forEach(row -> row.cache.close());
        }

        /** Two branches, of which both or one begin a prefix in common where that is to be. */
        private void fork(Row row) {
            row.cache.share();
            rows.add(row.with(row.cache.fork()));
            rows.add(row.with(row.cache.fork()));
            while (rows.size() > 12) {
                leave(rows.get(random.nextInt(rows.size())));
            }
        }

        private void cut(Row row) {
            int kept = random.nextInt(row.held.size() + 1);
            row.cache.truncate(kept);
            row.held.subList(kept, row.held.size()).clear();
            row.joins.removeIf(length -> length > kept);
            assertThat(row.cache.position()).isEqualTo(row.next());
        }

        private void join(Row prompt) {
            var branches = new ArrayList<Row>();
            prompt.cache.share();
            for (int branch = 0; branch < 2 + random.nextInt(2); branch++) {
                branches.add(prompt.with(prompt.cache.fork()));
                append(branches.getLast(), 1 + random.nextInt(4));
            }
            var joined = prompt.with(
                    prompt.cache.join(branches.stream().map(Row::cache).toList()));
            for (var branch : branches) {
                joined.held.addAll(branch.held.subList(prompt.held.size(), branch.held.size()));
                branch.cache.close();
            }
            joined.joins.add(joined.held.size());
            assertThat(joined.cache.position()).isEqualTo(joined.next());
            rows.add(joined);
        }

        private void leave(Row row) {
            row.cache.close();
            rows.remove(row);
        }

        private void append(Row row, int count) {
            var batch = new Batch();
            add(batch, row, count);
            decoder.forward(batch);
        }

        /** Some rows get a token, others several, the rest stand still. */
        private void step(Check check) {
            var batch = new Batch();
            var expected = new ArrayList<double[]>();
            for (var row : rows) {
                if (random.nextInt(3) > 0) {
                    expected.add(add(batch, row, random.nextInt(4) > 0 ? 1 : 2 + random.nextInt(2 * CHUNK)));
                }
            }
            if (batch.rows() == 0) {
                return;
            }
            decoder.forward(batch);
            for (int i = 0; i < batch.rows(); i++) {
                check.row(expected.get(i), Models.row(batch.logits(), i, TINY.vocabulary()));
            }
        }

        private double[] add(Batch batch, Row row, int count) {
            var next = tokens(random.nextInt(1000), count);
            batch.add(row.cache, next, 0, count);
            double[] logits = {};
            for (int token : next) {
                if (compare) {
                    logits = reference.append(row.held, token, row.next(), row.segment(token));
                } else {
                    row.held.add(new Token(row.next(), row.segment(token), List.of(), List.of()));
                }
            }
            return logits;
        }
    }
}
