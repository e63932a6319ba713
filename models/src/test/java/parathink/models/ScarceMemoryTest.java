package parathink.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
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
    void whereMemoryIsFullTheProblemThatBeganLastGivesItsOwn() throws Exception {
        var prompt = "Q: two?\nA: ".length();
        // two branches of 40 tokens beside each other do not fit, and the older one has all it needs
        var model = new ScriptedModel("x".repeat(40), "x".repeat(40)).withMemoryForTokens(2L * prompt + 60);
        try (var engine = new LocalEngine(model);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var older = engine.open("older", Budget.UNLIMITED, Seed.of(1), Journal.NONE);
            var younger = engine.open("younger", Budget.UNLIMITED, Seed.of(1), Journal.NONE);
            var began = new ArrayList<Future<String>>();
            for (var session : List.of(older, younger)) {
                var sequence = session.start(Prompt.user("two?"), GREEDY);
                session.decodeUntil(List.of(sequence), StopRule.NONE, new Pause.AfterTokens(3));
                began.add(threads.submit(() -> {
                    try (session) {
                        return sequence.decode(StopRule.NONE).text();
                    }
                }));
            }
            var outcomes = new ArrayList<String>();
            for (var one : began) {
                try {
                    outcomes.add(one.get());
                } catch (ExecutionException e) {
                    outcomes.add(e.getCause().getMessage());
                }
            }
            // the first may have ended before the second went on: then nothing was scarce
            assertThat(outcomes.getFirst()).isEqualTo("x".repeat(40));
            assertThat(outcomes.getLast())
                    .isIn("x".repeat(40), "not enough memory for this problem: told to have none");
        }
        assertThat(model.openCaches()).isZero();
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
