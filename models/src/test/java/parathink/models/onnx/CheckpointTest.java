package parathink.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import parathink.models.Budget;
import parathink.models.Completion;
import parathink.models.ConfidenceWatch;
import parathink.models.FinishReason;
import parathink.models.Journal;
import parathink.models.LocalEngine;
import parathink.models.Pause;
import parathink.models.Prompt;
import parathink.models.SamplingParams;
import parathink.models.Seed;
import parathink.models.Session;
import parathink.models.StopRule;
import parathink.models.TokenBlock;
import parathink.models.Tokenizer;
import parathink.models.Usage;

/** What was saved of a decode is gone on from after a kill at any moment, to the bits of one that was never stopped. */
final class CheckpointTest {
    private static final SamplingParams SAMPLING = new SamplingParams(0.7, 0, 1, 0, 60);
    private static final Prompt TASK = Prompt.user("Let A be 12*17. Let B be 9*31. Find A+B.");
    private static final int EVERY = 8;

    /** All that a run wrote, in its order: blocks and completions. */
    private static final class Disk implements Journal {
        private final Map<String, Completion> completions = new HashMap<>();
        private final Map<String, TokenBlock> cut = new HashMap<>();
        private final Map<String, TokenBlock> whole = new HashMap<>();
        private final List<Object> written = new ArrayList<>();
        private long read; // tokens, as told

        /** What is left of a disk when its run is killed after so many writes. */
        Disk killedAfter(int writes) {
            var left = new Disk();
            for (var line : written.subList(0, writes)) {
                switch (line) {
                    case TokenBlock block -> left.take(block);
                    case Completion completion -> left.take(completion);
                    default -> throw new IllegalStateException(line.toString());
                }
            }
            return left;
        }

        /** Tokens on disk of decodes that had not ended. */
        long cutTokens() {
            return cut.values().stream()
                    .filter(block -> !completions.containsKey(block.path()))
                    .mapToLong(TokenBlock::size)
                    .sum();
        }

        private void take(TokenBlock block) {
            (block.ended() ? whole : cut).merge(block.path(), block, TokenBlock::followedBy);
        }

        /** One that was cancelled has not ended by itself, and another run may go further. */
        private void take(Completion completion) {
            if (completion.finish() == FinishReason.STOP || completion.finish() == FinishReason.LENGTH) {
                completions.put(completion.path(), completion);
            }
        }

        @Override
        public Optional<Completion> recorded(String path) {
            return Optional.ofNullable(completions.get(path));
        }

        @Override
        public Optional<TokenBlock> tokens(String path) {
            return Optional.ofNullable((completions.containsKey(path) ? whole : cut).get(path));
        }

        @Override
        public void ended(Completion completion) {
            written.add(completion);
        }

        @Override
        public void keep(TokenBlock block) {
            written.add(block);
        }

        @Override
        public void read(int tokens) {
            read += tokens;
        }

        List<Completion> told() {
            return written.stream()
                    .filter(Completion.class::isInstance)
                    .map(Completion.class::cast)
                    .toList();
        }
    }

    private record Solved(List<Completion> completions, Usage usage) {}

    private static Solved solve(Consumer<Session> strategy, Disk disk, int every) {
        var model = EmbeddedModel.open(EmbeddedModel.DEFAULT_MODE, Models.SETTINGS);
        try (var engine = new LocalEngine(model, model.dialect(), every);
                var session = engine.open("p", Budget.UNLIMITED, Seed.of(7), disk)) {
            strategy.accept(session);
            return new Solved(disk.told(), session.usage());
        }
    }

    private static void survivesKills(Consumer<Session> strategy, int step) {
        var disk = new Disk();
        var first = solve(strategy, disk, EVERY);
        assertThat(disk.written).filteredOn(CheckpointTest::isCheckpoint).hasSizeGreaterThan(4);

        for (int writes = 1; writes < disk.written.size(); writes += step) {
            var again = disk.killedAfter(writes);
            long cut = again.cutTokens();
            assertThat(solve(strategy, again, EVERY))
                    .as("killed after %d writes", writes)
                    .isEqualTo(first);
            assertThat(again.read).as("tokens read after %d writes", writes).isEqualTo(cut);
            long onDisk = disk.written.subList(0, writes).stream()
                    .filter(CheckpointTest::isCheckpoint)
                    .count();
            long saved =
                    again.written.stream().filter(CheckpointTest::isCheckpoint).count();
            long all =
                    disk.written.stream().filter(CheckpointTest::isCheckpoint).count();
            assertThat(saved).as("blocks drawn again after %d writes", writes).isEqualTo(all - onDisk);
        }
    }

    private static boolean isCheckpoint(Object line) {
        return line instanceof TokenBlock block && !block.ended();
    }

    @Test
    void pathsAndTheSummaryThatIsJoinedToThemComeOutTheSame() {
        survivesKills(CheckpointTest::summed, 9);
    }

