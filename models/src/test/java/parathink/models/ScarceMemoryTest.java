package parathink.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Passes that there is no memory for are made smaller; a text that cannot be held at all costs its own problem. */
final class ScarceMemoryTest {
    private static final SamplingParams GREEDY = new SamplingParams(0, 0, 1, 0, 1000);

    @Test
    void aPassThatIsTooLargeIsMadeInParts() {
        var scripts = new String[] {"a", "bb", "ccc", "dddd", "eeeee", "ffffff", "ggggggg"};
        var model = new ScriptedModel(scripts).withMemoryFor(3, 1000);
        try (var engine = new LocalEngine(model);
                var session = engine.open("p", Budget.UNLIMITED, Seed.of(1), Journal.NONE)) {
            var forks = session.start(Prompt.user("two?"), GREEDY).fork(scripts.length);
            var completions = session.decodeAll(forks, StopRule.NONE);

            assertThat(completions).extracting(Completion::text).containsExactly(scripts);
            // the prompt, each script's characters and the token before each script: nothing was read twice
            assertThat(model.tokensSeen()).isEqualTo("Q: two?\nA: ".length() + 28 + 7);
            assertThat(session.usage().prefill()).isEqualTo("Q: two?\nA: ".length());
            assertThat(session.usage().work()).isEqualTo(28 + 2 * 7);
            assertThat(model.widestPass()).isEqualTo(3);
        }
        assertThat(model.openCaches()).isZero();
    }

    @Test
    void aPassGrowsAgainOnceThereIsMemory() {
        var scripts = new String[] {"x".repeat(100), "y".repeat(100), "z".repeat(100), "w".repeat(100)};
        var model = new ScriptedModel(scripts).withMemoryFor(1, 1000);
        try (var engine = new LocalEngine(model);
                var session = engine.open("p", Budget.UNLIMITED, Seed.of(1), Journal.NONE)) {
            var forks = session.start(Prompt.user("two?"), GREEDY).fork(4);
            session.decodeUntil(forks, StopRule.NONE, new Pause.AfterTokens(4));
            assertThat(model.widestPass()).isEqualTo(1);
            model.withMemoryFor(100, 1000);
            session.decodeAll(forks, StopRule.NONE);
            assertThat(model.widestPass()).isEqualTo(4);
        }
    }

    @Test
    void whereMemoryIsFullTheProblemThatBeganLastGivesItsOwn() {
        int prompt = "Q: two?\nA: ".length();
        var model = new ScriptedModel("x".repeat(40), "y".repeat(40)).withMemoryForTokens(2L * prompt + 60);
        try (var engine = new LocalEngine(model);
                var older = (LocalSession) open(engine, "older");
                var younger = (LocalSession) open(engine, "younger")) {
            var turns = List.of(turn(older, "two?"), turn(younger, "two?"));
            var step = new DecodeStep(model);
            // each has its opening token and 30 characters when both are full, the last of them not read yet
            for (int i = 0; i < 31; i++) {
                step.run(turns);
            }
            assertThat(turns).allMatch(turn -> turn.failure == null);

            step.run(turns);
            assertThat(turns.getFirst().failure).isNull();
            assertThat(turns.getLast().failure).hasMessage("not enough memory for this problem: told to have none");
            assertThat(model.openCaches()).isEqualTo(1);
            assertThat(turns.getFirst().active.getFirst().progress().tokens()).isEqualTo(32);

            for (int i = 0; i < 10; i++) {
                step.run(turns.subList(0, 1));
            }
            assertThat(turns.getFirst().active.getFirst().completion().text()).isEqualTo("x".repeat(40));
        }
    }

    @Test
    void aProblemThatIsGivenUpDrawsNothingMoreInThatStep() {
        var model = new ScriptedModel("short", "long").withMemoryFor(8, 60);
        try (var engine = new LocalEngine(model);
                var session = (LocalSession) open(engine, "p")) {
            var begun = turn(session, "two?").active.getFirst();
            var step = new DecodeStep(model);
            step.run(List.of(new Turn(session, List.of(begun), false)));
            long seen = model.tokensSeen();

            var tooLong = turn(session, "l" + "o".repeat(100) + "ng").active.getFirst();
            var both = new Turn(session, List.of(begun, tooLong), false);
            step.run(List.of(both));
            assertThat(both.failure).hasMessageContaining("not enough memory");
            assertThat(begun.progress().tokens()).isEqualTo(1);
            assertThat(model.tokensSeen()).isEqualTo(seen);
            assertThat(session.usage().work()).isEqualTo(1);
        }
    }

    private static Session open(LocalEngine engine, String problem) {
        return engine.open(problem, Budget.UNLIMITED, Seed.of(1), Journal.NONE);
    }

    private static Turn turn(LocalSession session, String prompt) {
        var sequence = (LocalSequence) session.start(Prompt.user(prompt), GREEDY);
        var row = new Row(sequence, sequence.path(), StopRule.NONE, Optional.empty(), Optional.empty(), 0);
        return new Turn(session, List.of(row), false);
    }

    @Test
    void aTextThatFindsNoMemoryCostsItsOwnProblemAndNoOther() throws Exception {
        var model = new ScriptedModel("one", "two", "three").withMemoryFor(8, 60);
        var prompts = List.of("short", "l" + "o".repeat(100) + "ng", "brief");
        try (var engine = new LocalEngine(model);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var solved = new ArrayList<Future<String>>();
            for (int i = 0; i < prompts.size(); i++) {
                var prompt = prompts.get(i);
                var session = engine.open("p" + i, Budget.UNLIMITED, Seed.of(1), Journal.NONE);
                solved.add(threads.submit(() -> {
                    try (session) {
                        return session.start(Prompt.user(prompt), GREEDY)
                                .decode(StopRule.NONE)
                                .text();
                    }
                }));
            }
            assertThat(List.of(solved.get(0).get(), solved.get(2).get())).isSubsetOf("one", "two", "three");
            assertThatThrownBy(() -> solved.get(1).get())
                    .hasCauseInstanceOf(ModelException.class)
                    .hasMessageContaining("not enough memory for this problem: told to have none");
        }
        assertThat(model.openCaches()).isZero();
    }
}
