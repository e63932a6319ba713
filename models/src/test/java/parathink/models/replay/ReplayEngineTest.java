package parathink.models.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static parathink.models.replay.Pools.PROMPT;
import static parathink.models.replay.Pools.SAMPLING;
import static parathink.models.replay.Pools.text;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parathink.models.Budget;
import parathink.models.Completion;
import parathink.models.ConfidenceWatch;
import parathink.models.FinishReason;
import parathink.models.Journal;
import parathink.models.ModelException;
import parathink.models.Prompt;
import parathink.models.SamplingParams;
import parathink.models.Seed;
import parathink.models.StopRule;
import parathink.models.Usage;

final class ReplayEngineTest {
    @TempDir
    private Path folder;

    @Test
    void givesEveryRecordedCompletionOnceAndChargesItsTokens() throws IOException {
        var file = Pools.write(folder, text("a", 3), text("bb", 5), text("ccc", 4));
        try (var engine = Pools.engine(file);
                var session = Pools.open(engine)) {
            var completions = session.decodeAll(session.start(PROMPT, SAMPLING).fork(3), StopRule.NONE);

            assertThat(completions).extracting(Completion::text).containsExactlyInAnyOrder("a", "bb", "ccc");
            assertThat(completions).extracting(Completion::path).containsExactly("0/0", "0/1", "0/2");
            assertThat(session.usage()).isEqualTo(new Usage(0, 0, 12, 5, 0, 0, 3));
            assertThat(session.notes()).isEmpty();
        }
    }

    @Test
    void aPromptThatThePoolKnowsIsPaidForOnceByItsEstimate() throws IOException {
        var line = "{\"problem\": \"p\", \"question\": \"nine chars\", \"text\": \"%s\", \"tokens\": 2}";
        var file = Pools.write(folder, line.formatted("a"), line.formatted("b"));
        try (var engine = Pools.engine(file);
                var session = Pools.open(engine)) {
            session.decodeAll(session.start(PROMPT, SAMPLING).fork(2), StopRule.NONE);
            assertThat(session.usage()).isEqualTo(new Usage(3, 6, 4, 2, 0, 0, 2)); // 10 characters are 3 tokens
        }
    }

    @Test
    void everySeedHasAnOrderOfItsOwnAndAllOrdersAreEquallyLikely() throws IOException {
        var file = Pools.write(folder, text("a", 1), text("b", 1), text("c", 1));
        var counts = new TreeMap<String, Integer>();
        try (var engine = Pools.engine(file)) {
            for (int seed = 0; seed < 6000; seed++) {
                try (var session = engine.open("p", Budget.UNLIMITED, Seed.of(seed), Journal.NONE)) {
                    var order = new StringBuilder();
                    session.decodeAll(session.start(PROMPT, SAMPLING).fork(3), StopRule.NONE)
                            .forEach(completion -> order.append(completion.text()));
                    counts.merge(order.toString(), 1, Integer::sum);
                }
            }
        }
        assertThat(counts).hasSize(6);
        // 1000 expected of each, standard deviation sqrt(6000 · 1/6 · 5/6) = 28.9: six times that never happens
        assertThat(counts.values()).allMatch(count -> Math.abs(count - 1000) < 6 * 28.9);
    }

    @Test
    void placesHaveTheSeedsOfALiveEngine() throws IOException {
        var file = Pools.write(folder, text("a", 1), text("b", 1));
        try (var engine = Pools.engine(file);
                var session = Pools.open(engine)) {
            var completions = session.decodeAll(session.start(PROMPT, SAMPLING).fork(2), StopRule.NONE);
            assertThat(completions)
                    .extracting(Completion::seed)
                    .containsExactly(
                            Seed.of(1).child("0/0").value(),
                            Seed.of(1).child("0/1").value());
        }
    }

    @Test
    void aPromptCanBeDecodedItself() throws IOException {
        var file = Pools.write(folder, text("a", 3));
        try (var engine = Pools.engine(file);
                var session = Pools.open(engine)) {
            var completion = session.start(PROMPT, SAMPLING).decode(StopRule.NONE);
            assertThat(completion.text()).isEqualTo("a");
            assertThat(completion.path()).isEqualTo("0");
        }
    }

