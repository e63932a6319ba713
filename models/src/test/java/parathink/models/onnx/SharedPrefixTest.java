package parathink.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static parathink.models.onnx.Models.append;
import static parathink.models.onnx.Models.row;
import static parathink.models.onnx.Models.tokens;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import parathink.models.Batch;
import parathink.models.Budget;
import parathink.models.Completion;
import parathink.models.Journal;
import parathink.models.KvCache;
import parathink.models.LanguageModel;
import parathink.models.LocalEngine;
import parathink.models.Prompt;
import parathink.models.SamplingParams;
import parathink.models.Seed;
import parathink.models.Sequence;
import parathink.models.StopRule;

/** Branches that share what they begin with: the same bits in any company and after a kill, in the memory of one prompt. */
final class SharedPrefixTest {
    private static final int LEAST = 8;

    static Stream<Arguments> models() {
        return Arrays.stream(NumericMode.values())
                .flatMap(mode -> Stream.of(
                                Models.TINY, Models.THINKING, Models.ONE_QUERY_A_KEY, Models.THREE_QUERIES_A_KEY)
                        .map(config -> Arguments.of(mode, config)));
    }

    private static OnnxModel open(DecoderConfig config, NumericMode mode, int threads) {
        return OnnxModel.of(
                Models.card(config.vocabulary(), config.context()),
                config,
                new RandomWeights(),
                mode,
                Models.SETTINGS.withThreads(threads),
                OptionalInt.of(LEAST));
    }

    @ParameterizedTest
    @MethodSource("models")
    void aBranchAloneOnOneThreadHasTheSameBitsInAnyCompanyOnTwo(NumericMode mode, DecoderConfig config) {
        var alone = new ArrayList<List<float[]>>();
        try (var model = open(config, mode, 1)) {
            for (int row = 0; row < 12; row++) {
                alone.add(grown(model, List.of(row)).getFirst());
            }
        }
        try (var model = open(config, mode, 2)) {
            for (var chosen :
                    List.of(List.of(1, 0), List.of(9, 2, 5, 7, 0), List.of(3, 11, 10, 1, 8, 4, 6, 2, 0, 9, 5, 7))) {
                var together = grown(model, chosen);
                for (int i = 0; i < chosen.size(); i++) {
                    var expected = alone.get(chosen.get(i));
                    for (int step = 0; step < expected.size(); step++) {
                        assertThat(Arrays.equals(together.get(i).get(step), expected.get(step)))
                                .as("row %d among %s, step %d", chosen.get(i), chosen, step)
                                .isTrue();
                    }
                }
            }
        }
    }

    /**
     * Grows some of twelve rows side by side and gives the logits of each pass: branches of two prompts, of a branch of the first one, and
     * of a prompt too short to be shared; decoded, given a text, and decoded again.
     */
    private static List<List<float[]>> grown(LanguageModel model, List<Integer> chosen) {
        var first = trunk(model, 1, 70);
        var trunks = List.of(first, trunk(model, 2, 41), branch(model, first, 3, 29), trunk(model, 4, LEAST - 1));
        var caches = chosen.stream().map(row -> trunks.get(row % 4).fork()).toList();
        var logits = new ArrayList<List<float[]>>();
        chosen.forEach(row -> logits.add(new ArrayList<>()));
        for (int step = 0; step < 7; step++) {
            var batch = new Batch();
            for (int i = 0; i < chosen.size(); i++) {
                int given = step == 3 ? 2 + chosen.get(i) : 1; // a text of another length for each row in the middle
                batch.add(caches.get(i), tokens(100 * step + chosen.get(i), given), 0, given);
            }
            model.forward(batch);
            for (int i = 0; i < chosen.size(); i++) {
                logits.get(i).add(row(batch.logits(), i, model.vocabularySize()));
            }
        }
        caches.forEach(KvCache::close);
        trunks.forEach(KvCache::close);
        return logits;
    }

    private static KvCache trunk(LanguageModel model, int seed, int length) {
        var cache = model.newCache();
        append(model, cache, tokens(seed, length));
        cache.share();
        return cache;
    }

    private static KvCache branch(LanguageModel model, KvCache trunk, int seed, int length) {
        var cache = trunk.fork();
        append(model, cache, tokens(seed, length));
        cache.share();
        return cache;
    }

