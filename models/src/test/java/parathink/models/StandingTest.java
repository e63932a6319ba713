package parathink.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a strategy may ask and say of sequences beside decoding them. A text has two tokens more than characters. */
final class StandingTest {
    private static final SamplingParams GREEDY = new SamplingParams(0, 0, 1, 0, 100);
    private static final Prompt PROMPT = Prompt.user("two?");

    @Test
    void tellsHowFarTheOthersHaveComeWithoutMovingThem() {
        try (var engine = new LocalEngine(new ScriptedModel("ab", "abcdef", "abcd"));
                var session = open(engine)) {
            var branches = session.start(PROMPT, GREEDY).fork(3);
            var completions = session.asCompleted(branches, StopRule.NONE).iterator();

            assertThat(completions.next().path()).isEqualTo("0/0");
            for (int time = 0; time < 2; time++) {
                assertThat(session.standing())
                        .containsExactlyInAnyOrder(
                                new Progress("0/1", "abc", 4, false), new Progress("0/2", "abc", 4, false));
            }
            assertThat(session.usage().work()).isEqualTo(3 * 4);
            assertThat(completions.next().path()).isEqualTo("0/2");
            assertThat(session.standing()).containsExactly(new Progress("0/1", "abcde", 6, false));
            assertThat(session.usage().work()).isEqualTo(4 + 6 + 6);
        }
    }

    @Test
    void oneThatEndedInTheSameStepHasEnded() {
        try (var engine = new LocalEngine(new ScriptedModel("ab", "cd", "abcdef"));
                var session = open(engine)) {
            var branches = session.start(PROMPT, GREEDY).fork(3);
            session.asCompleted(branches, StopRule.NONE).iterator().next();

            assertThat(session.standing())
                    .containsExactlyInAnyOrder(
                            new Progress("0/1", "cd", 4, true), new Progress("0/2", "abc", 4, false));
        }
    }

    @Test
    void aSequenceWritesWhatItIsToldInPlaceOfWhatItDraws() {
        try (var engine = new LocalEngine(new ScriptedModel("axb"));
                var session = open(engine)) {
            var completion = session.start(PROMPT, GREEDY)
                    .writing(new Substitutes(Map.of("x", "y"), "."))
                    .decode(StopRule.after("."));

            assertThat(completion.text()).isEqualTo("ayb.");
            assertThat(completion.tokens()).isEqualTo(5);
            assertThat(completion.finish()).isEqualTo(FinishReason.STOP);
        }
    }

    @Test
    void whatIsWrittenMustBeOneToken() {
        try (var engine = new LocalEngine(new ScriptedModel("a"));
                var session = open(engine)) {
            var sequence = session.start(PROMPT, GREEDY);
            assertThatThrownBy(() -> sequence.writing(new Substitutes(Map.of("xy", "z"), ".")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("'xy' must be one token, is 2");
        }
    }

    @Test
    void aMergeIsDrawnAsItsTrunkWasToldLast() {
        try (var engine = new LocalEngine(new ScriptedModel("ab", "cdefgh"));
                var session = open(engine)) {
            var trunk = session.start(PROMPT, GREEDY);
            var branches = trunk.fork(1);
            session.decodeAll(branches, StopRule.NONE);
            var merged = trunk.drawing(GREEDY.with(0, 3)).merge(branches);
            merged.append(":");

            assertThat(merged.decode(StopRule.NONE).finish()).isEqualTo(FinishReason.LENGTH);
            assertThat(session.usage().work()).isEqualTo(4 + 3);
        }
    }

    @Test
    void aMergeThatDoesNotFitTheContextFailsItsProblemAlone() {
        try (var engine = new LocalEngine(new ScriptedModel("abcdef", "abcdef").withContextLength(24));
                var session = open(engine)) {
            var trunk = session.start(PROMPT, GREEDY); // 11 characters, and 7 a branch
            var branches = trunk.fork(2);
            session.decodeAll(branches, StopRule.NONE);

            assertThatThrownBy(() -> trunk.merge(List.copyOf(branches)))
                    .isInstanceOfSatisfying(
                            ModelException.class, e -> assertThat(e.kind()).isEqualTo(ModelException.Kind.FULL))
                    .hasMessageContaining("reads at most 24");
        }
    }

    private static Session open(LocalEngine engine) {
        return engine.open("p", Budget.UNLIMITED, Seed.of(1), Journal.NONE);
    }
}