    @Test
    void givesFewerBranchesWhereThePoolHasFewerAndNotesIt() throws IOException {
        var file = Pools.write(folder, text("a", 3), text("b", 3));
        try (var engine = Pools.engine(file);
                var session = Pools.open(engine)) {
            var root = session.start(PROMPT, SAMPLING);
            assertThat(root.fork(1)).hasSize(1);
            assertThat(root.fork(4)).hasSize(1);
            assertThat(root.fork(1)).isEmpty();
            assertThat(session.missing()).isEqualTo(4);
            assertThat(session.notes()).isEqualTo(Map.of("pool", "6 completions asked for, 2 recorded"));
        }
    }

    @Test
    void completionsComeShortestFirstAndTheOthersStandStill() throws IOException {
        var file = Pools.write(folder, text("long", 60), text("short", 3), text("mid", 5));
        try (var engine = Pools.engine(file)) {
            var told = new Pools.Told();
            var texts = new ArrayList<String>();
            Usage usage;
            try (var session = Pools.open(engine, Budget.UNLIMITED, told)) {
                for (var completion :
                        session.asCompleted(session.start(PROMPT, SAMPLING).fork(3), StopRule.NONE)) {
                    texts.add(completion.text());
                    if (texts.size() == 2) {
                        break;
                    }
                }
                usage = session.usage();
            }
            assertThat(texts).containsExactly("short", "mid");
            assertThat(usage.work()).isEqualTo(3 + 5 + 5);
            assertThat(usage.span()).isEqualTo(5);
            assertThat(told.ended.getLast().finish()).isEqualTo(FinishReason.CANCELLED);
            assertThat(told.ended.getLast().stoppedBy()).isEqualTo("session closed");
            assertThat(told.ended.getLast().text()).isEmpty(); // 5 of 60 tokens of 4 characters: none yet
        }
    }

    @Test
    void theTextOfAPartIsTheShareOfItsTokensAndAnAnswerAloneHasNoPart() throws IOException {
        var file =
                Pools.write(folder, text("0123456789", 20), "{\"problem\": \"p\", \"answer\": \"42\", \"tokens\": 20}");
        try (var engine = Pools.engine(file)) {
            var told = new Pools.Told();
            try (var session = Pools.open(engine, new Budget(14), told)) {
                session.decodeAll(session.start(PROMPT, SAMPLING).fork(2), StopRule.NONE);
            }
            assertThat(told.ended).extracting(Completion::tokens).containsExactly(7, 7);
            assertThat(told.ended).extracting(Completion::finish).containsOnly(FinishReason.BUDGET);
            assertThat(told.ended).extracting(Completion::text).containsExactlyInAnyOrder("012", "");
        }
    }

    @Test
    void aPartNeverEndsInHalfACharacter() throws IOException {
        var file = Pools.write(folder, text("\ud83d\ude00\ud83d\ude00", 4));
        try (var engine = Pools.engine(file);
                var session = Pools.open(engine)) {
            var limit = new SamplingParams(1, 0, 1, 0, 1);
            assertThat(session.start(PROMPT, limit).decode(StopRule.NONE).text())
                    .isEmpty();
            assertThat(session.notes()).containsKey("shortened");
        }
    }

    @Test
    void aTokenLimitAndAStopTextEndARecordedTextEarly() throws IOException {
        var file = Pools.write(folder, text("one. two. end", 26)); // two tokens a character
        try (var engine = Pools.engine(file);
                var session = Pools.open(engine)) {
            var completion = session.start(PROMPT, SAMPLING).decode(StopRule.after("two."));
            assertThat(completion.text()).isEqualTo("one. two.");
            assertThat(completion.tokens()).isEqualTo(18);
            assertThat(completion.finish()).isEqualTo(FinishReason.STOP);
        }
        try (var engine = Pools.engine(file);
                var session = Pools.open(engine)) {
            var limited = new SamplingParams(1, 0, 1, 0, 8);
            var completion = session.start(PROMPT, limited).decode(StopRule.after("two."));
            assertThat(completion.text()).isEqualTo("one.");
            assertThat(completion.tokens()).isEqualTo(8);
            assertThat(completion.finish()).isEqualTo(FinishReason.LENGTH);
        }
    }