    private static void summed(Session session) {
        var thoughts = session.dialect().thoughts(TASK).orElseThrow();
        var trunk = session.start(thoughts.task(), SAMPLING);
        var paths = trunk.fork(3);
        for (int i = 0; i < 3; i++) {
            paths.get(i)
                    .writing(thoughts.substitutes(i))
                    .append(thoughts.openings().get(i));
        }
        session.decodeAll(paths, StopRule.after(thoughts.closings()));
        var merged = trunk.drawing(SAMPLING.with(1, 80)).merge(paths);
        merged.append(thoughts.summary());
        merged.decode(StopRule.after(thoughts.summaryEnd()));
    }

    @Test
    void measuredConfidencesAndTheEndsTheyCauseComeOutTheSame() {
        var watch = StopRule.watching(new ConfidenceWatch(5, 10, 8.0));
        survivesKills(
                session -> {
                    var branches = session.start(TASK, SAMPLING).fork(4);
                    session.decodeAll(branches, watch);
                },
                3);
    }

    @Test
    void aDecodeThatPausedComesToTheSamePause() {
        survivesKills(
                session -> {
                    var branches = session.start(TASK, SAMPLING).fork(3);
                    var paused = session.decodeUntil(branches, StopRule.NONE, new Pause.AfterTokens(21));
                    assertThat(paused.getFirst().tokens()).isEqualTo(21);
                    assertThat(paused.getFirst().text()).hasSizeGreaterThan(10);
                    branches.get(1).cancel("redundant");
                    session.decodeAll(List.of(branches.get(0), branches.get(2)), StopRule.NONE);
                },
                3);
    }

    @Test
    void aTextThatGoesOnAfterACompletionOnRecordComesOutTheSame() {
        survivesKills(
                session -> {
                    var sequence = session.start(TASK, SAMPLING);
                    sequence.decode(StopRule.NONE);
                    sequence.append("\n");
                    sequence.decode(StopRule.NONE);
                },
                2);
    }

    @Test
    void tokensAreThoseOfARunWithoutCheckpointsWhileTheirBitsMayDiffer() {
        var with = solve(CheckpointTest::summed, new Disk(), EVERY).completions;
        var without = solve(CheckpointTest::summed, new Disk(), 0).completions;

        assertThat(with)
                .extracting(Completion::text)
                .isEqualTo(without.stream().map(Completion::text).toList());
    }

    @Test
    void withoutCheckpointsNothingIsSavedBeforeACompletionEnds() {
        var disk = new Disk();
        solve(CheckpointTest::summed, disk, 0);

        assertThat(disk.written).filteredOn(CheckpointTest::isCheckpoint).isEmpty();
        assertThat(disk.written).filteredOn(TokenBlock.class::isInstance).hasSize(4); // of the four completions
    }

    @Test
    void tokensOfACompletionOnRecordAreTheOnesThatWereDrawnNotThoseOfItsText() {
        var disk = new Disk();
        var first = ambiguous(disk);
        var texts = disk.killedAfter(2); // the first completion and its tokens
        var whole = disk.killedAfter(2);
        texts.whole.clear();

        assertThat(ambiguous(whole)).isEqualTo(first);
        assertThat(ambiguous(texts)).isNotEqualTo(first); // reading the text again gives other tokens
    }

    /** Two decodes of one sequence, of a model that has every letter twice. */
    private static List<Completion> ambiguous(Disk disk) {
        var card = new ModelCard(
                "twice", "none", new LettersTwice(), Prompt::text, SAMPLING, Set.of(0), Models.TINY.context());
        var model =
                OnnxModel.of(card, Models.TINY, new RandomWeights(), NumericMode.EXACT, Models.SETTINGS.withThreads(1));
        try (var engine = new LocalEngine(model);
                var session = engine.open("p", Budget.UNLIMITED, Seed.of(7), disk)) {
            var sequence = session.start(Prompt.user("abc"), SAMPLING.with(1, 12));
            sequence.decode(StopRule.NONE);
            sequence.append("x");
            sequence.decode(StopRule.NONE);
            return disk.told();
        }
    }

    /** Two tokens for every letter, of which a text that is read has the first only. */
    private record LettersTwice() implements Tokenizer {
        @Override
        public int[] encode(String text) {
            return text.chars().map(letter -> letter - 'a').toArray();
        }

        @Override
        public int size() {
            return Models.TINY.vocabulary();
        }

        @Override
        public Decoder decoder() {
            return new Decoder() {
                @Override
                public String accept(int token) {
                    return Character.toString('a' + token % 24);
                }

                @Override
                public String finish() {
                    return "";
                }
            };
        }
    }

    @Test
    void blocksOfOneTokenAreRefused() {
        var model = Models.tiny(NumericMode.EXACT, 1);
        try (model) {
            assertThatThrownBy(() -> new LocalEngine(model, model.dialect(), 1).close())
                    .hasMessage("checkpointTokens must be 0 or at least 2, got 1");
        }
    }
}
