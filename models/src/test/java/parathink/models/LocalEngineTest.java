package parathink.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class LocalEngineTest {
    private static final SamplingParams GREEDY = new SamplingParams(0, 0, 1, 0, 1000);
    private static final int PROMPT = "Q: two?\nA: ".length();

    @Test
    void decodesWhatTheModelSaysUpToItsEnd() {
        try (var engine = new LocalEngine(new ScriptedModel("four"));
                var session = open(engine)) {
            var completion = session.start(Prompt.user("two?"), GREEDY).decode(StopRule.NONE);

            assertThat(completion.text()).isEqualTo("four");
            assertThat(completion.finish()).isEqualTo(FinishReason.STOP);
            assertThat(completion.tokens()).isEqualTo(4 + ScriptedModel.OVERHEAD);
            assertThat(completion.path()).isEqualTo("0");
            assertThat(session.usage()).isEqualTo(new Usage(PROMPT, 0, 6, 6, 0, 0, 1));
        }
    }

    @Test
    void prefillsAPromptOnceHoweverManyBranchesShareIt() {
        var model = new ScriptedModel("a", "bb", "ccc", "dddd");
        try (var engine = new LocalEngine(model);
                var session = open(engine)) {
            var forks = session.start(Prompt.user("two?"), GREEDY).fork(4);
            var completions = session.decodeAll(forks, StopRule.NONE);

            assertThat(completions).extracting(Completion::text).containsExactly("a", "bb", "ccc", "dddd");
            assertThat(completions).extracting(Completion::path).containsExactly("0/0", "0/1", "0/2", "0/3");
            assertThat(session.usage()).isEqualTo(new Usage(PROMPT, 4L * PROMPT, 18, 6, 0, 0, 4));
            // the model saw the prompt once, and every decoded token but the ends
            assertThat(model.tokensSeen()).isEqualTo(PROMPT + 10 + 4);
        }
        assertThat(model.openCaches()).isZero();
    }

    @Test
    void everyBranchDrawsItsOwnFirstToken() {
        var uniform = new UniformModel();
        try (var engine = new LocalEngine(uniform);
                var session = open(engine)) {
            var sampling = new SamplingParams(1, 0, 1, 0, 1);
            var forks = session.start(Prompt.user("?"), sampling).fork(32);
            var texts = session.decodeAll(forks, StopRule.NONE).stream().map(Completion::text);

            assertThat(texts.distinct().count()).isGreaterThan(16);
        }
    }

    @Test
    void completionsComeAsTheyEndAndTheOthersStandStill() {
        var model = new ScriptedModel("ccc", "a", "bb", "x".repeat(60));
        try (var engine = new LocalEngine(model);
                var session = open(engine)) {
            var forks = session.start(Prompt.user("two?"), GREEDY).fork(4);
            var texts = new ArrayList<String>();
            for (var completion : session.asCompleted(forks, StopRule.NONE)) {
                texts.add(completion.text());
                if (texts.size() == 3) {
                    break;
                }
            }

            assertThat(texts).containsExactly("a", "bb", "ccc");
            assertThat(session.usage().work())
                    .isEqualTo(3 + 4 + 5 + 5); // the long one stopped where the last of the others did
            assertThat(session.usage().span()).isEqualTo(5);
        }
    }

    @Test
    void branchesLeftBehindAreToldAsCancelled() {
        var journal = new Recording();
        try (var engine = new LocalEngine(new ScriptedModel("a", "x".repeat(60)));
                var session = engine.open("p", Budget.UNLIMITED, Seed.of(1), journal)) {
            var forks = session.start(Prompt.user("two?"), GREEDY).fork(2);
            session.asCompleted(forks, StopRule.NONE).iterator().next();
        }
        assertThat(journal.ended)
                .extracting(Completion::finish)
                .containsExactly(FinishReason.STOP, FinishReason.CANCELLED);
        assertThat(journal.ended).extracting(Completion::tokens).containsExactly(3, 3);
    }

    @Test
    void aCancelledBranchFreesItsCacheAtOnceAndTheOthersGoOn() {
        var model = new ScriptedModel("a", "bb", "x".repeat(60));
        var journal = new Recording();
        try (var engine = new LocalEngine(model);
                var session = engine.open("p", Budget.UNLIMITED, Seed.of(1), journal)) {
            var forks = session.start(Prompt.user("two?"), GREEDY).fork(3);
            var texts = new ArrayList<String>();
            for (var completion : session.asCompleted(forks, StopRule.NONE)) {
                texts.add(completion.text());
                if (completion.text().equals("a")) {
                    forks.get(2).cancel("too long");
                    assertThat(model.openCaches()).isEqualTo(3);
                }
            }
            assertThat(texts).containsExactly("a", "bb");
        }
        assertThat(journal.ended.get(1).finish()).isEqualTo(FinishReason.CANCELLED);
        assertThat(journal.ended.get(1).stoppedBy()).isEqualTo("too long");
        assertThat(model.openCaches()).isZero();
    }

    @Test
    void aCallOnAClosedEngineFailsInsteadOfWaiting() {
        var engine = new LocalEngine(new ScriptedModel("a"));
        var session = open(engine);
        var sequence = session.start(Prompt.user("two?"), GREEDY);
        engine.close();
        assertThatThrownBy(() -> sequence.decode(StopRule.NONE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void aSpentBudgetEndsEveryBranchWithoutAnException() {
        for (int tokens : new int[] {1, 7, 50}) {
            try (var engine = new LocalEngine(new ScriptedModel("x".repeat(30), "y".repeat(30), "z".repeat(30)));
                    var session = engine.open("p", new Budget(tokens), Seed.of(1), Journal.NONE)) {
                var forks = session.start(Prompt.user("two?"), GREEDY).fork(3);
                var completions = session.decodeAll(forks, StopRule.NONE);

                assertThat(session.usage().work()).isEqualTo(tokens);
                assertThat(completions).extracting(Completion::finish).containsOnly(FinishReason.BUDGET);
                assertThat(completions.stream().mapToInt(Completion::tokens).sum())
                        .isEqualTo(tokens);
            }
        }
    }

    @Test
    void tokenLimitAndContextEndADecodeAsLength() {
        try (var engine = new LocalEngine(
                        new ScriptedModel("x".repeat(50), "y".repeat(50)).withContextLength(PROMPT + 20));
                var session = open(engine)) {
            var short5 = session.start(Prompt.user("two?"), new SamplingParams(0, 0, 1, 0, 5));
            assertThat(short5.decode(StopRule.NONE).tokens()).isEqualTo(5);

            var long50 = session.start(Prompt.user("two?"), GREEDY).decode(StopRule.NONE);
            assertThat(long50.tokens()).isEqualTo(20);
            assertThat(long50.finish()).isEqualTo(FinishReason.LENGTH);
        }
    }

    @Test
    void aPromptThatDoesNotFitIsRefused() {
        try (var engine = new LocalEngine(new ScriptedModel("x").withContextLength(5));
                var session = open(engine)) {
            assertThatThrownBy(() -> session.start(Prompt.user("two?"), GREEDY))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("11 tokens")
                    .hasMessageContaining("at most 5");
        }
    }

    @Test
    void aStopTextEndsADecodeRightAfterIt() {
        try (var engine = new LocalEngine(new ScriptedModel("one</t>two"));
                var session = open(engine)) {
            var completion = session.start(Prompt.user("two?"), GREEDY).decode(StopRule.after("</t>"));

            assertThat(completion.text()).isEqualTo("one</t>");
            assertThat(completion.finish()).isEqualTo(FinishReason.STOP);
        }
    }

    @Test
    void aSequenceGoesOnAfterATextIsAppended() {
        try (var engine = new LocalEngine(new ScriptedModel("one", "two"));
                var session = open(engine)) {
            var sequence = session.start(Prompt.user("two?"), GREEDY);
            sequence.decode(StopRule.NONE);
            sequence.append(" and ");
            var second = sequence.decode(StopRule.NONE);

            assertThat(second.text()).isEqualTo("two");
            assertThat(second.path()).isEqualTo("0/0");
            assertThat(session.usage().prefill()).isEqualTo(PROMPT + 5);
            assertThat(session.usage().span()).isEqualTo(10); // one chain
        }
    }

    @Test
    void aSessionLargerThanTheBatchIsSplitIntoPassesOfOneStep() {
        var scripts = new String[20];
        for (int i = 0; i < scripts.length; i++) {
            scripts[i] = "s".repeat(i + 1);
        }
        var model = new ScriptedModel(scripts).withPreferredRows(8);
        try (var engine = new LocalEngine(model);
                var session = open(engine)) {
            var completions =
                    session.decodeAll(session.start(Prompt.user("two?"), GREEDY).fork(20), StopRule.NONE);

            assertThat(completions)
                    .extracting(c -> c.text().length())
                    .isEqualTo(java.util.stream.IntStream.rangeClosed(1, 20)
                            .boxed()
                            .toList());
            assertThat(model.widestPass()).isEqualTo(8);
        }
    }

    @Test
    void mergingJoinsTheCachesAndComputesNothingAgain() {
        var model = new ScriptedModel("one", "three", "done");
        try (var engine = new LocalEngine(model);
                var session = open(engine)) {
            var trunk = session.start(Prompt.user("two?"), GREEDY);
            var forks = trunk.fork(2);
            session.decodeAll(forks, StopRule.NONE);
            long before = model.tokensSeen();
            var merged = trunk.merge(forks);
            merged.append("so ");
            var conclusion = merged.decode(StopRule.NONE);

            assertThat(conclusion.text()).isEqualTo("done");
            assertThat(session.usage().prefill()).isEqualTo(PROMPT + 3);
            assertThat(session.usage().span()).isEqualTo(7 + 6);
            // the appended text, and the conclusion without its end: the branches' tokens are in their caches already
            assertThat(model.tokensSeen() - before).isEqualTo(3 + 5);
        }
        assertThat(model.openCaches()).isZero();
    }

    @Test
    void aModelThatCannotJoinReadsTheBranchesAgainAndTheBillSaysSo() {
        var model = new ScriptedModel("one", "three", "done").withoutJoins();
        try (var engine = new LocalEngine(model);
                var session = open(engine)) {
            var trunk = session.start(Prompt.user("two?"), GREEDY);
            var forks = trunk.fork(2);
            session.decodeAll(forks, StopRule.NONE);
            var merged = trunk.merge(forks);
            merged.append("so ");
            merged.decode(StopRule.NONE);

            // each branch: the opening token and its characters
            assertThat(session.usage().prefill()).isEqualTo(PROMPT + (1 + 3) + (1 + 5) + 3);
        }
    }

    @Test
    void aBillDoesNotDependOnWhoElseIsInTheBatch() throws Exception {
        var alone = bills(1);
        assertThat(bills(8)).isEqualTo(alone);
    }

    /** Twelve early-stopping problems on a model without scripts, so that every problem meets the same model. */
    private static Map<Integer, String> bills(int concurrency) throws Exception {
        var bills = new HashMap<Integer, String>();
        try (var engine = new LocalEngine(new UniformModel());
                var threads = Executors.newFixedThreadPool(concurrency)) {
            var waiting = new HashMap<Integer, Future<String>>();
            for (int problem = 0; problem < 12; problem++) {
                int number = problem;
                waiting.put(problem, threads.submit(() -> {
                    try (var session =
                            engine.open("p", new Budget(400), Seed.of(3).child(number), Journal.NONE)) {
                        var sampling = new SamplingParams(1, 0, 1, 0, 60);
                        var forks = session.start(Prompt.user("p" + number), sampling)
                                .fork(5);
                        var seen = new StringBuilder();
                        int left = 3;
                        for (var completion : session.asCompleted(forks, StopRule.NONE)) {
                            seen.append(completion.path())
                                    .append(completion.text())
                                    .append(session.usage());
                            if (--left == 0) {
                                break;
                            }
                        }
                        return seen.toString() + session.usage();
                    }
                }));
            }
            for (var entry : waiting.entrySet()) {
                bills.put(entry.getKey(), entry.getValue().get());
            }
        }
        return bills;
    }

    @Test
    void recordedCompletionsAreChargedAgainButNotComputedAgain() {
        var first = new Recording();
        Usage bill;
        try (var engine = new LocalEngine(new ScriptedModel("a", "bb", "ccc"));
                var session = engine.open("p", Budget.UNLIMITED, Seed.of(1), first)) {
            session.decodeAll(session.start(Prompt.user("two?"), GREEDY).fork(3), StopRule.NONE);
            bill = session.usage();
        }
        var known = first.ended.stream().filter(c -> !c.path().equals("0/2")).toList();
        var model = new ScriptedModel("ccc");
        try (var engine = new LocalEngine(model);
                var session = engine.open("p", Budget.UNLIMITED, Seed.of(1), new Recording(known))) {
            var completions =
                    session.decodeAll(session.start(Prompt.user("two?"), GREEDY).fork(3), StopRule.NONE);

            assertThat(completions).extracting(Completion::text).containsExactly("a", "bb", "ccc");
            assertThat(completions).containsExactlyInAnyOrderElementsOf(first.ended);
            assertThat(session.usage()).isEqualTo(bill);
            assertThat(model.tokensSeen()).isEqualTo(PROMPT + 1 + 3);
        }
    }

    @Test
    void aFailingPassFailsItsProblemsAndLeavesNoCacheOpen() {
        var model = new ScriptedModel("x".repeat(20)).failingAfter(5);
        try (var engine = new LocalEngine(model)) {
            try (var session = open(engine)) {
                var sequence = session.start(Prompt.user("two?"), GREEDY);
                assertThatThrownBy(() -> sequence.decode(StopRule.NONE)).isInstanceOf(ModelException.class);
            }
            assertThat(model.openCaches()).isZero();
        }
    }

    @Test
    void theTextOfACompletionInsideThinkingIsReadAsThinking() {
        var completion = new Completion(
                "0",
                "\\boxed{4}",
                3,
                FinishReason.LENGTH,
                1,
                java.util.OptionalDouble.empty(),
                java.util.OptionalDouble.empty(),
                Confidence.UNKNOWN,
                "",
                true);
        assertThat(completion.answerText()).isEqualTo("<think>\\boxed{4}");
    }

    private static Session open(Engine engine) {
        return engine.open("p", Budget.UNLIMITED, Seed.of(1), Journal.NONE);
    }

    /** Keeps what it is told; remembers what it is given. */
    private static final class Recording implements Journal {
        private final List<Completion> ended = new ArrayList<>();
        private final Map<String, Completion> known = new HashMap<>();

        Recording() {}

        Recording(List<Completion> completions) {
            completions.forEach(completion -> known.put(completion.path(), completion));
        }

        @Override
        public Optional<Completion> recorded(String path) {
            return Optional.ofNullable(known.get(path));
        }

        @Override
        public void ended(Completion completion) {
            ended.add(completion);
        }
    }
}
