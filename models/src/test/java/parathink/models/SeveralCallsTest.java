package parathink.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a session has for strategies of several calls. */
final class SeveralCallsTest {
    private static final SamplingParams GREEDY = new SamplingParams(0, 0, 1, 0, 100);

    @Test
    void aTextIsCutToItsFirstTokens() {
        try (var engine = new LocalEngine(new ScriptedModel());
                var session = open(engine)) {
            assertThat(session.fitting("four", 4)).isEqualTo("four");
            assertThat(session.fitting("four", 3)).isEqualTo("fou");
            assertThat(session.fitting("four", 0)).isEmpty();
        }
    }

    @Test
    void callsAreCountedWithTheirWholeContextHoweverItCameThere() {
        try (var engine = new LocalEngine(new ScriptedModel("four", "five", "six"));
                var session = open(engine)) {
            var trunk = session.start(Prompt.user("two and two?"), GREEDY);
            var forks = session.decodeAll(trunk.fork(2), StopRule.NONE);
            var other = session.start(Prompt.raw("three"), GREEDY).decode(StopRule.NONE);

            int prompt = "Q: two and two?\nA: ".length();
            assertThat(session.tokens(forks)).isEqualTo(2L * (prompt + 6));
            assertThat(session.tokens(List.of(forks.getLast(), other))).isEqualTo(prompt + 6L + 5 + 5);
            assertThat(session.usage().prefill()).isEqualTo(prompt + 5L); // the bill has what was computed
        }
    }

    @Test
    void numbersAreDrawnOnceEachAndTheSameUnderTheSameName() {
        try (var engine = new LocalEngine(new ScriptedModel());
                var session = open(engine)) {
            var drawn = session.draw("drafts/1/0", 3, 5);
            assertThat(drawn).hasSize(3).doesNotHaveDuplicates().allMatch(number -> number >= 0 && number < 5);
            assertThat(session.draw("drafts/1/0", 3, 5)).isEqualTo(drawn);
            assertThat(session.draw("drafts/1/0", 5, 5)).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
            assertThatThrownBy(() -> session.draw("drafts/1/0", 6, 5)).hasMessageContaining("6 different numbers");
        }
    }

    @Test
    void everyPairIsDrawnAboutAsOften() {
        var counts = new int[5][5];
        int rounds = 20_000;
        for (int i = 0; i < rounds; i++) {
            var pair = Seed.of(3).child(i).draw(2, 5);
            counts[pair.getFirst()][pair.getLast()]++;
        }
        var seen = new HashSet<Integer>();
        for (int first = 0; first < 5; first++) {
            for (int second = 0; second < 5; second++) {
                // 20 ordered pairs; five standard deviations of a count are about 154
                assertThat((double) counts[first][second]).isCloseTo(first == second ? 0 : 1000, within(154.0));
                seen.add(counts[first][second]);
            }
        }
        assertThat(seen).contains(0).hasSizeGreaterThan(5);
    }

    private static Session open(LocalEngine engine) {
        return engine.open("p", Budget.UNLIMITED, Seed.of(1), Journal.NONE);
    }
}
