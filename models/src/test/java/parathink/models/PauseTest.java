package parathink.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PauseTest {
    private static final SamplingParams GREEDY = new SamplingParams(0, 0, 1, 0, 1000);
    private static final SamplingParams RANDOM = new SamplingParams(1, 0, 1, 0, 300);

    private final List<Completion> ended = new ArrayList<>();
    private final Map<String, Completion> known = new HashMap<>();

    @Test
    void aDecodeThatPausesDrawsTheSameTokensForTheSameBill() {
        List<Completion> straight;
        Usage bill;
        try (var engine = new LocalEngine(new UniformModel());
                var session = open(engine)) {
            straight = session.decodeAll(session.start(Prompt.user("p"), RANDOM).fork(6), StopRule.NONE);
            bill = session.usage();
        }
        ended.clear();
        try (var engine = new LocalEngine(new UniformModel());
                var session = open(engine)) {
            var forks = session.start(Prompt.user("p"), RANDOM).fork(6);
            for (int tokens : new int[] {5, 6, 40}) {
                session.decodeUntil(forks, StopRule.NONE, new Pause.AfterTokens(tokens));
            }
            assertThat(ended).extracting(Completion::path).containsExactly("0/4"); // the only one that has ended
            assertThat(session.decodeAll(forks, StopRule.NONE)).isEqualTo(straight);
            assertThat(session.usage()).isEqualTo(bill);
        }
        assertThat(ended).containsExactlyInAnyOrderElementsOf(straight);
    }

    @Test
    void pausesAfterThatManyTokensAndSaysHowFarItCame() {
        try (var engine = new LocalEngine(new ScriptedModel("one", "seventeen"));
                var session = open(engine)) {
            var forks = session.start(Prompt.user("two?"), GREEDY).fork(2);

            // each begins with the opening token, which has no text
            assertThat(session.decodeUntil(forks, StopRule.NONE, new Pause.AfterTokens(6)))
                    .containsExactly(new Progress("0/0", "one", 5, true), new Progress("0/1", "seven", 6, false));
            assertThat(session.usage().work()).isEqualTo(5 + 6);
            assertThat(ended).extracting(Completion::path).containsExactly("0/0"); // told before the others go on
            // where it has come already, it stays
            session.decodeUntil(forks, StopRule.NONE, new Pause.AfterTokens(2));
            assertThat(session.usage().work()).isEqualTo(5 + 6);
            assertThat(ended).hasSize(1);
            assertThat(session.decodeAll(forks, StopRule.NONE))
                    .extracting(Completion::text)
                    .containsExactly("one", "seventeen");
            assertThat(session.usage().calls()).isEqualTo(2);
        }
        assertThat(ended).extracting(Completion::path).containsExactly("0/0", "0/1");
    }

    @Test
    void pausesOnceWordsHaveBeenSaidOftenEnough() {
        var pause = new Pause.AfterWords(List.of("wait", "so"), 2);
        try (var engine = new LocalEngine(new ScriptedModel("Wait, some sofas so on", "so"));
                var session = open(engine)) {
            var forks = session.start(Prompt.user("two?"), GREEDY).fork(2);

            assertThat(session.decodeUntil(forks, StopRule.NONE, pause))
                    .extracting(Progress::text)
                    .containsExactly("Wait, some sofas so ", "so");
        }
    }

    @Test
    void whatTheStrategyHeardAtAPauseComesBeforeTheNextToken() {
        try (var engine = new LocalEngine(new ScriptedModel("aa wait aaaa", "bbbbbbbbbbbb wait"));
                var session = open(engine)) {
            var forks = session.start(Prompt.user("two?"), GREEDY).fork(2);
            var progress = session.decodeUntil(forks, StopRule.NONE, new Pause.AfterWords(List.of("wait"), 1));
            // opening token, "aa wait "; the other ended before a character followed its word
            assertThat(progress).extracting(Progress::tokens).containsExactly(9, 19);
            forks.getFirst().decode(StopRule.NONE);
            assertThat(session.usage().span()).isEqualTo(19 + 5); // chosen when all had paused
            assertThat(session.usage().work()).isEqualTo(9 + 19 + 5);
        }
    }

    @Test
    void aPausedDecodeThatIsNotWantedIsToldAsCancelledWithWhatItHas() {
        try (var engine = new LocalEngine(new ScriptedModel("aaaaaaaa", "bbbbbbbb", "c"));
                var session = open(engine)) {
            var forks = session.start(Prompt.user("two?"), GREEDY).fork(3);
            session.decodeUntil(forks, StopRule.NONE, new Pause.AfterTokens(4));
            forks.getFirst().cancel("redundant");
        }
        assertThat(ended).extracting(Completion::path).containsExactly("0/2", "0/0", "0/1");
        assertThat(ended)
                .extracting(Completion::finish)
                .containsExactly(FinishReason.STOP, FinishReason.CANCELLED, FinishReason.CANCELLED);
        assertThat(ended).extracting(Completion::stoppedBy).containsExactly("", "redundant", "session closed");
        assertThat(ended).extracting(Completion::tokens).containsExactly(3, 4, 4);
    }

    @Test
    void aSpentBudgetEndsADecodeBeforeItsPause() {
        try (var engine = new LocalEngine(new ScriptedModel("a".repeat(50)));
                var session = engine.open("p", new Budget(7), Seed.of(1), journal())) {
            var sequence = session.start(Prompt.user("two?"), GREEDY);
            var progress = session.decodeUntil(List.of(sequence), StopRule.NONE, new Pause.AfterTokens(9));
            assertThat(progress.getFirst().ended()).isTrue();
            assertThat(sequence.decode(StopRule.NONE).finish()).isEqualTo(FinishReason.BUDGET);
        }
    }

    @Test
    void aCompletionThatIsOnRecordIsDecodedAgainWhenItPauses() {
        var pause = new Pause.AfterTokens(7);
        var first = decodeWithPause(pause);
        known.put("0/1", first.get(1));
        assertThat(decodeWithPause(pause)).isEqualTo(first);
    }

    @Test
    void goesOnUnderTheRuleItBeganWithAndTakesNoTextMeanwhile() {
        try (var engine = new LocalEngine(new ScriptedModel("a".repeat(50)));
                var session = open(engine)) {
            var sequence = session.start(Prompt.user("two?"), GREEDY);
            session.decodeUntil(List.of(sequence), StopRule.NONE, new Pause.AfterTokens(3));
            assertThatThrownBy(() -> sequence.append("b")).hasMessageContaining("has paused");
            assertThatThrownBy(() -> sequence.decode(StopRule.after("a"))).hasMessageContaining("stop rule");
        }
        assertThatThrownBy(() -> new Pause.AfterTokens(0)).hasMessageContaining("got 0");
        assertThatThrownBy(() -> new Pause.AfterWords(List.of(), 1)).hasMessageContaining("words");
    }

    private List<Completion> decodeWithPause(Pause pause) {
        try (var engine = new LocalEngine(new UniformModel());
                var session = open(engine)) {
            var forks = session.start(Prompt.user("p"), RANDOM).fork(4);
            session.decodeUntil(forks, StopRule.NONE, pause);
            return session.decodeAll(forks, StopRule.NONE);
        }
    }

    private Session open(Engine engine) {
        return engine.open("p", Budget.UNLIMITED, Seed.of(1), journal());
    }

    private Journal journal() {
        return new Journal() {
            @Override
            public Optional<Completion> recorded(String path) {
                return Optional.ofNullable(known.get(path));
            }

            @Override
            public void ended(Completion completion) {
                ended.add(completion);
            }
        };
    }
}