    @Test
    void aWatchEndsATextWhoseGroupsFallBelowItsFloor() throws IOException {
        var file = Pools.write(
                folder, "{\"problem\": \"p\", \"text\": \"abcdef\", \"confidence\": [9, 9, 1, 2, 9, 9], \"score\": 1}");
        try (var engine = Pools.engine(file);
                var session = Pools.open(engine)) {
            var completion = session.start(PROMPT, SAMPLING).decode(StopRule.watching(new ConfidenceWatch(20, 2, 3)));
            // groups 9, 5, 1.5: the third ends with the fourth token
            assertThat(completion.tokens()).isEqualTo(4);
            assertThat(completion.text()).isEqualTo("abcd");
            assertThat(completion.finish()).isEqualTo(FinishReason.CANCELLED);
            assertThat(completion.stoppedBy()).isEqualTo("group confidence below 3.000");
            assertThat(completion.confidence().tokens()).containsExactly(9, 9, 1, 2);
            assertThat(completion.recorded().score()).isEmpty(); // it was given to the whole text
            assertThat(session.usage().work()).isEqualTo(4);
        }
    }

    @Test
    void whatNeedsNewTextSaysSo() throws IOException {
        assertNeedsNewText("another prompt", session -> session.start(Prompt.user("three?"), SAMPLING));
        assertNeedsNewText("temperature 0", session -> session.start(PROMPT, SAMPLING.greedy()));
        assertNeedsNewText("other sampling", session -> session.start(PROMPT, new SamplingParams(1, 0, 0.5, 0, 1000)));
        assertNeedsNewText("appends", session -> session.start(PROMPT, SAMPLING).append("so"));
        assertNeedsNewText("merges", session -> {
            var root = session.start(PROMPT, SAMPLING);
            root.merge(root.fork(2));
        });
        assertNeedsNewText(
                "begun to answer",
                session -> session.start(PROMPT, SAMPLING).fork(1).getFirst().fork(2));
        assertNeedsNewText("has ended", session -> {
            var root = session.start(PROMPT, SAMPLING);
            root.decode(StopRule.NONE);
            root.decode(StopRule.NONE);
        });
        assertNeedsNewText(
                "by their numbers",
                session ->
                        session.start(PROMPT, SAMPLING).decode(new StopRule(List.of(), List.of(7), Optional.empty())));
        assertNeedsNewText(
                "confidence of tokens",
                session -> session.start(PROMPT, SAMPLING).decode(StopRule.watching(ConfidenceWatch.measuring(20, 4))));
    }

    private void assertNeedsNewText(String what, Consumer<ReplaySession> use) throws IOException {
        var file = Pools.write(folder, text("a", 1), text("b", 1));
        try (var engine = Pools.engine(file);
                var session = Pools.open(engine)) {
            assertThatThrownBy(() -> use.accept(session))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining(what)
                    .hasMessageContaining("problem 'p'")
                    .matches(e -> ((ModelException) e).kind() == ModelException.Kind.UNABLE);
        }
    }

    @Test
    void manySessionsMayReadOnePoolAtOnce() throws Exception {
        var lines = new String[200];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = text("text " + i, 1 + i % 17);
        }
        var file = Pools.write(folder, lines);
        try (var engine = Pools.engine(file);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var works = new ArrayList<Future<String>>();
            for (int i = 0; i < 64; i++) {
                works.add(threads.submit(() -> {
                    try (var session = Pools.open(engine)) {
                        var forks = session.start(PROMPT, SAMPLING).fork(200);
                        return session.decodeAll(forks, StopRule.NONE).toString();
                    }
                }));
            }
            var seen = new HashSet<String>();
            for (var work : works) {
                seen.add(work.get());
            }
            assertThat(seen).hasSize(1);
        }
    }
}