    @ParameterizedTest
    @MethodSource("models")
    void aTextHasTheSameBitsInPiecesOfTwoTokensAndMore(NumericMode mode, DecoderConfig config) {
        var text = tokens(5, 61);
        try (var model = open(config, mode, 2);
                var trunk = trunk(model, 1, 33);
                var whole = trunk.fork()) {
            append(model, whole, text);
            var expected = append(model, whole, 7);
            for (int piece : new int[] {2, 3, 13, 59}) {
                try (var cache = trunk.fork()) {
                    for (int at = 0; at < text.length; ) {
                        int rest = text.length - at;
                        int count = rest - piece == 1 ? rest : Math.min(piece, rest); // no piece of one token
                        append(model, cache, Arrays.copyOfRange(text, at, at + count));
                        at += count;
                    }
                    assertThat(append(model, cache, 7))
                            .as("pieces of %d", piece)
                            .isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void aPromptIsHeldOnceAndFreedWithItsLastUser() {
        var live = new AtomicLong();
        var config = Models.TINY;
        long prompt = 40L * 2 * config.layers() * config.kvHeads() * config.headSize() * Float.BYTES;
        try (var decoder = Models.sharing(config, NumericMode.EXACT, 16, LEAST, live)) {
            var trunk = decoder.newCache();
            step(decoder, trunk, tokens(1, 40));
            long before = live.get();
            trunk.share();
            assertThat(live.get() - before).isEqualTo(prompt);
            var branches = Stream.generate(trunk::fork).limit(3).toList(); // the slab has four rows from the start
            assertThat(live.get() - before).isEqualTo(prompt);
            trunk.close();
            var second = branches.get(0);
            step(decoder, second, tokens(2, 20));
            second.share();
            assertThat(live.get() - before).isEqualTo(prompt + prompt / 2);
            branches.get(1).close();
            branches.get(2).truncate(39); // inside the prompt: its own copy from here on
            assertThat(live.get() - before).isEqualTo(prompt + prompt / 2);
            second.close();
            assertThat(live.get() - before).isZero();
        }
    }

    @Test
    void aRowThatDoesNotFitIsRefusedAndTheOthersGoOn() {
        var config = Models.TINY;
        long token = 2L * config.layers() * config.kvHeads() * config.headSize() * Float.BYTES;
        try (var decoder = Models.limited(config, LEAST, 100 * token)) {
            var one = decoder.newCache();
            var other = decoder.newCache();
            step(decoder, one, tokens(1, 60));
            assertThatThrownBy(() -> step(decoder, other, tokens(2, 50)))
                    .isInstanceOf(OutOfMemoryError.class)
                    .hasMessageStartingWith("caches would take ")
                    .hasMessageContaining("fewer branches (-n)");
            assertThatThrownBy(one::fork).isInstanceOf(OutOfMemoryError.class);
            assertThat(one.length()).isEqualTo(60);
            assertThat(other.length()).isZero();
            step(decoder, other, tokens(2, 40));
            one.close(); // what its row has written is given back as soon as it is wanted
            step(decoder, other, tokens(3, 50));
            assertThat(other.length()).isEqualTo(90);
        }
    }

    @Test
    void branchesOfASharedPromptFitWhereCopiesWouldNot() {
        var config = Models.TINY;
        long token = 2L * config.layers() * config.kvHeads() * config.headSize() * Float.BYTES;
        try (var decoder = Models.limited(config, LEAST, 140 * token)) {
            var trunk = decoder.newCache();
            step(decoder, trunk, tokens(1, 60));
            trunk.share();
            var branches = Stream.generate(trunk::fork).limit(8).toList();
            for (var branch : branches) {
                step(decoder, branch, tokens(2, 4));
            }
            assertThat(branches).allMatch(branch -> branch.length() == 64);
        }
    }

    private static void step(Decoder decoder, KvCache cache, int[] tokens) {
        var batch = new Batch();
        batch.add(cache, tokens, 0, tokens.length);
        decoder.forward(batch);
    }

    @ParameterizedTest
    @EnumSource(NumericMode.class)
    void whatFollowsRecordedBranchesHasTheSameBitsAsTheFirstTime(NumericMode mode) {
        var first = solved(mode, Map.of());
        assertThat(first).hasSize(3 + 2 + 1);
        for (int kept = 1; kept < first.size(); kept++) {
            var known = first.subList(0, kept).stream().collect(Collectors.toMap(Completion::path, done -> done));
            assertThat(solved(mode, known)).as("killed after %d", kept).isEqualTo(first); // log-probabilities too
        }
    }

    /** Branches of a prompt, branches of a branch behind a text, and a merge of the other two. */
    private static List<Completion> solved(NumericMode mode, Map<String, Completion> known) {
        var told = new HashMap<String, Completion>();
        var order = new ArrayList<String>();
        var journal = new Journal() {
            @Override
            public Optional<Completion> recorded(String path) {
                return Optional.ofNullable(known.get(path));
            }

            @Override
            public void ended(Completion completion) {
                told.put(completion.path(), completion);
                order.add(completion.path());
            }
        };
        try (var engine = new LocalEngine(open(Models.THINKING, mode, 2));
                var session = engine.open("p", Budget.UNLIMITED, Seed.of(3), journal)) {
            var trunk = session.start(Prompt.user(numbers(1, 30)), new SamplingParams(0.8, 0, 1, 0, 12));
            var branches = trunk.fork(3);
            session.decodeAll(branches, StopRule.NONE);
            branches.getFirst().append(numbers(2, 20));
            List<Sequence> deeper = branches.getFirst().fork(2);
            session.decodeAll(deeper, StopRule.NONE);
            var merged = trunk.merge(branches.subList(1, 3));
            merged.append(numbers(3, 2));
            merged.decode(StopRule.NONE);
        }
        return order.stream().map(told::get).toList();
    }

    private static String numbers(int seed, int count) {
        return IntStream.of(tokens(seed, count))
                .map(token -> 1 + token % 39) // neither the end nor a thought
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(" "));
    }
}
